import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { getGuest } from '#shared/guest.ts'
import { getRecord } from '#shared/records.ts'
import { query, readAgain } from '#web/core/api.ts'
import { layer } from '#web/core/layer.ts'
import { useSignal } from '#web/core/signal.ts'
import { moment, Zone } from '#web/core/time.tsx'
import { Toasts } from '#web/core/Toasts.tsx'
import { Reader } from '#web/portal/reader.ts'
import { RequestView } from '#web/portal/RequestView.tsx'
import styles from './portal.module.css'

/** One request for whoever came by the link in a letter: it, and nothing beside it. */
export function GuestPage() {
  const { data: guest } = useSuspenseQuery(query(getGuest, {}))
  const above = useSignal(layer)
  useFresh()
  useEffect(() => {
    document.title = `${guest.number} · ${guest.desk}`
  }, [guest])
  return (
    <Zone value={guest.zone}>
      <Reader value={guest.id}>
        <div className={styles.portal}>
          <a className={styles.skip} href="#main" onClick={skip}>
            Skip to the page
          </a>
          <header className={styles.header}>
            <div className={styles.bar}>
              <span className={styles.desk}>
                <span className={styles.mark} aria-hidden="true">
                  {guest.desk.slice(0, 1).toUpperCase()}
                </span>
                {guest.desk}
              </span>
              {guest.hasPassword && guest.mayWrite && (
                <a href={`/portal/requests/${guest.number}`} className={styles.enter}>
                  Sign in
                </a>
              )}
            </div>
          </header>
          <main id="main" className={styles.main} tabIndex={-1}>
            {!guest.mayWrite && (
              <p className={styles.looking} role="note">
                You see this as {guest.name} does. Nothing can be written here.
              </p>
            )}
            <fieldset className={styles.guest} disabled={!guest.mayWrite}>
              <Guest number={guest.number} />
            </fieldset>
            {guest.mayWrite && (
              <p className={styles.meta}>
                You see this as {guest.name}, by a link from a letter that works until{' '}
                {moment(guest.expiresAt, guest.zone)}. Whoever has the link can read and answer.
              </p>
            )}
          </main>
          <Suspense>{above}</Suspense>
          <Toasts />
        </div>
      </Reader>
    </Zone>
  )
}

function Guest({ number }: { number: string }) {
  const { score } = useSearch({ from: '/public/guest' })
  const { data: record } = useSuspenseQuery(query(getRecord, { key: number }))
  return <RequestView record={record} score={score} />
}

/** What stands behind the # of this address is the link itself, so the way past the header is walked by hand. */
function skip(event: { preventDefault: () => void }) {
  event.preventDefault()
  document.querySelector<HTMLElement>('#main')?.focus()
}

const pause = 30_000

/** Looks now and then, since a link is told of no changes; and begins anew when another link is opened in its place. */
function useFresh() {
  const client = useQueryClient()
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void readAgain(client)
    }, pause)
    const again = () => window.location.reload()
    window.addEventListener('hashchange', again)
    return () => {
      clearInterval(timer)
      window.removeEventListener('hashchange', again)
    }
  }, [client])
}
