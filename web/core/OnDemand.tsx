import { Suspense, useState, type ReactNode } from 'react'

interface OnDemandProps {
  /** What is shown until then: it looks the same, and opens the rest. */
  target: (open: () => void) => ReactNode
  /** What is loaded at the first click, open from the start. */
  children: ReactNode
}

/** A menu that is loaded when somebody first wants it, and not before. */
export function OnDemand({ target, children }: OnDemandProps) {
  const [wanted, setWanted] = useState(false)
  const waiting = target(() => setWanted(true))
  return wanted ? <Suspense fallback={waiting}>{children}</Suspense> : waiting
}
