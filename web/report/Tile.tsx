import type { Figure, Figures } from '#shared/report.ts'
import { kpiNamed } from '#shared/report/kpis.ts'
import type { Signal } from '#shared/report/signals.ts'
import { t } from '#web/core/words.ts'
import { Sparkline } from '#web/report/chart/Sparkline.tsx'
import { changeOf, madeOf, write, type Change } from '#web/report/format.ts'
import { GoLink } from '#web/report/GoLink.tsx'
import { figureAt, recordsAt } from '#web/report/hrefs.ts'
import { courseIn } from '#web/report/read.ts'
import type { Asking } from '#web/report/state.ts'
import styles from './tile.module.css'

interface TileProps {
  readonly figure: Figure
  readonly answer: Figures
  readonly asking: Asking
  readonly own?: boolean
}

/** One figure: its number, which opens its records, how it moved, and its course, which opens the figure's own page. */
export function Tile({ figure, answer, asking: { search, every }, own = false }: TileProps) {
  const { kpi, total, series } = figure
  const label = t(kpiNamed(kpi).label)
  const course = courseIn(answer, figure, every)
  return (
    <section className={styles.tile} aria-label={label}>
      <GoLink className={styles.name} href={figureAt(kpi, search, own)}>
        {label}
      </GoLink>
      <div className={styles.row}>
        <GoLink
          className={styles.numeral}
          href={recordsAt(kpi, search, {}, own)}
          title={t('The records behind this number')}
        >
          {write(kpi, total.value)}
        </GoLink>
        <Sparkline
          values={series.map(({ value }) => value)}
          limits={course ? [course.lower, course.upper] : undefined}
        />
      </div>
      <TileFoot figure={figure} signal={course?.signals.at(-1)} />
    </section>
  )
}

const toned: Readonly<Record<Change['tone'], (change: string) => string>> = {
  better: (change) => t('{change} better', { change }),
  worse: (change) => t('{change} worse', { change }),
  none: (change) => change,
}

function TileFoot({ figure: { kpi, total, before }, signal }: { figure: Figure; signal: Signal | undefined }) {
  const change = changeOf(kpi, total, before)
  const made = madeOf(kpi, total)
  return (
    <p className={styles.foot}>
      {total.median !== null && (
        <span>{t('median {median}, p90 {p90}', { median: write(kpi, total.median), p90: write(kpi, total.p90) })}</span>
      )}
      {made !== '' && <span>{made}</span>}
      {change && <span data-tone={change.tone}>{toned[change.tone](change.words)}</span>}
      {signal && (
        <span className={styles.signal}>
          <svg width="10" height="10" aria-hidden="true">
            <path d="M5 0l5 5-5 5-5-5z" />
          </svg>{' '}
          {signal.side === 'above' ? t('signal above') : t('signal below')}
        </span>
      )}
    </p>
  )
}
