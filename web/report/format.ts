import type { Value } from '#shared/report.ts'
import { kpiNamed, type KpiName, type Shape } from '#shared/report/kpis.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** A time in the two largest units that say something: `3 d 4 h`, `25 min`. */
export function duration(ms: number) {
  const size = Math.abs(ms)
  const sign = ms < 0 ? '−' : ''
  if (size >= 10 * day) return `${sign}${Math.round(size / day)} d`
  if (size >= day) return sign + two(size, [day, 'd'], [hour, 'h'])
  if (size >= 10 * hour) return `${sign}${Math.round(size / hour)} h`
  if (size >= hour) return sign + two(size, [hour, 'h'], [minute, 'min'])
  return `${sign}${Math.round(size / minute)} min`
}

/** A time; a dash where there is none. */
export const time = (ms: number | null) => (ms === null ? '–' : duration(ms))

type Unit = readonly [number, string]

function two(size: number, [large, name]: Unit, [small, its]: Unit) {
  const rounded = Math.round(size / small) * small
  const rest = Math.round((rounded % large) / small)
  return `${Math.floor(rounded / large)} ${name}${rest > 0 ? ` ${rest} ${its}` : ''}`
}

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
const fine = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1, minimumFractionDigits: 1 })
const finer = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2, minimumFractionDigits: 2 })

const written: Readonly<Record<Shape, (value: number) => string>> = {
  count: (value) => whole.format(value),
  level: (value) => whole.format(value),
  difference: (value) => `${value > 0 ? '+' : ''}${whole.format(value).replace('-', '−')}`,
  share: (value) => `${fine.format(value)} %`,
  mean: (value) => finer.format(value),
  time: duration,
}

/** A number of a figure as a person reads it; a dash where there is none. */
export const write = (kpi: KpiName, value: number | null | undefined) =>
  value === null || value === undefined ? '–' : written[kpiNamed(kpi).shape](value)

/** A number in a narrow place, such as an axis. */
export const writeShort = (kpi: KpiName, value: number) =>
  value === 0
    ? '0'
    : kpiNamed(kpi).shape === 'share'
      ? `${Number(value.toFixed(1))} %`
      : write(kpi, value).replace(/\.00$/, '')

/** What a number was made of, in words. */
export function madeOf(kpi: KpiName, { count, of }: Value) {
  const { shape } = kpiNamed(kpi)
  if (shape === 'share') return `${whole.format(count)} of ${whole.format(of ?? 0)}`
  if (shape === 'difference') return `${whole.format(count)} opened, ${whole.format(of ?? 0)} resolved`
  return shape === 'time' || shape === 'mean' ? `of ${whole.format(count)}` : ''
}

export const number = (value: number) => whole.format(value)

export interface Change {
  readonly words: string
  readonly tone: 'better' | 'worse' | 'none'
}

/** How a figure moved against the period before: `−12 %`, or in points where it is a share. */
export function changeOf(kpi: KpiName, now: Value, before: Value | null): Change | null {
  if (before === null || now.value === null || before.value === null) return null
  const { shape, better } = kpiNamed(kpi)
  const by = now.value - before.value
  const words = shape === 'share' ? `${signed(by, fine)} points` : relative(kpi, now.value, before.value)
  const tone = better === null || by === 0 ? 'none' : by < 0 === (better === 'less') ? 'better' : 'worse'
  return { words, tone }
}

const signed = (value: number, format: Intl.NumberFormat) =>
  `${value > 0 ? '+' : value < 0 ? '−' : '±'}${format.format(Math.abs(value))}`

function relative(kpi: KpiName, now: number, before: number) {
  const by = now - before
  if (kpiNamed(kpi).shape === 'difference' || before === 0) {
    return by === 0 ? '±0' : `${by > 0 ? '+' : '−'}${write(kpi, Math.abs(by)).replace(/^\+/, '')}`
  }
  return `${signed((100 * by) / Math.abs(before), whole)} %`
}

const fewest = 10
const least = 0.1

interface Compared {
  readonly kpi: KpiName
  readonly total: Value
  readonly before: Value | null
}

/** A move worth telling: of enough records, and by enough. */
function moveOf({ kpi, total, before }: Compared) {
  const change = changeOf(kpi, total, before)
  const [from, to] = [before?.value ?? 0, total.value ?? 0]
  if (!change || change.tone === 'none' || recordsIn(total) < fewest || recordsIn(before) < fewest) return []
  const size = Math.abs(to - from) / Math.max(Math.abs(from), 1e-9)
  return size < least ? [] : [{ kpi, tone: change.tone, size, from, to }]
}

const recordsIn = (value: Value | null) => value?.of ?? value?.count ?? 0

export const tooYoung = 'There is no whole period before this one to hold it against.'

/** What moved most, in one plain sentence; small numbers move by themselves and are left out. */
export function sentence(figures: readonly Compared[]) {
  const moves = figures.flatMap(moveOf).toSorted((a, b) => b.size - a.size)
  const told = moves.slice(0, 2).map(({ kpi, from, to, tone }) => {
    const name = kpiNamed(kpi).label.replace(/ \(\w+\)/, '')
    return `${name} ${to > from ? 'rose' : 'fell'} from ${write(kpi, from)} to ${write(kpi, to)}, which is ${tone}`
  })
  if (told.length === 0) return 'Nothing has moved by much against the period before.'
  return `${told.map((one, at) => (at === 0 ? one : one.charAt(0).toLowerCase() + one.slice(1))).join('; ')}.`
}
