import { useMe } from '#web/core/me.ts'
import { AccountSections } from '#web/session/AccountPage.tsx'
import styles from './portal.module.css'

export function PortalAccountPage() {
  const me = useMe()
  return (
    <>
      <div className={styles.pageHead}>
        <h1>Account</h1>
      </div>
      <p className={styles.none}>
        {me.name}&nbsp;· {me.email}&nbsp;· {me.organisation.name}
      </p>
      <AccountSections />
    </>
  )
}
