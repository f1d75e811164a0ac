import { Link } from '@tanstack/react-router'
import { t } from '#web/core/words.ts'
import styles from './people.module.css'

/** The pages about people, side by side. */
export function Beside() {
  return (
    <nav className={styles.beside} aria-label={t('People and groups')}>
      <Link to="/people">{t('People')}</Link>
      <Link to="/teams">{t('Teams')}</Link>
      <Link to="/organisations">{t('Organisations')}</Link>
      <Link to="/roles">{t('Roles')}</Link>
    </nav>
  )
}
