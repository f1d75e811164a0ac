import { Link, Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { layer } from '#web/core/layer.ts'
import { useLive } from '#web/core/live.ts'
import { useMe } from '#web/core/me.ts'
import { OnDemand } from '#web/core/OnDemand.tsx'
import { useSignal } from '#web/core/signal.ts'
import { Zone } from '#web/core/time.tsx'
import { Toasts } from '#web/core/Toasts.tsx'
import { Reader } from '#web/portal/reader.ts'
import { WhoButton } from '#web/portal/WhoButton.tsx'
import styles from './portal.module.css'

const PortalMenu = lazy(async () => ({ default: (await import('#web/portal/PortalMenu.tsx')).PortalMenu }))

const who = (open: () => void) => <WhoButton onClick={open} />

/** What stands around the pages of requesters. */
export function PortalFrame() {
  const me = useMe()
  const above = useSignal(layer)
  useLive()
  useEffect(() => {
    document.title = me.desk.name
  }, [me.desk.name])
  return (
    <Zone value={me.zone}>
      <Reader value={me.id}>
        <div className={styles.portal}>
          <a className={styles.skip} href="#main">
            Skip to the page
          </a>
          <header className={styles.header}>
            <div className={styles.bar}>
              <Link to="/portal" className={styles.desk}>
                <span className={styles.mark} aria-hidden="true">
                  {me.desk.name.slice(0, 1).toUpperCase()}
                </span>
                <span className={styles.deskName}>{me.desk.name}</span>
              </Link>
              <nav aria-label="Portal" className={styles.nav}>
                <Link to="/portal" activeOptions={{ exact: true, includeSearch: false }} className={styles.navLink}>
                  Home
                </Link>
                <Link to="/portal/requests" className={styles.navLink}>
                  My requests
                </Link>
              </nav>
              <OnDemand target={who}>
                <PortalMenu />
              </OnDemand>
            </div>
          </header>
          <main id="main" className={styles.main} tabIndex={-1}>
            {me.desk.readOnly !== null && (
              <p className={styles.notice} role="alert">
                Nothing can be changed just now: {me.desk.readOnly}
              </p>
            )}
            <Outlet />
          </main>
          <Suspense>{above}</Suspense>
          <Toasts />
        </div>
      </Reader>
    </Zone>
  )
}
