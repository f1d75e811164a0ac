import type { Breakdown, Figure } from '#shared/report.ts'
import { brokenDown, serviceBreakdown, usual } from '#shared/report/boards.ts'
import { kpiNamed, type KpiName } from '#shared/report/kpis.ts'
import { t } from '#web/core/words.ts'
import { BarCell } from '#web/report/BarCell.tsx'
import { Card } from '#web/report/Card.tsx'
import { CountedAt } from '#web/report/CountedAt.tsx'
import { Choices } from '#web/report/Choices.tsx'
import { write } from '#web/report/format.ts'
import { GoLink } from '#web/report/GoLink.tsx'
import { groupName } from '#web/report/groups.ts'
import { recordsAt } from '#web/report/hrefs.ts'
import { asAnswered, figureIn, useKeptFigures } from '#web/report/read.ts'
import { Failed, Waiting } from '#web/report/States.tsx'
import type { Asking } from '#web/report/state.ts'
import { Table, type Column } from '#web/report/Table.tsx'

const heads: Readonly<Record<(typeof brokenDown)[number], readonly [string, 'value' | 'median']>> = {
  opened: [t('Opened'), 'value'],
  resolved: [t('Resolved'), 'value'],
  backlog: [t('Backlog'), 'value'],
  timeToResolve: [t('Median time to resolve'), 'median'],
  slaCompliance: [t('SLA kept'), 'value'],
  reopenRate: [t('Reopened'), 'value'],
  bounceRate: [t('Bounced'), 'value'],
}

const ways: readonly (readonly [Breakdown, string])[] = [
  ['service', t('Service')],
  ['team', t('Team')],
  ['priority', t('Priority')],
  ['organisation', t('Organisation')],
  ['category', t('Category')],
]

/** The same figures of each service, team or priority, a bar behind each number; every number opens its records. */
export function BreakdownCard({ asking }: { asking: Asking }) {
  const { question, by = usual.by, go } = asking
  const { data, error } = useKeptFigures(serviceBreakdown(question, by))
  const { search } = data ? asAnswered(asking, data) : asking
  const columns = brokenDown.map((kpi): Column<Row> => ({
    head: heads[kpi][0],
    about: t(kpiNamed(kpi).formula),
    render: ({ key, values }) => (
      <Numeral
        kpi={kpi}
        {...numberIn(values.get(kpi), heads[kpi][1])}
        href={recordsAt(kpi, search, { by, key: key ?? '' })}
      />
    ),
  }))
  return (
    <Card
      title={t('Where it comes from')}
      label={t('Broken down')}
      foot={data && <CountedAt asOf={data.asOf} />}
      actions={<Choices of={ways} chosen={by} choose={(way) => go({ by: way })} />}
    >
      {error && <Failed error={error} />}
      {!error && !data && <Waiting />}
      {data && (
        <Table
          label={t('Broken down, as a table')}
          columns={[
            { head: ways.find(([way]) => way === by)?.[1] ?? t('Group'), render: (row) => groupName(row, by) },
            ...columns,
          ]}
          rows={rowsOf(brokenDown.flatMap((kpi) => figureIn(data, kpi) ?? []))}
          keyOf={({ key }) => key ?? ''}
        />
      )}
    </Card>
  )
}

interface Row {
  readonly key: string | null
  readonly label: string
  readonly values: Map<KpiName, InRow>
}

interface Numbers {
  readonly value: number | null
  readonly most: number
}

function Numeral({ kpi, value, most, href }: Numbers & { kpi: KpiName; href: string }) {
  return (
    <BarCell share={value === null || most <= 0 ? 0 : Math.max(0, value / most)}>
      {value === null ? '–' : <GoLink href={href}>{write(kpi, value)}</GoLink>}
    </BarCell>
  )
}

interface InRow {
  readonly figure: Figure
  readonly at: number
}

function numberIn(found: InRow | undefined, part: 'value' | 'median'): Numbers {
  if (!found) return { value: null, most: 0 }
  const { figure, at } = found
  const most = Math.max(0, ...figure.groups.map(({ total }) => total[part] ?? 0))
  return { value: figure.groups[at]?.total[part] ?? null, most }
}

/** The groups in the order of the first figure that has them. */
function rowsOf(figures: readonly Figure[]) {
  const rows = new Map<string | null, Row>()
  for (const figure of figures) {
    for (const [at, { key, label }] of figure.groups.entries()) {
      const row = rows.get(key) ?? { key, label, values: new Map() }
      row.values.set(figure.kpi, { figure, at })
      rows.set(key, row)
    }
  }
  return [...rows.values()]
}
