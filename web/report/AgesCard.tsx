import { useState } from 'react'
import { Plain } from '#web/core/Plain.tsx'
import { StackChart } from '#web/report/chart/StackChart.tsx'
import { bucketName } from '#web/report/dates.ts'
import { number } from '#web/report/format.ts'
import { GoLink } from '#web/report/GoLink.tsx'
import { recordsAt } from '#web/report/hrefs.ts'
import { useAges } from '#web/report/read.ts'
import { Failed, Waiting } from '#web/report/States.tsx'
import type { Asking } from '#web/report/state.ts'
import { TableFrame } from '#web/report/TableFrame.tsx'
import styles from './report.module.css'

/** How old what is open is, in its course; the classes of now open their records. */
export function AgesCard({ asking }: { asking: Asking }) {
  const { question, every, search } = asking
  const [asTable, setAsTable] = useState(false)
  const { data, error } = useAges({ ...question, every })
  if (error) return <Failed error={error} />
  if (!data) return <Waiting />
  const points = data.buckets.map(({ from, to }) => ({
    label: bucketName(from, every, data.zone),
    href: recordsAt('backlog', search, { from, to }),
  }))
  return (
    <section className={styles.card} aria-label="Age of the backlog">
      <div className={styles.cardHead}>
        <h2>Age of the backlog</h2>
        <Plain tone="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          Table
        </Plain>
      </div>
      {asTable ? (
        <TableFrame label="Age of the backlog as a table">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">At the end of</th>
                {data.ages.map(({ label }) => (
                  <th key={label} scope="col">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {points.map(({ label: name, href }, at) => (
                <tr key={href}>
                  <th scope="row">{name}</th>
                  {data.ages.map(({ label, series }) => (
                    <td key={label}>{number(series[at] ?? 0)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      ) : (
        <StackChart
          label={`Age of the backlog: ${points.length} moments; arrow keys go from one to the next`}
          layers={data.ages.map(({ label, series }) => ({ label, values: series }))}
          points={points}
        />
      )}
      <p className={styles.cardFoot}>
        {data.ages.map(({ from, label, total }) => (
          <GoLink key={from} href={recordsAt('backlog', search, { age: from })}>
            {label}: {number(total)}
          </GoLink>
        ))}
      </p>
    </section>
  )
}
