import type { ReactNode } from 'react'
import styles from './terms.module.css'

/** Terms, and what is said of each. */
export function Terms({ of }: { of: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={styles.terms}>
      {of.map(([term, said]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{said}</dd>
        </div>
      ))}
    </dl>
  )
}
