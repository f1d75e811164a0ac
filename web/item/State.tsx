import type { ReactNode } from 'react'
import { kindNamed } from '#shared/kinds.ts'
import styles from './item.module.css'
import { t } from '#web/core/words.ts'

/** A state as its shape and its word. The shape says it without colour, the word without either. */
export function State({ state, kind = 'incident' }: { state: string; kind?: string }) {
  return (
    <span className={styles.state}>
      <StateShape state={state} />
      <span>{stateLabel(state, kind)}</span>
    </span>
  )
}

export const stateLabel = (state: string, kind = 'incident') => t(kindNamed(kind)?.states[state]?.label ?? state)

/** The shape alone, for where the word stands beside it. */
export function StateShape({ state }: { state: string }) {
  const { colour, draw } = shapes[state] ?? unknown
  return (
    <svg
      viewBox="0 0 16 16"
      width="14"
      height="14"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ color: `var(${colour})`, flex: 'none' }}
      aria-hidden="true"
    >
      {draw}
    </svg>
  )
}

interface Shape {
  readonly colour: string
  readonly draw: ReactNode
}

const ring = <circle cx="8" cy="8" r="6.5" />

const withTick = (
  <>
    <circle cx="8" cy="8" r="7.5" fill="currentColor" stroke="none" />
    <path d="M4.8 8.3l2.2 2.2 4.2-4.6" stroke="var(--bg-surface)" strokeWidth="1.9" />
  </>
)

const unknown: Shape = { colour: '--st-closed', draw: ring }

const shapes: Readonly<Record<string, Shape>> = {
  new: { colour: '--st-new', draw: <circle cx="8" cy="8" r="6.5" strokeDasharray="2.1 2.98" /> },
  assigned: { colour: '--st-open', draw: ring },
  in_progress: {
    colour: '--st-progress',
    draw: (
      <>
        {ring}
        <path d="M8 4.2v7.6a3.8 3.8 0 0 0 0-7.6z" fill="currentColor" stroke="none" />
      </>
    ),
  },
  waiting: {
    colour: '--st-waiting',
    draw: (
      <>
        <rect x="1.6" y="1.6" width="12.8" height="12.8" rx="2.6" />
        <path d="M6.2 5.6v4.8M9.8 5.6v4.8" strokeWidth="1.8" />
      </>
    ),
  },
  resolved: { colour: '--st-resolved', draw: withTick },
  closed: { colour: '--st-closed', draw: withTick },
  cancelled: {
    colour: '--st-closed',
    draw: (
      <>
        {ring}
        <path d="M5.9 5.9l4.2 4.2M10.1 5.9l-4.2 4.2" strokeWidth="1.7" />
      </>
    ),
  },
}
