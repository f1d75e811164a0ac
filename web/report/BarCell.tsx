import type { ReactNode } from 'react'
import styles from './bar.module.css'

interface BarCellProps {
  /** How long the bar is, where the longest is 1. */
  readonly share: number
  readonly tone?: 'warn' | undefined
  readonly children: ReactNode
}

/** A number on a bar of its own size. */
export function BarCell({ share, tone, children }: BarCellProps) {
  return (
    <>
      <span className={styles.bar} data-tone={tone} style={{ inlineSize: `${(100 * share).toFixed(1)}%` }} />
      <span className={styles.number}>{children}</span>
    </>
  )
}
