import { useCallback, useState } from 'react'

/** How wide an element is, as it changes; drawn at a usual width before that is known. */
export function useWidth(usual = 640) {
  const [width, setWidth] = useState(usual)
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined
    const watch = new ResizeObserver(([entry]) => entry && setWidth(Math.max(160, Math.floor(entry.contentRect.width))))
    watch.observe(element)
    return () => watch.disconnect()
  }, [])
  return [ref, width] as const
}
