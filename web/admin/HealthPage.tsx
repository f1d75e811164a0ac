import { useSuspenseQuery } from '@tanstack/react-query'
import { getDesk, getHealth } from '#shared/desk.ts'
import { query } from '#web/core/api.ts'
import { Page } from '#web/core/Page.tsx'
import { Ago } from '#web/core/time.tsx'
import { HealthState } from '#web/admin/HealthState.tsx'
import styles from './admin.module.css'

const every = { refetchInterval: 10_000 }

export function HealthPage() {
  const { data: health } = useSuspenseQuery({ ...query(getHealth, {}), ...every })
  const { data: desk } = useSuspenseQuery({ ...query(getDesk, {}), ...every })
  const { disk, jobs, lastSealAt, database } = desk
  return (
    <Page title="Health" width="narrow" about="How the desk itself is. This page looks again every ten seconds.">
      <HealthState status={health.status} wrong={health.wrong} />
      <dl className={styles.facts}>
        <div>
          <dt>Version</dt>
          <dd>{health.version}</dd>
        </div>
        <div>
          <dt>Database</dt>
          <dd>{database}</dd>
        </div>
        <div>
          <dt>Disk</dt>
          <dd>{disk ? `${gigabytes(disk.free)} free of ${gigabytes(disk.total)}` : 'Not this desk’s to watch'}</dd>
        </div>
        <div>
          <dt>Jobs</dt>
          <dd>
            {jobs.waiting} waiting, {jobs.failing === 0 ? 'none failing' : `${jobs.failing} failing`}
          </dd>
        </div>
        <div>
          <dt>History sealed</dt>
          <dd>
            {lastSealAt ? <Ago at={lastSealAt} long /> : 'Not yet; it happens within a minute of the first change'}
          </dd>
        </div>
      </dl>
    </Page>
  )
}

const gigabytes = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GB`
