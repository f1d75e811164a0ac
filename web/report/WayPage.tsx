import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { listWayRecords } from '#shared/report.ts'
import { query } from '#web/core/api.ts'
import { Page } from '#web/core/Page.tsx'
import { When } from '#web/core/time.tsx'
import { t } from '#web/core/words.ts'
import { Beside } from '#web/report/Beside.tsx'
import { time } from '#web/report/format.ts'
import { GoLink } from '#web/report/GoLink.tsx'
import { Failed, Waiting } from '#web/report/States.tsx'
import { useAsked, type Along } from '#web/report/state.ts'
import { Table } from '#web/report/Table.tsx'
import styles from './report.module.css'

/** The incidents that went one way, the slowest first. */
export function WayPage() {
  const { question } = useAsked()
  const { along = 'state', way = '[]' }: { along?: Along; way?: string } = useSearch({ strict: false })
  const { data, error } = useQuery(query(listWayRecords, { ...question, along, way, limit: 200 }))
  return (
    <Page title={t('Figures')} beside={<Beside />}>
      <h2 className={styles.title}>{t('Incidents that went one way')}</h2>
      {error && <Failed error={error} />}
      {!error && !data && <Waiting />}
      {data && (
        <>
          <p className={styles.sentence}>
            {data.total > data.records.length
              ? t('{count} incidents, the slowest first; the first {shown} are shown.', {
                  count: data.total,
                  shown: data.records.length,
                })
              : t('{count, plural, one {# incident} other {# incidents, the slowest first}}.', { count: data.total })}
          </p>
          <Table
            label={t('Records')}
            columns={[
              { head: t('Number'), render: (record) => <GoLink href={`/t/${record.number}`}>{record.number}</GoLink> },
              { head: t('Title'), words: true, render: ({ title }) => title },
              { head: t('Ended'), render: ({ at }) => <When at={at} /> },
              { head: t('From opening to end'), render: ({ value }) => time(value) },
            ]}
            rows={data.records}
            keyOf={({ id }) => id}
          />
        </>
      )}
    </Page>
  )
}
