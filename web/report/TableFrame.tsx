import type { ReactNode } from 'react'
import styles from './report.module.css'

/** A table that may be larger than its place: it can be scrolled by keys as well. */
export function TableFrame({ label, children }: { label: string; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached without a mouse
    <section className={styles.tableFrame} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
