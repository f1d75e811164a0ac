import type { Breakdown, Figure } from '#shared/report.ts'
import { kpiNamed, type KpiName } from '#shared/report/kpis.ts'
import { write } from '#web/report/format.ts'
import { GoLink } from '#web/report/GoLink.tsx'
import { recordsAt } from '#web/report/hrefs.ts'
import { figureIn, useFigures } from '#web/report/read.ts'
import { Failed, Waiting } from '#web/report/States.tsx'
import type { Asking } from '#web/report/state.ts'
import { TableFrame } from '#web/report/TableFrame.tsx'
import styles from './report.module.css'

const columns: readonly (readonly [KpiName, string, 'value' | 'median'])[] = [
  ['opened', 'Opened', 'value'],
  ['resolved', 'Resolved', 'value'],
  ['backlog', 'Backlog', 'value'],
  ['timeToResolve', 'Median time to resolve', 'median'],
  ['slaCompliance', 'SLA kept', 'value'],
  ['reopenRate', 'Reopened', 'value'],
  ['bounceRate', 'Bounced', 'value'],
]

const ways: readonly (readonly [Breakdown, string])[] = [
  ['service', 'Service'],
  ['team', 'Team'],
  ['priority', 'Priority'],
  ['organisation', 'Organisation'],
  ['category', 'Category'],
]

/** The same figures of each service, team or priority, a bar behind each number; every number opens its records. */
export function BreakdownCard({ asking }: { asking: Asking }) {
  const { question, search, go } = asking
  const by = asking.by ?? 'service'
  const { data, error } = useFigures({ ...question, kpis: columns.map(([kpi]) => kpi).join(','), by })
  return (
    <section className={styles.card} aria-label="Broken down" data-wide>
      <div className={styles.cardHead}>
        <h2>Where it comes from</h2>
        <div className={styles.ways}>
          {ways.map(([way, label]) => (
            <button key={way} type="button" aria-pressed={way === by} onClick={() => go({ by: way })}>
              {label}
            </button>
          ))}
        </div>
      </div>
      {error && <Failed error={error} />}
      {!error && !data && <Waiting />}
      {data && (
        <TableFrame label="Broken down, as a table">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{ways.find(([way]) => way === by)?.[1] ?? 'Group'}</th>
                {columns.map(([kpi, label]) => (
                  <th key={kpi} scope="col" title={kpiNamed(kpi).formula}>
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rowsOf(columns.flatMap(([kpi]) => figureIn(data, kpi) ?? [])).map(({ key, label, values }) => (
                <tr key={key ?? ''}>
                  <th scope="row">{label}</th>
                  {columns.map(([kpi, , part]) => (
                    <BarCell key={kpi} kpi={kpi} {...numberIn(values.get(kpi), part)}>
                      {recordsAt(kpi, search, { by, key: key ?? '' })}
                    </BarCell>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </section>
  )
}

interface Numbers {
  readonly value: number | null
  readonly most: number
}

function BarCell({ kpi, value, most, children: href }: Numbers & { kpi: KpiName; children: string }) {
  const share = value === null || most <= 0 ? 0 : Math.max(0, value / most)
  return (
    <td className={styles.barCell}>
      <span className={styles.bar} style={{ inlineSize: `${(share * 100).toFixed(1)}%` }} />
      {value === null ? '–' : <GoLink href={href}>{write(kpi, value)}</GoLink>}
    </td>
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
  const rows = new Map<string | null, { key: string | null; label: string; values: Map<KpiName, InRow> }>()
  for (const figure of figures) {
    for (const [at, { key, label }] of figure.groups.entries()) {
      const row = rows.get(key) ?? { key, label, values: new Map() }
      row.values.set(figure.kpi, { figure, at })
      rows.set(key, row)
    }
  }
  return [...rows.values()]
}
