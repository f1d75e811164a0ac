import type { Value } from '#shared/report.ts'
import type { Shape } from '#shared/report/kpi.ts'
import { kpiNamed, type KpiName } from '#shared/report/kpis.ts'
import { locale, t } from '#web/core/words.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** A time in the two largest units that say something: `3 d 4 h`, `25 min`. */
export function duration(ms: number) {
  const size = Math.abs(ms)
  const sign = ms < 0 ? '−' : ''
  if (size >= 10 * day) return sign + units.d(Math.round(size / day))
  if (size >= day) return sign + two(size, [day, units.d], [hour, units.h])
  if (size >= 10 * hour) return sign + units.h(Math.round(size / hour))
  if (size >= hour) return sign + two(size, [hour, units.h], [minute, units.min])
  return sign + units.min(Math.round(size / minute))
}

/** A time; a dash where there is none. */
export const time = (ms: number | null) => (ms === null ? '–' : duration(ms))

const units = {
  d: (count: number) => t('{count} d', { count }),
  h: (count: number) => t('{count} h', { count }),
  min: (count: number) => t('{count} min', { count }),
}

type Unit = readonly [number, (count: number) => string]

function two(size: number, [large, inLarge]: Unit, [small, inSmall]: Unit) {
  const rounded = Math.round(size / small) * small
  const rest = Math.round((rounded % large) / small)
  const first = inLarge(Math.floor(rounded / large))
  return rest > 0 ? `${first} ${inSmall(rest)}` : first
}

const whole = new Intl.NumberFormat(locale(), { maximumFractionDigits: 0 })
const fine = new Intl.NumberFormat(locale(), { maximumFractionDigits: 1, minimumFractionDigits: 1 })
const tenths = new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 })
const finer = new Intl.NumberFormat(locale(), { maximumFractionDigits: 2, minimumFractionDigits: 2 })

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
      ? `${tenths.format(value)} %`
      : write(kpi, value).replace(/[.,]00$/, '')

/** What a number was made of, in words. */
export function madeOf(kpi: KpiName, { count, of }: Value) {
  const { shape } = kpiNamed(kpi)
  if (shape === 'share') return t('{count} of {of}', { count, of: of ?? 0 })
  if (shape === 'difference') return t('{opened} opened, {resolved} resolved', { opened: count, resolved: of ?? 0 })
  return shape === 'time' || shape === 'mean' ? t('of {count}', { count }) : ''
}

export const number = (value: number) => whole.format(value)

/** A share of all, with one digit. */
export const percent = (share: number) => `${fine.format(100 * share)} %`

export interface Change {
  readonly words: string
  readonly tone: 'better' | 'worse' | 'none'
}

/** How a figure moved against the period before: `−12 %`, or in points where it is a share. */
export function changeOf(kpi: KpiName, now: Value, before: Value | null): Change | null {
  if (before === null || now.value === null || before.value === null) return null
  const { shape, better } = kpiNamed(kpi)
  const by = now.value - before.value
  const words = shape === 'share' ? t('{by} points', { by: signed(by, fine) }) : relative(kpi, now.value, before.value)
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

export const tooYoung = t('There is no whole period before this one to hold it against.')

/** What moved most, in plain sentences; small numbers move by themselves and are left out. */
export function sentence(figures: readonly Compared[]) {
  const moves = figures.flatMap(moveOf).toSorted((a, b) => b.size - a.size)
  if (moves.length === 0) return t('Nothing has moved by much against the period before.')
  return moves.slice(0, 2).map(tellMove).join(' ')
}

function tellMove({ kpi, from, to, tone }: ReturnType<typeof moveOf>[number]) {
  const values = { name: t(kpiNamed(kpi).label).replace(/ \([^)]+\)/, ''), from: write(kpi, from), to: write(kpi, to) }
  if (to > from)
    return tone === 'better'
      ? t('{name} rose from {from} to {to}, which is better.', values)
      : t('{name} rose from {from} to {to}, which is worse.', values)
  return tone === 'better'
    ? t('{name} fell from {from} to {to}, which is better.', values)
    : t('{name} fell from {from} to {to}, which is worse.', values)
}
