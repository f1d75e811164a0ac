import type { Figure } from '#shared/report.ts'
import { serviceCourses, serviceFigures, serviceKpis, serviceTiles, usual } from '#shared/report/boards.ts'
import { kpiNamed } from '#shared/report/kpis.ts'
import { Page } from '#web/core/Page.tsx'
import { t } from '#web/core/words.ts'
import { AgesCard } from '#web/report/AgesCard.tsx'
import { AskBar } from '#web/report/AskBar.tsx'
import { Beside } from '#web/report/Beside.tsx'
import { BreakdownCard } from '#web/report/BreakdownCard.tsx'
import { CourseCard } from '#web/report/CourseCard.tsx'
import { sentence, tooYoung } from '#web/report/format.ts'
import { Ground } from '#web/report/Ground.tsx'
import { tableAt } from '#web/report/hrefs.ts'
import { asAnswered, figureIn, useKeptFigures } from '#web/report/read.ts'
import { Failed, Waiting } from '#web/report/States.tsx'
import { useAsked, type Asking } from '#web/report/state.ts'
import { Tile } from '#web/report/Tile.tsx'
import styles from './report.module.css'

/** What a service manager looks at: how it went, what moved, where it usually runs, and where it hurts. */
export function ServicePage() {
  const asking = useAsked()
  return (
    <Page title={t('Figures')} beside={<Beside />} actions={<TableLink asking={asking} />}>
      <AskBar asking={asking} />
      <Figures asking={asking} />
    </Page>
  )
}

/** A desk without service levels has no clocks to tell of. */
const isKept = ({ kpi, total, before }: Figure) =>
  kpiNamed(kpi).source !== 'clocks' || (total.of ?? 0) + (before?.of ?? 0) > 0

function TableLink({ asking: { question, every, by = usual.by } }: { asking: Asking }) {
  return (
    <a data-plain="default" href={tableAt(serviceKpis, { ...question, every, by })} download>
      CSV
    </a>
  )
}

function Figures({ asking }: { asking: Asking }) {
  const { question, every } = asking
  const { data, error, isPlaceholderData } = useKeptFigures(serviceFigures(question, every))
  if (error) return <Failed error={error} />
  if (!data) return <Waiting />
  const answered = asAnswered(asking, data)
  const shown = serviceTiles.flatMap((kpi) => figureIn(data, kpi) ?? []).filter(isKept)
  return (
    <div className={styles.body} data-old={isPlaceholderData || undefined}>
      <p className={styles.sentence}>{data.before ? sentence(shown) : tooYoung}</p>
      <div className={styles.tiles}>
        {shown.map((figure) => (
          <Tile key={figure.kpi} figure={figure} answer={data} asking={answered} />
        ))}
      </div>
      <div className={styles.cards}>
        {serviceCourses.map((kpi) => {
          const figure = figureIn(data, kpi)
          return figure && isKept(figure) && <CourseCard key={kpi} figure={figure} answer={data} asking={answered} />
        })}
        <AgesCard asking={asking} />
      </div>
      <BreakdownCard asking={asking} />
      <Ground answer={data} asking={asking} />
    </div>
  )
}
