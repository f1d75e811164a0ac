import type { Figure } from '#shared/report.ts'
import { ages } from '#shared/report/kpis.ts'
import { Page } from '#web/core/Page.tsx'
import { Beside } from '#web/report/Beside.tsx'
import { number } from '#web/report/format.ts'
import { GoLink } from '#web/report/GoLink.tsx'
import { queueAt, recordsAt } from '#web/report/hrefs.ts'
import { NowTiles, type Now } from '#web/report/NowTiles.tsx'
import { figureIn, useAges, useFigures } from '#web/report/read.ts'
import { Failed, Waiting } from '#web/report/States.tsx'
import styles from './report.module.css'

const now: readonly Now[] = [
  { label: 'Open', filter: 'is:open', sort: 'priority,-createdAt' },
  { label: 'Due within 2 hours', filter: 'is:open due>now due<2h', sort: 'dueAt', tone: 'warn' },
  { label: 'Overdue', filter: 'is:overdue', sort: 'dueAt', tone: 'breach' },
  { label: 'Unassigned over 15 min', filter: 'is:unassigned created<-15m', sort: 'createdAt', tone: 'warn' },
  { label: 'Major incidents', filter: 'is:open major:true', tone: 'breach' },
  { label: 'Waiting', filter: 'is:waiting' },
]

/** The desk now: what is open, what is about to go wrong, and who has how much of it. Each number opens its queue. */
export function BoardPage() {
  return (
    <Page title="Figures" beside={<Beside />}>
      <NowTiles tiles={now} />
      <div className={styles.cards}>
        <Load by="assignee" title="Who has how much" nobody="is:unassigned" />
        <div className={styles.column}>
          <Aging />
          <Load by="team" title="Teams" nobody="team:none is:open" />
          <Today />
        </div>
      </div>
    </Page>
  )
}

interface LoadProps {
  readonly by: 'assignee' | 'team'
  readonly title: string
  readonly nobody: string
}

function Load({ by, title, nobody }: LoadProps) {
  const { data, error } = useFigures({ period: '1d', kpis: 'backlog', by })
  const figure = data && figureIn(data, 'backlog')
  return (
    <section className={styles.card} aria-label={title}>
      <div className={styles.cardHead}>
        <h2>{title}</h2>
      </div>
      {error && <Failed error={error} />}
      {!error && !figure && <Waiting />}
      {figure && <LoadBars figure={figure} by={by} nobody={nobody} />}
    </section>
  )
}

function LoadBars({ figure, by, nobody }: { figure: Figure; by: string; nobody: string }) {
  const most = Math.max(1, ...figure.groups.map(({ total }) => total.count))
  if (figure.groups.length === 0) return <p className={styles.cardFoot}>Nothing is open.</p>
  return (
    <table className={styles.table} data-load>
      <thead>
        <tr>
          <th scope="col">{by === 'team' ? 'Team' : 'Person'}</th>
          <th scope="col">Open</th>
        </tr>
      </thead>
      <tbody>
        {figure.groups.slice(0, 20).map(({ key, label, total }) => (
          <tr key={key ?? ''}>
            <th scope="row">{label}</th>
            <td className={styles.barCell}>
              <span className={styles.bar} style={{ inlineSize: `${((100 * total.count) / most).toFixed(1)}%` }} />
              <GoLink href={queueAt(key === null ? nobody : `${by}:${key} is:open`, 'priority,-createdAt')}>
                {number(total.count)}
              </GoLink>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const today = [
  ['opened', 'Opened today'],
  ['resolved', 'Resolved today'],
  ['timeToAcknowledge', 'Acknowledged today'],
] as const

function Today() {
  const { data, error } = useFigures({ period: '1d', kpis: today.map(([kpi]) => kpi).join(',') })
  return (
    <section className={styles.card} aria-label="Today">
      <div className={styles.cardHead}>
        <h2>Today</h2>
      </div>
      {error && <Failed error={error} />}
      <dl className={styles.meaning}>
        {today.map(([kpi, label]) => (
          <div key={kpi}>
            <dt>{label}</dt>
            <dd>
              <GoLink href={recordsAt(kpi, { period: '1d' })}>
                {number((data && figureIn(data, kpi)?.total.count) ?? 0)}
              </GoLink>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Aging() {
  const { data, error } = useAges({ period: '1d' })
  const most = Math.max(1, ...(data?.ages.map(({ total }) => total) ?? []))
  return (
    <section className={styles.card} aria-label="Age of what is open">
      <div className={styles.cardHead}>
        <h2>Age of what is open</h2>
      </div>
      {error && <Failed error={error} />}
      {!error && !data && <Waiting />}
      {data && (
        <table className={styles.table} data-load>
          <thead>
            <tr>
              <th scope="col">Age</th>
              <th scope="col">Open</th>
            </tr>
          </thead>
          <tbody>
            {data.ages.map(({ from, label, total }, of) => (
              <tr key={from}>
                <th scope="row">{label}</th>
                <td className={styles.barCell}>
                  <span
                    className={styles.bar}
                    data-age={of === ages.length - 1 || undefined}
                    style={{ inlineSize: `${((100 * total) / most).toFixed(1)}%` }}
                  />
                  <GoLink href={recordsAt('backlog', { period: '1d' }, { age: from })}>{number(total)}</GoLink>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
