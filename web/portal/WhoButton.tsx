import type { ComponentProps } from 'react'
import { Initials } from '#web/core/Initials.tsx'
import { useMe } from '#web/core/me.ts'
import styles from './portal.module.css'

/** Who is signed in; it opens their menu. */
export function WhoButton(props: ComponentProps<'button'>) {
  const me = useMe()
  return (
    <button type="button" aria-haspopup="menu" {...props} className={styles.who}>
      <Initials name={me.name} quiet />
      <span className={styles.whoName}>
        {me.name}
        <span className="unseen">, account</span>
      </span>
    </button>
  )
}
