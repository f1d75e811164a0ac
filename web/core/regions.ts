/** Move the focus to the next region of the page: the rail, the page, the panel beside it. */
export function cycleRegions(step: 1 | -1) {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (one) => one.offsetParent !== null,
  )
  const inside = regions.findLastIndex((region) => region.contains(document.activeElement))
  const next = regions[(inside + step + regions.length) % regions.length]
  next?.focus()
}
