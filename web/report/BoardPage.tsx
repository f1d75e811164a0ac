import { ages } from '#shared/report/ages.ts'
import { Page } from '#web/core/Page.tsx'
import { t } from '#web/core/words.ts'
import { Beside } from '#web/report/Beside.tsx'
import { Card } from '#web/report/Card.tsx'
import { number } from '#web/report/format.ts'
import { GoLink } from '#web/report/GoLink.tsx'
import { groupName } from '#web/report/groups.ts'
import { queueAt, recordsAt } from '#web/report/hrefs.ts'
import { NowTiles, type Now } from '#web/report/NowTiles.tsx'
import { OpenTable } from '#web/report/OpenTable.tsx'
import { figureIn, useAges, useFigures } from '#web/report/read.ts'
import { Failed, Waiting } from '#web/report/States.tsx'
import { Terms } from '#web/report/Terms.tsx'
import styles from './report.module.css'

const now: readonly Now[] = [
  { label: t('Open'), filter: 'is:open', sort: 'priority,-createdAt' },
  { label: t('Due within 2 hours'), filter: 'is:open due>now due<2h', sort: 'dueAt', tone: 'warn' },
  { label: t('Overdue'), filter: 'is:overdue', sort: 'dueAt', tone: 'breach' },
  { label: t('Unassigned over 15 min'), filter: 'is:unassigned created<-15m', sort: 'createdAt', tone: 'warn' },
  { label: t('Major incidents'), filter: 'is:open major:true', tone: 'breach' },
  { label: t('Waiting'), filter: 'is:waiting' },
]

/** The desk now: what is open, what is about to go wrong, and who has how much of it. Each number opens its queue. */
export function BoardPage() {
  return (
    <Page title={t('Figures')} beside={<Beside />}>
      <NowTiles tiles={now} />
      <div className={styles.cards}>
        <Load by="assignee" title={t('Who has how much')} nobody="is:unassigned" />
        <div className={styles.column}>
          <Aging />
          <Load by="team" title={t('Teams')} nobody="team:none is:open" />
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

const mostShown = 20

function Load({ by, title, nobody }: LoadProps) {
  const { data, error } = useFigures({ period: '1d', kpis: 'backlog', by })
  const figure = data && figureIn(data, 'backlog')
  const idle = figure?.groups.length === 0
  return (
    <Card title={title} foot={idle && t('Nothing is open.')}>
      {error && <Failed error={error} />}
      {!error && !figure && <Waiting />}
      {figure && !idle && (
        <OpenTable
          head={by === 'team' ? t('Team') : t('Person')}
          rows={figure.groups.slice(0, mostShown).map(({ key, label, total: { count } }) => ({
            label: groupName({ key, label }, by),
            count,
            href: queueAt(key === null ? nobody : `${by}:${key} is:open`, 'priority,-createdAt'),
          }))}
        />
      )}
    </Card>
  )
}

const today = [
  ['opened', t('Opened today')],
  ['resolved', t('Resolved today')],
  ['timeToAcknowledge', t('Acknowledged today')],
] as const

function Today() {
  const { data, error } = useFigures({ period: '1d', kpis: today.map(([kpi]) => kpi).join(',') })
  return (
    <Card title={t('Today')}>
      {error && <Failed error={error} />}
      <Terms
        of={today.map(([kpi, label]) => [
          label,
          <GoLink key={kpi} href={recordsAt(kpi, { period: '1d' })}>
            {number((data && figureIn(data, kpi)?.total.count) ?? 0)}
          </GoLink>,
        ])}
      />
    </Card>
  )
}

function Aging() {
  const { data, error } = useAges({ period: '1d' })
  return (
    <Card title={t('Age of what is open')}>
      {error && <Failed error={error} />}
      {!error && !data && <Waiting />}
      {data && (
        <OpenTable
          head={t('Age')}
          rows={data.ages.map(({ from, label, total }) => ({
            label: t(label),
            count: total,
            href: recordsAt('backlog', { period: '1d' }, { age: from }),
            tone: from === ages.at(-1)?.from ? 'warn' : undefined,
          }))}
        />
      )}
    </Card>
  )
}
