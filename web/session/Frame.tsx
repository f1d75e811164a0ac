import { useQuery } from '@tanstack/react-query'
import { useEffect, type ReactNode } from 'react'
import { getSetUp } from '#shared/desk.ts'
import { query } from '#web/core/api.ts'
import styles from './session.module.css'

/** What stands around the pages before sign-in: whose desk this is, and one calm card. */
export function Frame({ title, wide = false, children }: { title: string; wide?: boolean; children: ReactNode }) {
  const { data: desk } = useQuery(query(getSetUp, {}))
  const name = desk?.name === undefined || desk.name === '' ? 'Steward' : desk.name
  useEffect(() => {
    document.title = `${title} · ${name}`
  }, [title, name])
  return (
    <div className={styles.outer}>
      <header className={styles.brand}>
        <span className={styles.mark} aria-hidden="true">
          {name.slice(0, 1).toUpperCase()}
        </span>
        {name}
      </header>
      <main className={styles.middle}>
        <div className={styles.card} data-wide={wide || undefined}>
          <h1>{title}</h1>
          {children}
        </div>
      </main>
    </div>
  )
}
