import { useRef, useState, type KeyboardEvent } from 'react'

const steps: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at, last) => Math.min(at + 1, last),
  ArrowLeft: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
}

/** One stop of the Tab key for all points of a chart: the arrows go from point to point. */
export function usePoints(count: number) {
  const [chosen, setChosen] = useState<number | null>(null)
  const root = useRef<SVGSVGElement>(null)
  const current = Math.min(chosen ?? count - 1, count - 1)
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const next = step(current, count - 1)
    setChosen(next)
    root.current?.querySelector<SVGElement>(`[data-at="${next}"]`)?.focus()
  }
  return {
    root,
    chosen,
    point: (at: number) => ({
      'data-at': at,
      tabIndex: at === current ? 0 : -1,
      onFocus: () => setChosen(at),
      onMouseEnter: () => setChosen(at),
      onMouseLeave: () => setChosen(null),
      onKeyDown,
    }),
  }
}
