import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { listWayRecords } from '#shared/report.ts'
import { query } from '#web/core/api.ts'
import { Page } from '#web/core/Page.tsx'
import { When } from '#web/core/time.tsx'
import { Beside } from '#web/report/Beside.tsx'
import { duration, number } from '#web/report/format.ts'
import { GoLink } from '#web/report/GoLink.tsx'
import type { Along } from '#web/report/ProcessPage.tsx'
import { Failed, Waiting } from '#web/report/States.tsx'
import { useAsked } from '#web/report/state.ts'
import { TableFrame } from '#web/report/TableFrame.tsx'
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
          <TableFrame label="Records">
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">Number</th>
                  <th scope="col">Title</th>
                  <th scope="col">Ended</th>
                  <th scope="col">From opening to end</th>
                </tr>
              </thead>
              <tbody>
                {data.records.map(({ id, number: its, title, at, value }) => (
                  <tr key={id}>
                    <th scope="row">
                      <GoLink href={`/t/${its}`}>{its}</GoLink>
                    </th>
                    <td className={styles.recordTitle}>{title}</td>
                    <td>
                      <When at={at} />
                    </td>
                    <td>{value === null ? '–' : duration(value)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableFrame>
        </>
      )}
    </Page>
  )
}
