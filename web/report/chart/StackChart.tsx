import { t } from '#web/core/words.ts'
import { number } from '#web/report/format.ts'
import { GoLink } from '#web/report/GoLink.tsx'
import styles from './chart.module.css'
import { labelled, ticksFor, wholeTicks } from './scale.ts'
import { usePoints } from './usePoints.ts'
import { useWidth } from './useWidth.ts'

interface StackChartProps {
  readonly label: string
  /** What stands above what, from the ground up. */
  readonly layers: readonly { readonly label: string; readonly values: readonly number[] }[]
  readonly points: readonly { readonly label: string; readonly href: string }[]
}

const [height, top, bottom, left, right] = [228, 20, 24, 44, 104]

/** How a whole is made up, from moment to moment; each layer is named where it ends. */
export function StackChart({ label, layers, points }: StackChartProps) {
  const [ref, width] = useWidth()
  const { root, chosen, point } = usePoints(points.length)
  const sums = points.map((_, at) => layers.reduce((sum, { values }) => sum + (values[at] ?? 0), 0))
  const ticks = wholeTicks(ticksFor(sums, false))
  const high = Math.max(ticks.at(-1) ?? 1, 1)
  const y = (value: number) => top + (height - top - bottom) * (1 - value / high)
  const step = (width - left - right) / points.length
  const bar = Math.max(3, Math.min(40, step * 0.72))
  const x = (at: number) => left + step * (at + 0.5)
  const shown = labelled(points.length, Math.floor((width - left - right) / 64))
  const told = (at: number) => tellMoment(points[at]?.label ?? '', sums[at] ?? 0, partsAt(layers, at))
  return (
    <figure ref={ref} className={styles.chart} aria-label={label}>
      <svg ref={root} width={width} height={height}>
        <g aria-hidden="true" className={styles.axis}>
          {ticks.map((tick) => (
            <g key={tick}>
              <line x1={left} x2={width - right} y1={y(tick)} y2={y(tick)} />
              <text x={left - 8} y={y(tick)} dy="0.32em" textAnchor="end">
                {number(tick)}
              </text>
            </g>
          ))}
        </g>
        {points.map(({ label: name, href }, at) => (
          <GoLink key={href} href={href} aria-label={told(at)} className={styles.column} {...point(at)}>
            <rect className={styles.hit} x={x(at) - step / 2} y={top} width={step} height={height - top - bottom} />
            {layers.map(({ label: its, values }, of) => {
              const base = layers.slice(0, of).reduce((sum, one) => sum + (one.values[at] ?? 0), 0)
              const tall = y(base) - y(base + (values[at] ?? 0))
              return (
                <rect
                  key={its}
                  data-layer={of}
                  x={x(at) - bar / 2}
                  width={bar}
                  y={y(base) - tall}
                  height={Math.max(0, tall - 1)}
                />
              )
            })}
            {shown.has(at) && (
              <text className={styles.under} x={x(at)} y={height - 6} textAnchor="middle">
                {name}
              </text>
            )}
          </GoLink>
        ))}
        <Names layers={layers} y={y} x={width - right + 8} />
      </svg>
      <p className={styles.told} aria-hidden="true">
        {chosen === null ? ' ' : told(chosen)}
      </p>
    </figure>
  )
}

const partsAt = (layers: StackChartProps['layers'], at: number) =>
  layers.map(({ label, values }) => `${label}: ${number(values[at] ?? 0)}`).join('; ')

const tellMoment = (moment: string, count: number, parts: string) =>
  t('{moment}: {count} open. {parts}', { moment, count, parts })

interface NamesProps extends Pick<StackChartProps, 'layers'> {
  readonly x: number
  readonly y: (value: number) => number
}

interface Named {
  readonly label: string
  readonly of: number
  readonly base: number
  readonly at: number
}

/** The layers' names beside the last moment, kept from lying on each other. */
function Names({ layers, x, y }: NamesProps) {
  const names = layers.reduce<readonly Named[]>((below, { label, values }, of) => {
    const value = values.at(-1) ?? 0
    const { base, at: under } = below.at(-1) ?? { base: 0, at: Infinity }
    return [...below, { label, of, base: base + value, at: Math.min(y(base + value / 2), under - 15) }]
  }, [])
  return (
    <g aria-hidden="true">
      {names.map(({ label, of, at }) => (
        <g key={label}>
          <rect data-layer={of} x={x} y={at - 4} width={8} height={8} rx={2} />
          <text className={styles.limitLabel} x={x + 13} y={at} dy="0.32em">
            {label}
          </text>
        </g>
      ))}
    </g>
  )
}
