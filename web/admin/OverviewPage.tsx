import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { getHealth } from '#shared/desk.ts'
import { query } from '#web/core/api.ts'
import { Page } from '#web/core/Page.tsx'
import { t } from '#web/core/words.ts'
import { groups, useAdminPlaces } from '#web/admin/places.ts'
import { HealthState } from '#web/admin/HealthState.tsx'
import styles from './admin.module.css'

export function OverviewPage() {
  const places = useAdminPlaces()
  const { data: health } = useQuery({ ...query(getHealth, {}), refetchInterval: 30_000 })
  return (
    <Page title={t('Administration')}>
      {health && <HealthState status={health.status} wrong={health.wrong} />}
      {groups.map(({ group, name }) => {
        const inside = places.filter((place) => place.group === group)
        if (inside.length === 0) return null
        return (
          <section key={group} aria-label={name} className={styles.group}>
            <h2>{name}</h2>
            <div className={styles.cards}>
              {inside.map(({ href, label, about }) => (
                <Link key={href} to={href}>
                  <strong>{label}</strong>
                  <span>{about}</span>
                </Link>
              ))}
            </div>
          </section>
        )
      })}
    </Page>
  )
}
