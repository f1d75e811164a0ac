import type { ComponentProps } from 'react'
import { kpiNamed, type KpiName } from '#shared/report/kpis.ts'
import type { Course } from '#shared/report/signals.ts'
import { t } from '#web/core/words.ts'
import { write, writeShort } from '#web/report/format.ts'
import { GoLink } from '#web/report/GoLink.tsx'
import { signalText } from '#web/report/signal.ts'
import styles from './chart.module.css'
import { labelled, ticksFor, wholeTicks } from './scale.ts'
import { usePoints } from './usePoints.ts'
import { useWidth } from './useWidth.ts'

export interface Point {
  readonly label: string
  readonly value: number | null
  /** One that is cut off, or still goes on. */
  readonly partial: boolean
  /** The records that it is made of. */
  readonly href: string
  readonly about: string
}

interface LineChartProps {
  readonly kpi: KpiName
  readonly label: string
  readonly points: readonly Point[]
  readonly course: Course | null
}

const [height, top, bottom, left, right] = [208, 20, 24, 60, 96]

/** The course of a figure, with where it usually runs. Each point opens its records; signals are shaped, not coloured alone. */
export function LineChart({ kpi, label, points, course }: LineChartProps) {
  const [ref, width] = useWidth()
  const scale = scaleOf(kpi, points, course, width)
  const { root, chosen, point } = usePoints(points.length)
  const shown = chosen === null ? null : points[chosen]
  return (
    <figure ref={ref} className={styles.chart} aria-label={label}>
      <svg ref={root} width={width} height={height}>
        <Axis kpi={kpi} scale={scale} points={points} />
        {course && course.upper > course.lower && <Limits kpi={kpi} course={course} scale={scale} />}
        <path className={styles.line} d={pathOf(points, scale)} />
        {points.map((one, at) => (
          <PointLink
            key={one.href}
            point={one}
            place={one.value === null ? null : { x: scale.x(at), y: scale.y(one.value) }}
            signal={course?.signals.find((signal) => signal.at === at)}
            {...point(at)}
          />
        ))}
        <LastLabel kpi={kpi} points={points} scale={scale} />
      </svg>
      <p className={styles.told} aria-hidden="true">
        {shown ? shown.about : ' '}
      </p>
    </figure>
  )
}

interface Scale {
  readonly width: number
  readonly ticks: readonly number[]
  x(at: number): number
  y(value: number): number
}

function scaleOf(kpi: KpiName, points: readonly Point[], course: Course | null, width: number): Scale {
  const { shape } = kpiNamed(kpi)
  const values = points.flatMap(({ value }) => value ?? [])
  const all = course ? [...values, course.upper, Math.max(course.lower, Math.min(0, ...values))] : values
  const rough = ticksFor(all, shape === 'time')
  const ticks = shape === 'count' || shape === 'level' || shape === 'difference' ? wholeTicks(rough) : rough
  const [low = 0, high = 1] = [rough[0], rough.at(-1)]
  const inner = width - left - right
  return {
    width,
    ticks,
    x: (at) => left + (points.length < 2 ? inner / 2 : (at * inner) / (points.length - 1)),
    y: (value) => top + (height - top - bottom) * (1 - (value - low) / (high - low)),
  }
}

function Axis({ kpi, scale, points }: { kpi: KpiName; scale: Scale; points: readonly Point[] }) {
  const shown = labelled(points.length, Math.floor((scale.width - left - right) / 64))
  return (
    <g aria-hidden="true" className={styles.axis}>
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line x1={left} x2={scale.width - right} y1={scale.y(tick)} y2={scale.y(tick)} />
          <text x={left - 8} y={scale.y(tick)} dy="0.32em" textAnchor="end">
            {writeShort(kpi, tick)}
          </text>
        </g>
      ))}
      {points.map(({ label, href }, at) =>
        shown.has(at) ? (
          <text key={href} x={scale.x(at)} y={height - 6} textAnchor="middle">
            {label}
          </text>
        ) : null,
      )}
    </g>
  )
}

function Limits({ kpi, course, scale }: { kpi: KpiName; course: Course; scale: Scale }) {
  const [low = 0] = scale.ticks
  const lines = [
    { name: t('upper'), value: course.upper, look: styles.limit },
    { name: t('mean'), value: course.mean, look: styles.mean },
    ...(course.lower > low ? [{ name: t('lower'), value: course.lower, look: styles.limit }] : []),
  ]
  return (
    <g aria-hidden="true">
      {lines.map(({ name, value, look }) => (
        <g key={name}>
          <line className={look} x1={left} x2={scale.width - right} y1={scale.y(value)} y2={scale.y(value)} />
          <text className={styles.limitLabel} x={scale.width - right + 8} y={scale.y(value)} dy="0.32em">
            {name} {writeShort(kpi, value)}
          </text>
        </g>
      ))}
    </g>
  )
}

interface PointLinkProps {
  readonly point: Point
  readonly place: { readonly x: number; readonly y: number } | null
  readonly signal: Course['signals'][number] | undefined
}

function PointLink({ point, place, signal, ...more }: PointLinkProps & Omit<ComponentProps<'a'>, 'href'>) {
  const told = signal ? t('{point}. Signal: {words}', { point: point.about, words: signalText(signal) }) : point.about
  return (
    <GoLink href={point.href} aria-label={told} className={styles.pointLink} {...more}>
      {place && <rect x={place.x - 12} y={top} width={24} height={height - top - bottom} className={styles.hit} />}
      {place && signal && <path className={styles.signal} d={`M${place.x} ${place.y - 6}l6 6-6 6-6-6z`} />}
      {place && !signal && (
        <circle className={point.partial ? styles.partial : styles.point} cx={place.x} cy={place.y} r={3} />
      )}
    </GoLink>
  )
}

function LastLabel({ kpi, points, scale }: { kpi: KpiName; points: readonly Point[]; scale: Scale }) {
  const at = points.findLastIndex(({ value }) => value !== null)
  const value = points[at]?.value
  if (value === null || value === undefined) return null
  return (
    <text className={styles.lastLabel} x={scale.x(at) + 4} y={scale.y(value) - 10} textAnchor="end" aria-hidden="true">
      {write(kpi, value)}
    </text>
  )
}

/** A line through what is known: where nothing is, there is a gap. */
function pathOf(points: readonly Point[], scale: Scale) {
  const steps = points.map(({ value }, at) => {
    if (value === null) return ''
    const joins = at > 0 && points[at - 1]?.value !== null
    return `${joins ? 'L' : 'M'}${scale.x(at).toFixed(1)} ${scale.y(value).toFixed(1)}`
  })
  return steps.join('')
}
