import { use } from 'react'
import type { Every, Figure, Figures } from '#shared/report.ts'
import { kpiNamed, type KpiName } from '#shared/report/kpis.ts'
import type { Course } from '#shared/report/signals.ts'
import { Zone } from '#web/core/time.tsx'
import { t } from '#web/core/words.ts'
import { ChartCard } from '#web/report/ChartCard.tsx'
import { LineChart, type Point } from '#web/report/chart/LineChart.tsx'
import { bucketName } from '#web/report/dates.ts'
import { madeOf, number, write } from '#web/report/format.ts'
import { GoLink } from '#web/report/GoLink.tsx'
import { recordsAt } from '#web/report/hrefs.ts'
import { courseIn } from '#web/report/read.ts'
import { signalText } from '#web/report/signal.ts'
import type { Asking } from '#web/report/state.ts'
import { Table } from '#web/report/Table.tsx'

interface CourseCardProps {
  readonly figure: Figure
  readonly answer: Figures
  readonly asking: Asking
  readonly own?: boolean
  readonly title?: string
}

/** The course of a figure as a chart with its limits, or as the table that the chart is drawn from. */
export function CourseCard({ figure, answer, asking, own = false, title }: CourseCardProps) {
  const { kpi } = figure
  const label = t(kpiNamed(kpi).label)
  const course = courseIn(answer, figure, asking.every)
  const points = usePointsOf({ figure, answer, asking, own })
  return (
    <ChartCard
      title={title ?? label}
      label={t('{figure}, course', { figure: label })}
      chart={
        <LineChart
          kpi={kpi}
          label={t('{figure}: {count} points; arrow keys go from one to the next', {
            figure: label,
            count: points.length,
          })}
          points={points}
          course={course}
        />
      }
      table={<CourseTable figure={figure} points={points} course={course} />}
      foot={course ? saidOf(course, points) : withoutLimits(kpi, asking.every)}
    />
  )
}

function usePointsOf({ figure: { kpi, series }, answer, asking, own }: Omit<CourseCardProps, 'title'>): Point[] {
  const zone = use(Zone)
  return series.map((value, at) => {
    const bucket = answer.buckets[at] ?? { from: answer.from, to: answer.to, whole: true }
    const name = bucketName(bucket.from, asking.every, answer.zone || zone)
    const whole = bucket.whole ? name : t('{step}, not a whole one', { step: name })
    const made = madeOf(kpi, value)
    return {
      label: name,
      value: value.value,
      partial: !bucket.whole,
      href: recordsAt(kpi, asking.search, { from: bucket.from, to: bucket.to }, own),
      about: `${whole}: ${write(kpi, value.value)}${made === '' ? '' : `, ${made}`}`,
    }
  })
}

function CourseTable({ figure, points, course }: { figure: Figure; points: readonly Point[]; course: Course | null }) {
  const { kpi, series } = figure
  const label = t(kpiNamed(kpi).label)
  const measured = series.some(({ median }) => median !== null)
  const rows = points.flatMap((point, at) => {
    const total = series[at]
    const signal = course?.signals.find((one) => one.at === at)
    return total ? [{ ...point, total, signal }] : []
  })
  return (
    <Table
      label={t('{figure} as a table', { figure: label })}
      columns={[
        { head: t('From'), render: (row) => row.label },
        { head: measured ? t('Mean') : label, render: ({ total }) => write(kpi, total.value) },
        measured && { head: t('Median'), render: ({ total }) => write(kpi, total.median) },
        measured && { head: t('90th percentile'), render: ({ total }) => write(kpi, total.p90) },
        {
          head: t('Records'),
          render: ({ href, total: { count, of } }) => (
            <GoLink href={href}>{of === null ? number(count) : t('{count} of {of}', { count, of })}</GoLink>
          ),
        },
        { head: t('Signal'), render: ({ signal }) => signal && signalText(signal) },
      ]}
      rows={rows}
      keyOf={({ href }) => href}
    />
  )
}

function withoutLimits(kpi: KpiName, every: Every) {
  if (kpiNamed(kpi).shape === 'level') return t('A level drifts: it has no limits, only a direction.')
  if (every === 'day') return t('The days of a week differ by themselves: by week, one sees what is more than chance.')
  return t('Too few whole steps to say where this usually runs.')
}

function saidOf(course: Course, points: readonly Point[]) {
  const [first] = course.signals
  if (!first) return t('Steady: nothing here is more than chance.')
  const last = course.signals.at(-1) ?? first
  const count = course.signals.length
  return t('{count, plural, one {One signal, {step}: {words}.} other {# signals, the last {step}: {words}.}}', {
    count,
    step: points[last.at]?.label ?? '',
    words: signalText(last),
  })
}
