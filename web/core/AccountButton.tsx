import { Menu } from 'lucide-react'
import type { ComponentProps } from 'react'
import { Initials } from '#web/core/Initials.tsx'
import { useMe } from '#web/core/me.ts'
import styles from './shell.module.css'
import { t } from '#web/core/words.ts'

/** Who is signed in; it opens their menu. */
export function AccountButton({ bar, ...props }: { bar: boolean } & ComponentProps<'button'>) {
  const me = useMe()
  return (
    <button type="button" aria-haspopup="menu" {...props} className={bar ? styles.barItem : styles.account}>
      {bar ? <Menu size={20} strokeWidth={1.75} aria-hidden="true" /> : <Initials name={me.name} quiet />}
      <span className={bar ? undefined : styles.word}>{bar ? t('More') : me.name}</span>
    </button>
  )
}
