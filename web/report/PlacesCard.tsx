import type { Process } from '#shared/report.ts'
import { BarCell } from '#web/report/BarCell.tsx'
import { Card } from '#web/report/Card.tsx'
import { duration, number, time } from '#web/report/format.ts'
import type { Along } from '#web/report/state.ts'
import { Table } from '#web/report/Table.tsx'

const heads = { state: 'State', team: 'Team' } as const

/** In which states, or with which teams, incidents spent their time. */
export function PlacesCard({ process: { places }, along }: { process: Process; along: Along }) {
  const most = Math.max(1, ...places.map(({ total }) => total))
  const all = places.reduce((sum, { total }) => sum + total, 0) || 1
  return (
    <Card title="Where time goes">
      <Table
        label="Where time goes, as a table"
        columns={[
          { head: heads[along], render: ({ label }) => label },
          { head: 'All time', render: ({ total }) => <BarCell share={total / most}>{duration(total)}</BarCell> },
          { head: 'Share', render: ({ total }) => `${((100 * total) / all).toFixed(1)} %` },
          { head: 'Incidents', render: ({ cases }) => number(cases) },
          { head: 'Visits', render: ({ visits }) => number(visits) },
          { head: 'Median visit', render: ({ median }) => time(median) },
          { head: '90th percentile', render: ({ p90 }) => time(p90) },
        ]}
        rows={places}
        keyOf={({ key }) => key ?? ''}
      />
    </Card>
  )
}
