import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { listWayRecords } from '#shared/report.ts'
import { query } from '#web/core/api.ts'
import { Page } from '#web/core/Page.tsx'
import { When } from '#web/core/time.tsx'
import { Beside } from '#web/report/Beside.tsx'
import { number, time } from '#web/report/format.ts'
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
    <Page title="Figures" beside={<Beside />}>
      <h2 className={styles.title}>Incidents that went one way</h2>
      {error && <Failed error={error} />}
      {!error && !data && <Waiting />}
      {data && (
        <>
          <p className={styles.sentence}>
            {number(data.total)} incidents, the slowest first
            {data.total > data.records.length && `; the first ${data.records.length} are shown`}.
          </p>
          <Table
            label="Records"
            columns={[
              { head: 'Number', render: (record) => <GoLink href={`/t/${record.number}`}>{record.number}</GoLink> },
              { head: 'Title', words: true, render: ({ title }) => title },
              { head: 'Ended', render: ({ at }) => <When at={at} /> },
              { head: 'From opening to end', render: ({ value }) => time(value) },
            ]}
            rows={data.records}
            keyOf={({ id }) => id}
          />
        </>
      )}
    </Page>
  )
}
