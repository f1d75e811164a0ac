/** A stretch of time by its instants, the end not included. */
export interface Span {
  readonly from: string
  readonly to: string
}

export interface Bucket extends Span {
  /** Neither cut off by the period nor still going on: one that can be held against another. */
  readonly whole: boolean
}

type Every = 'day' | 'week' | 'month'
type Day = Temporal.PlainDate

const lengths = { w: 'weeks', mo: 'months' } as const
const wholes = { week: { weeks: 1 }, month: { months: 1 }, quarter: { months: 3 }, year: { years: 1 } } as const

interface Days {
  readonly from: Day
  readonly to: Day
}

/** The days that a period's words mean, seen from a day: `30d` ends with that day, `last-month` before its month. */
const daysOf = (period: string, today: Day): Days | null =>
  lastDays(period, today) ?? wholeDays(period, today) ?? namedDays(period)

function lastDays(period: string, today: Day) {
  const [, count, unit] = /^(\d{1,3})(d|w|mo)$/.exec(period) ?? []
  if (unit === 'd') return { from: today.subtract({ days: Number(count) - 1 }), to: today.add({ days: 1 }) }
  if (unit !== 'w' && unit !== 'mo') return null
  const from = beginning(unit === 'w' ? 'week' : 'month', today)
  return { from: from.subtract({ [lengths[unit]]: Number(count) - 1 }), to: from.add({ [lengths[unit]]: 1 }) }
}

function wholeDays(period: string, today: Day) {
  const [, which, whole] = /^(this|last)-(week|month|quarter|year)$/.exec(period) ?? []
  if (!isWhole(whole)) return null
  const from = beginning(whole, today)
  return which === 'this' ? { from, to: from.add(wholes[whole]) } : { from: from.subtract(wholes[whole]), to: from }
}

function namedDays(period: string) {
  const [from, last] = period.split('..').map(dateOr)
  return from && last ? { from, to: last.add({ days: 1 }) } : null
}

const isWhole = (word: string | undefined): word is keyof typeof wholes =>
  word !== undefined && Object.hasOwn(wholes, word)

function dateOr(text: string) {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' })
  } catch {
    return null
  }
}

function beginning(of: keyof typeof wholes, day: Day): Day {
  if (of === 'week') return day.subtract({ days: day.dayOfWeek - 1 })
  if (of === 'year') return day.with({ month: 1, day: 1 })
  const month = of === 'quarter' ? day.month - ((day.month - 1) % 3) : day.month
  return day.with({ month, day: 1 })
}

const instant = (day: Day, zone: string) => stamp(day.toZonedDateTime(zone).epochMilliseconds)
const stamp = (ms: number) => new Date(ms).toISOString()

/**
 * A period in a zone as of a time, and the one before it: as long, and cut where this one is not over yet, so that both
 * hold as much time. Null where the words mean nothing or too much.
 */
export function periodOf(period: string, zone: string, asOf: string): { now: Span; before: Span } | null {
  const today = Temporal.Instant.from(asOf).toZonedDateTimeISO(zone).toPlainDate()
  const days = daysOf(period, today)
  if (!days) return null
  const { from, to } = days
  const length = to.since(from, { largestUnit: 'days' }).days
  if (length < 1 || length > 3700) return null
  const back = isOfMonths(from, to) ? { months: monthsIn(from, to) } : { days: length }
  const earlier = { from: from.subtract(back), to: from }
  const now = { from: instant(from, zone), to: instant(to, zone) }
  const before = { from: instant(earlier.from, zone), to: instant(earlier.to, zone) }
  const gone = Date.parse(asOf) - Date.parse(now.from)
  const cut = stamp(Math.min(Date.parse(before.to), Date.parse(before.from) + Math.max(gone, 0)))
  return { now, before: asOf < now.to ? { ...before, to: cut } : before }
}

const isOfMonths = (from: Day, to: Day) => from.day === 1 && to.day === 1
const monthsIn = (from: Day, to: Day) => to.since(from, { largestUnit: 'months' }).months

const mostBuckets = 400

/** The days, weeks or months of a span in a zone, as far as they have begun by a time; null where they are too many. */
export function bucketsOf(span: Span, every: Every, zone: string, asOf: string): Bucket[] | null {
  const end = span.to < asOf ? span.to : asOf
  const buckets: Bucket[] = []
  let day = beginningOf(every, Temporal.Instant.from(span.from).toZonedDateTimeISO(zone).toPlainDate())
  while (instant(day, zone) < end || buckets.length === 0) {
    const next = day.add(steps[every])
    buckets.push(bucketOf({ from: instant(day, zone), to: instant(next, zone) }, span, asOf))
    if (buckets.length > mostBuckets) return null
    day = next
  }
  return buckets
}

const steps = { day: { days: 1 }, week: { weeks: 1 }, month: { months: 1 } } as const

function bucketOf(whole: Span, span: Span, asOf: string): Bucket {
  const from = whole.from < span.from ? span.from : whole.from
  const to = whole.to > span.to ? span.to : whole.to
  return { from, to, whole: from === whole.from && to === whole.to && to <= asOf }
}

const beginningOf = (every: Every, day: Day) => (every === 'day' ? day : beginning(every, day))
