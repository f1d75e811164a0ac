import { useSuspenseQuery } from '@tanstack/react-query'
import { getDesk, getHealth } from '#shared/desk.ts'
import { query } from '#web/core/api.ts'
import { Page } from '#web/core/Page.tsx'
import { Ago } from '#web/core/time.tsx'
import { locale, t } from '#web/core/words.ts'
import { HealthState } from '#web/admin/HealthState.tsx'
import styles from './admin.module.css'

const every = { refetchInterval: 10_000 }

export function HealthPage() {
  const { data: health } = useSuspenseQuery({ ...query(getHealth, {}), ...every })
  const { data: desk } = useSuspenseQuery({ ...query(getDesk, {}), ...every })
  const { disk, jobs, lastSealAt, database } = desk
  return (
    <Page
      title={t('Health')}
      width="narrow"
      about={t('How the desk itself is. This page looks again every ten seconds.')}
    >
      <HealthState status={health.status} wrong={health.wrong} />
      <dl className={styles.facts}>
        <div>
          <dt>{t('Version')}</dt>
          <dd>{health.version}</dd>
        </div>
        <div>
          <dt>{t('Database')}</dt>
          <dd>{database}</dd>
        </div>
        <div>
          <dt>{t('Disk')}</dt>
          <dd>
            {disk
              ? t('{free} free of {total}', { free: gigabytes(disk.free), total: gigabytes(disk.total) })
              : t('Not this desk’s to watch')}
          </dd>
        </div>
        <div>
          <dt>{t('Jobs')}</dt>
          <dd>
            {t('{waiting} waiting, {failing, plural, =0 {none failing} other {# failing}}', {
              waiting: jobs.waiting,
              failing: jobs.failing,
            })}
          </dd>
        </div>
        <div>
          <dt>{t('History sealed')}</dt>
          <dd>
            {lastSealAt ? <Ago at={lastSealAt} long /> : t('Not yet; it happens within a minute of the first change')}
          </dd>
        </div>
      </dl>
    </Page>
  )
}

const format = new Intl.NumberFormat(locale(), {
  style: 'unit',
  unit: 'gigabyte',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
})
const gigabytes = (bytes: number) => format.format(bytes / 1024 ** 3)
