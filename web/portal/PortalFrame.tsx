import { Menu, UnstyledButton } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useRouter } from '@tanstack/react-router'
import { Headset, LogOut, UserRound } from 'lucide-react'
import { Suspense, useEffect } from 'react'
import { signOut } from '#shared/session.ts'
import { call } from '#web/core/api.ts'
import { Initials } from '#web/core/Initials.tsx'
import { layer } from '#web/core/layer.ts'
import { useLive } from '#web/core/live.ts'
import { useMe } from '#web/core/me.ts'
import { useSignal } from '#web/core/signal.ts'
import { Zone } from '#web/core/time.tsx'
import { sayWrong } from '#web/core/toast.ts'
import { Toasts } from '#web/core/Toasts.tsx'
import styles from './portal.module.css'

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
            <Who />
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
    </Zone>
  )
}

function Who() {
  const me = useMe()
  const router = useRouter()
  const client = useQueryClient()
  const leave = async () => {
    try {
      await call(signOut, {})
      client.clear()
      window.location.assign('/sign-in')
    } catch (error) {
      sayWrong(error)
    }
  }
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <UnstyledButton className={styles.who ?? ''}>
          <Initials name={me.name} quiet />
          <span className={styles.whoName}>
            {me.name}
            <span className="unseen">, account</span>
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.email}</Menu.Label>
        <Menu.Item
          leftSection={<UserRound size={16} />}
          onClick={() => void router.navigate({ to: '/portal/account' })}
        >
          Account
        </Menu.Item>
        {me.audience === 'staff' && (
          <Menu.Item leftSection={<Headset size={16} />} onClick={() => void router.navigate({ to: '/q' })}>
            Back to the desk
          </Menu.Item>
        )}
        <Menu.Item leftSection={<LogOut size={16} />} onClick={leave}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
