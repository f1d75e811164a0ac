import { serviceAges } from '#shared/report/boards.ts'
import { t } from '#web/core/words.ts'
import { ChartCard } from '#web/report/ChartCard.tsx'
import { CountedAt } from '#web/report/CountedAt.tsx'
import { StackChart } from '#web/report/chart/StackChart.tsx'
import { bucketName } from '#web/report/dates.ts'
import { number } from '#web/report/format.ts'
import { GoLink } from '#web/report/GoLink.tsx'
import { recordsAt } from '#web/report/hrefs.ts'
import { asAnswered, useKeptAges } from '#web/report/read.ts'
import { Failed, Waiting } from '#web/report/States.tsx'
import type { Asking } from '#web/report/state.ts'
import { Table, type Column } from '#web/report/Table.tsx'

interface Moment {
  readonly at: number
  readonly label: string
  readonly href: string
}

/** How old what is open is, in its course; the classes of now open their records. */
export function AgesCard({ asking }: { asking: Asking }) {
  const { question, every } = asking
  const { data, error } = useKeptAges(serviceAges(question, every))
  if (error) return <Failed error={error} />
  if (!data) return <Waiting />
  const { search } = asAnswered(asking, data)
  const moments = data.buckets.map(({ from, to }, at) => ({
    at,
    label: bucketName(from, every, data.zone),
    href: recordsAt('backlog', search, { from, to }),
  }))
  const columns = data.ages.map(({ label, series }): Column<Moment> => ({
    head: t(label),
    render: ({ at }) => number(series[at] ?? 0),
  }))
  return (
    <ChartCard
      title={t('Age of the backlog')}
      chart={
        <StackChart
          label={t('Age of the backlog: {count} moments; arrow keys go from one to the next', {
            count: moments.length,
          })}
          layers={data.ages.map(({ label, series }) => ({ label: t(label), values: series }))}
          points={moments}
        />
      }
      table={
        <Table
          label={t('Age of the backlog as a table')}
          columns={[{ head: t('At the end of'), render: ({ label }) => label }, ...columns]}
          rows={moments}
          keyOf={({ href }) => href}
        />
      }
      foot={
        <>
          {data.ages.map(({ from, label, total }) => (
            <GoLink key={from} href={recordsAt('backlog', search, { age: from })}>
              {t(label)}: {number(total)}
            </GoLink>
          ))}
          <CountedAt asOf={data.asOf} />
        </>
      }
    />
  )
}
