import { priorityNames } from '#shared/incident.ts'
import styles from './item.module.css'
import { t } from '#web/core/words.ts'

/** A priority as its shape; its name is on hover and said to those who cannot see it. */
export function PriorityShape({ priority }: { priority: number | null }) {
  const name = priorityName(priority)
  return (
    <svg
      viewBox="0 0 16 16"
      width="14"
      height="14"
      role="img"
      aria-label={name}
      style={{ color: `var(--p${Math.min(priority ?? 4, 4)})`, flex: 'none', verticalAlign: '-2px' }}
    >
      <title>{name}</title>
      {priority === 1 ? warning : bars(priority)}
    </svg>
  )
}

export function Priority({ priority }: { priority: number | null }) {
  return (
    <span className={styles.state}>
      <PriorityShape priority={priority} />
      <span aria-hidden="true">{priorityName(priority)}</span>
    </span>
  )
}

export function priorityName(priority: number | null) {
  const word = Object.entries(priorityNames).find(([level]) => Number(level) === priority)?.[1]
  return word === undefined ? t('No priority') : `P${priority} ${t(word)}`
}

const warning = (
  <>
    <path d="M8 1.2 15.2 14a.8.8 0 0 1-.7 1.2h-13A.8.8 0 0 1 .8 14z" fill="currentColor" transform="translate(0 -.4)" />
    <path d="M8 5.6v4M8 12v.2" stroke="var(--bg-surface)" strokeWidth="1.8" strokeLinecap="round" />
  </>
)

const steps = [
  { x: 1.5, height: 5, from: 4 },
  { x: 6.25, height: 9, from: 3 },
  { x: 11, height: 13, from: 2 },
] as const

const bars = (priority: number | null) =>
  steps.map(({ x, height, from }) => (
    <rect
      key={x}
      x={x}
      y={14.5 - height}
      width="3.5"
      height={height}
      rx="1"
      fill={(priority ?? 5) <= from ? 'currentColor' : 'var(--border)'}
    />
  ))
