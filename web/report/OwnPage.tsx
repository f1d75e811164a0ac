import type { KpiName } from '#shared/report/kpis.ts'
import { Empty, Page } from '#web/core/Page.tsx'
import { t } from '#web/core/words.ts'
import { AskBar } from '#web/report/AskBar.tsx'
import { Beside } from '#web/report/Beside.tsx'
import { CourseCard } from '#web/report/CourseCard.tsx'
import { sentence, tooYoung } from '#web/report/format.ts'
import { Ground } from '#web/report/Ground.tsx'
import { NowTiles, type Now } from '#web/report/NowTiles.tsx'
import { figureIn, useFigures } from '#web/report/read.ts'
import { Failed, Waiting } from '#web/report/States.tsx'
import { useAsked, type Asking } from '#web/report/state.ts'
import { Tile } from '#web/report/Tile.tsx'
import styles from './report.module.css'

const kpis: readonly KpiName[] = [
  'resolved',
  'timeToResolve',
  'workingTimeToResolve',
  'backlog',
  'reopenRate',
  'bounceRate',
]

const now: readonly Now[] = [
  { label: t('Mine, open'), filter: 'assignee:me is:open' },
  { label: t('Due within 2 hours'), filter: 'assignee:me is:open due>now due<2h', tone: 'warn' },
  { label: t('Overdue'), filter: 'assignee:me is:overdue', tone: 'breach' },
  { label: t('Waiting'), filter: 'assignee:me is:waiting' },
]

/** An analyst’s own board: what waits for them, and how their own incidents went. Nobody else’s. */
export function OwnPage() {
  const asking = useAsked()
  return (
    <Page title={t('Figures')} beside={<Beside />}>
      <NowTiles tiles={now} />
      <AskBar asking={asking} />
      <Figures asking={asking} />
    </Page>
  )
}

function Figures({ asking }: { asking: Asking }) {
  const { question, every } = asking
  const { data, error, isPlaceholderData } = useFigures(
    { ...question, kpis: kpis.join(','), every, compare: true },
    true,
  )
  if (error) return <Failed error={error} />
  if (!data) return <Waiting />
  const shown = kpis.flatMap((kpi) => figureIn(data, kpi) ?? [])
  const resolved = figureIn(data, 'resolved')
  if (shown.every(({ total }) => total.count === 0 && (total.of ?? 0) === 0))
    return (
      <Empty title={t('Nothing of yours in this time')}>
        <span>{t('What is assigned to you counts here, from the moment it is resolved or while it is open.')}</span>
      </Empty>
    )
  return (
    <div className={styles.body} data-old={isPlaceholderData || undefined}>
      <p className={styles.sentence}>{data.before ? sentence(shown) : tooYoung}</p>
      <div className={styles.tiles}>
        {shown.map((figure) => (
          <Tile key={figure.kpi} figure={figure} answer={data} asking={asking} own />
        ))}
      </div>
      <div className={styles.cards}>
        {resolved && <CourseCard figure={resolved} answer={data} asking={asking} own />}
      </div>
      <Ground answer={data} asking={asking} />
    </div>
  )
}
