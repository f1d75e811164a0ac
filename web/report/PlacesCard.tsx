import type { Process } from '#shared/report.ts'
import { t } from '#web/core/words.ts'
import { BarCell } from '#web/report/BarCell.tsx'
import { Card } from '#web/report/Card.tsx'
import { duration, number, percent, time } from '#web/report/format.ts'
import { placeName } from '#web/report/groups.ts'
import type { Along } from '#web/report/state.ts'
import { Table } from '#web/report/Table.tsx'

const heads = { state: t('State'), team: t('Team') }

/** In which states, or with which teams, incidents spent their time. */
export function PlacesCard({ process: { places }, along }: { process: Process; along: Along }) {
  const most = Math.max(1, ...places.map(({ total }) => total))
  const all = places.reduce((sum, { total }) => sum + total, 0) || 1
  return (
    <Card title={t('Where time goes')}>
      <Table
        label={t('Where time goes, as a table')}
        columns={[
          { head: heads[along], render: (place) => placeName(place, along) },
          { head: t('All time'), render: ({ total }) => <BarCell share={total / most}>{duration(total)}</BarCell> },
          { head: t('Share'), render: ({ total }) => percent(total / all) },
          { head: t('Incidents'), render: ({ cases }) => number(cases) },
          { head: t('Visits'), render: ({ visits }) => number(visits) },
          { head: t('Median visit'), render: ({ median }) => time(median) },
          { head: t('90th percentile'), render: ({ p90 }) => time(p90) },
        ]}
        rows={places}
        keyOf={({ key }) => key ?? ''}
      />
    </Card>
  )
}
