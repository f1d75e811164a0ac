import { Button } from '@mantine/core'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { Refused } from '#web/core/api.ts'
import styles from './portal.module.css'

/** What a link leads to that opens nothing any more, or cannot just now. */
export function GuestGone({ error }: ErrorComponentProps) {
  const ended = error instanceof Refused && error.signedOut
  return (
    <div className={styles.portal}>
      <main className={styles.main}>
        <div className={styles.success}>
          <h1>{ended ? 'This link no longer works' : 'This page could not be shown'}</h1>
          <p>
            {ended
              ? 'Links in letters end after some weeks, and when the desk withdraws them. A newer letter has a newer link.'
              : saidOf(error)}
          </p>
          <Button component="a" href="/portal">
            Sign in to see your requests
          </Button>
        </div>
      </main>
    </div>
  )
}

const saidOf = (error: unknown) => (error instanceof Error ? error.message : 'Something unexpected happened')
