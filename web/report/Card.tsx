import type { ReactNode } from 'react'
import styles from './card.module.css'

export interface CardProps {
  readonly title: string
  /** What it is called where its title alone would not say it. */
  readonly label?: string
  readonly actions?: ReactNode
  readonly foot?: ReactNode
  readonly children?: ReactNode
}

export function Card({ title, label = title, actions, foot, children }: CardProps) {
  return (
    <section className={styles.card} aria-label={label}>
      <div className={styles.head}>
        <h2>{title}</h2>
        {actions}
      </div>
      {children}
      {foot ? <p className={styles.foot}>{foot}</p> : null}
    </section>
  )
}
