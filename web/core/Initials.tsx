import styles from './shell.module.css'
import { t } from '#web/core/words.ts'

/** A person in a circle: the first letters of the name, which is said in full to those who cannot see it. */
export function Initials({ name, quiet = false }: { name: string | undefined; quiet?: boolean }) {
  if (name === undefined) {
    return <span className={styles.nobody} {...(quiet ? { 'aria-hidden': true } : { title: t('Unassigned') })} />
  }
  return (
    <span className={styles.initials} title={name} aria-hidden={quiet || undefined}>
      <span aria-hidden="true">{lettersOf(name)}</span>
    </span>
  )
}

function lettersOf(name: string) {
  const words = name.trim().split(/\s+/)
  const first = words[0]?.[0] ?? ''
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''
  return (first + last).toUpperCase()
}
