import { useMe } from '#web/core/me.ts'
import { Page } from '#web/core/Page.tsx'
import { Authenticator } from '#web/session/Authenticator.tsx'
import { Looks } from '#web/session/Looks.tsx'
import { OwnPassword } from '#web/session/OwnPassword.tsx'
import { Sessions } from '#web/session/Sessions.tsx'
import { Tokens } from '#web/session/Tokens.tsx'
import styles from './session.module.css'

export function AccountPage() {
  const me = useMe()
  return (
    <Page title="Account" about={`${me.name}\u00A0· ${me.email}\u00A0· ${me.organisation.name}`} width="narrow">
      <AccountSections />
    </Page>
  )
}

/** All that one can change about oneself; the portal shows it in its own frame. */
export function AccountSections() {
  const { audience } = useMe()
  return (
    <div className={styles.account}>
      <Looks />
      <OwnPassword />
      <Authenticator />
      <Sessions />
      {audience === 'staff' && <Tokens />}
    </div>
  )
}
