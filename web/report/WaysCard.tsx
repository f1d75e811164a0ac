import type { Process } from '#shared/report.ts'
import { t } from '#web/core/words.ts'
import { BarCell } from '#web/report/BarCell.tsx'
import { Card } from '#web/report/Card.tsx'
import { number, percent, time } from '#web/report/format.ts'
import { GoLink } from '#web/report/GoLink.tsx'
import { wayAt } from '#web/report/hrefs.ts'
import type { Along, Asking } from '#web/report/state.ts'
import { Table } from '#web/report/Table.tsx'
import styles from './path.module.css'

type Place = string | null
type Names = ReadonlyMap<Place, string>

interface WaysCardProps {
  readonly process: Process
  readonly names: Names
  readonly along: Along
  readonly asking: Asking
}

/** The ways that incidents went, the commonest first; each opens those that went it. */
export function WaysCard({ process: { variants, cases, ways }, names, along, asking: { search } }: WaysCardProps) {
  const most = variants[0]?.count ?? 1
  const rarer = ways - variants.length
  return (
    <Card
      title={t('The ways that most went')}
      label={t('Ways')}
      foot={
        rarer > 0 &&
        t('{count, plural, one {# rarer way is not shown.} other {# rarer ways are not shown.}}', { count: rarer })
      }
    >
      <Table
        label={t('The ways that most went, as a table')}
        columns={[
          { head: t('Way'), render: ({ path }) => <Path path={path} names={names} /> },
          {
            head: t('Incidents'),
            render: ({ path, count }) => (
              <BarCell share={count / most}>
                <GoLink href={wayAt(path, along, search)}>{number(count)}</GoLink>
              </BarCell>
            ),
          },
          { head: t('Share'), render: ({ count }) => percent(count / cases) },
          { head: t('Median time'), render: ({ median }) => time(median) },
          { head: t('90th percentile'), render: ({ p90 }) => time(p90) },
        ]}
        rows={variants}
        keyOf={({ path }) => path.join()}
      />
    </Card>
  )
}

function Path({ path, names }: { path: readonly Place[]; names: Names }) {
  return (
    <ol className={styles.path}>
      {path.map((place, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a way may come by one place more than once
        <li key={at}>{names.get(place) ?? place}</li>
      ))}
    </ol>
  )
}
