/** What the words of time are measured from: an instant, and the zone whose days are meant. */
export interface Clock {
  now: string
  zone: string
}

/** A stretch of time in milliseconds since 1970, its end not included. A moment is one millisecond long. */
export interface Span {
  from: number
  to: number
}

const offset = /^([+-]?)(\d{1,4})(mo|m|h|d|w|y)$/
const hour = String.raw`(?:[01]\d|2[0-3]):[0-5]\d`
const dateTime = new RegExp(
  String.raw`^(\d{4}-\d\d-\d\d)(?:T(${hour})(?::([0-5]\d)(?:\.(\d{1,9}))?)?(Z|[+-]${hour})?)?$`,
)
const days: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1 }
const units = { m: 'minutes', h: 'hours', d: 'days', w: 'weeks', mo: 'months', y: 'years' } as const

/** Reads a time as it is kept in a filter, or undefined where the text is none: `-7d`, `today`, `2026-01-31T08:00Z`. */
export function readTime(text: string): string | undefined {
  const lower = text.toLowerCase()
  if (lower === 'now' || Object.hasOwn(days, lower)) return lower
  const [, sign, amount, unit] = offset.exec(lower) ?? []
  if (amount !== undefined) return `${sign === '-' ? '-' : ''}${Number(amount)}${unit}`
  const upper = text.toUpperCase()
  return isDateTime(upper) ? upper : undefined
}

/** Whether a time read by `readTime` is a moment, which nothing can be expected to equal. */
export const isMoment = (time: string) => time === 'now' || offset.test(time)

/** The stretch that a time means: `2026-01-31` is a whole day of the zone, `-7d` a moment, `2026-01-31T08:00` a minute. */
export function spanOf(time: string, clock: Clock): Span {
  const now = Temporal.Instant.from(clock.now).toZonedDateTimeISO(clock.zone)
  const day = days[time]
  if (day !== undefined) return wholeDay(now.toPlainDate().add({ days: day }), clock.zone)
  if (time === 'now') return span(now.epochMilliseconds, 1)
  const [, sign, amount, unit] = offset.exec(time) ?? []
  if (amount === undefined) return spanOfDateTime(time, clock.zone)
  const duration = { [units[isUnit(unit) ? unit : 'm']]: Number(amount) }
  return span((sign === '-' ? now.subtract(duration) : now.add(duration)).epochMilliseconds, 1)
}

/** A record's time in milliseconds; a bare date counts from the beginning of its day in the zone. */
export function instantOf(value: string, zone: string) {
  return value.length === 10 ? spanOfDateTime(value, zone).from : Date.parse(value)
}

function isDateTime(text: string) {
  const [, date] = dateTime.exec(text) ?? []
  if (date === undefined || date.startsWith('0000')) return false
  const day = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date)
}

function spanOfDateTime(text: string, zone: string): Span {
  const [, date = '', time, second, fraction, own] = dateTime.exec(text) ?? []
  if (time === undefined) return wholeDay(Temporal.PlainDate.from(date), zone)
  const plain = Temporal.PlainDateTime.from(`${date}T${time}:${second ?? '00'}.${(fraction ?? '0').slice(0, 3)}`)
  const start = plain.toZonedDateTime((own === 'Z' ? 'UTC' : own) ?? zone).epochMilliseconds
  if (second === undefined) return span(start, 60_000)
  return span(start, fraction === undefined ? 1000 : 1)
}

function wholeDay(date: Temporal.PlainDate, zone: string): Span {
  const end = date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds
  return { from: clamp(date.toZonedDateTime(zone).epochMilliseconds), to: clamp(end) }
}

const span = (from: number, length: number): Span => ({ from: clamp(from), to: clamp(from) + length })

// The years that both JavaScript and PostgreSQL write with four digits.
const earliest = Date.parse('0001-01-01T00:00:00Z')
const latest = Date.parse('9999-12-30T23:59:59Z')
const clamp = (milliseconds: number) => Math.min(Math.max(milliseconds, earliest), latest)

const isUnit = (unit: string | undefined): unit is keyof typeof units =>
  unit !== undefined && Object.hasOwn(units, unit)
