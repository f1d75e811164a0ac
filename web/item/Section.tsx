import type { ReactNode } from 'react'
import styles from './record.module.css'

interface SectionProps {
  title: string
  count?: string | number | undefined
  /** Shown though there is nothing in it yet, since something can be added. */
  keep?: boolean
  children: ReactNode
}

/** One part of what stands around a record. */
export function Section({ title, count, keep = true, children }: SectionProps) {
  if (!keep && (count === undefined || count === 0)) return null
  return (
    <section className={styles.section} aria-label={title}>
      <h2>
        {title} {count !== undefined && count !== 0 && <span className={styles.quiet}>{count}</span>}
      </h2>
      {children}
    </section>
  )
}
