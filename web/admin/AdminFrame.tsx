import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { t } from '#web/core/words.ts'
import { groups, useAdminPlaces } from '#web/admin/places.ts'
import styles from './admin.module.css'

/** The pages of set-up, with the way between them at the side; on a phone the overview is that way. */
export function AdminFrame() {
  const places = useAdminPlaces()
  const { pathname } = useLocation()
  return (
    <div className={styles.frame}>
      <nav className={styles.nav} aria-label={t('Administration')}>
        <Link to="/admin" activeOptions={{ exact: true }}>
          {t('Overview')}
        </Link>
        {groups.map(({ group, name }) => {
          const inside = places.filter((place) => place.group === group && place.href.startsWith('/admin'))
          if (inside.length === 0) return null
          return (
            <div key={group}>
              <h2>{name}</h2>
              {inside.map(({ href, label }) => (
                <Link key={href} to={href}>
                  {label}
                </Link>
              ))}
            </div>
          )
        })}
      </nav>
      <div className={styles.page}>
        {pathname !== '/admin' && (
          <Link to="/admin" className={styles.up}>
            <ChevronLeft size={16} aria-hidden="true" /> {t('Administration')}
          </Link>
        )}
        <Outlet />
      </div>
    </div>
  )
}
