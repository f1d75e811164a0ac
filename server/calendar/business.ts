import { stretchesOf } from './offsets.ts'

/** When somebody works: the hours of a week and of the days that differ, on the clocks of a zone. */
export interface Hours {
  readonly zone: string
  /** The windows of each weekday, Monday first, in milliseconds since midnight. */
  readonly week: readonly Windows[]
  /** The windows of the days that are not like their weekday, by the day's number since 1970-01-01. */
  readonly days: ReadonlyMap<number, Windows>
  /** Always open: time is then plain time. */
  readonly always: boolean
}

/** From, to, from, to, …: in order, none touching the next. */
export type Windows = readonly number[]

export const day = 86_400_000

/** Told of each stretch of open time in turn; answers whether to go on. */
type Visit = (from: number, to: number) => boolean

/**
 * How much of the time between two instants is open, in milliseconds; 0 when the second is not after the first.
 *
 * An instant is open when the clocks of the zone then show a time inside a window of the date that they then show. An
 * hour that the clocks leap over has no such instants and counts nothing; an hour that they show twice counts twice.
 */
export function businessTime(hours: Hours, from: number, to: number): number {
  if (to <= from) return 0
  if (hours.always) return to - from
  let sum = 0
  walk(hours, from, to, (opens, closes) => {
    sum += closes - opens
    return true
  })
  return sum
}

/**
 * The first instant by which so much open time has passed since another: `businessTime(hours, from, it)` is the
 * duration, and less for any instant before it. Null when the hours never suffice; the instant itself for nothing.
 */
export function afterBusinessTime(hours: Hours, from: number, duration: number): number | null {
  if (duration <= 0) return from
  if (hours.always) return from + duration
  let left = duration
  let at: number | null = null
  walk(hours, from, horizon(hours, from), (opens, closes) => {
    if (closes - opens >= left) at = opens + left
    left -= closes - opens
    return left > 0
  })
  return at
}

/** The first open instant from this one on, or null where there is none. */
export function nextOpening(hours: Hours, from: number): number | null {
  if (hours.always) return from
  let at: number | null = null
  walk(hours, from, horizon(hours, from), (opens) => {
    at = opens
    return false
  })
  return at
}

export const isOpen = (hours: Hours, at: number) => nextOpening(hours, at) === at

/**
 * A time of the day on the so-manyth open date after the one that an instant falls on; with 0 the first such time that
 * is still to come, today's among them. A time that the clocks leap over is as far behind the leap as it is before it.
 */
export function onBusinessDay(hours: Hours, from: number, count: number, time: number): number | null {
  const today = localDay(hours.zone, from)
  let left = count
  for (let date = today; date < today + 4000; date += 1) {
    if (windowsOn(hours, date).length === 0) continue
    if (date > today) left -= 1
    const moment = instantOf(hours.zone, date, time)
    if (count === 0 ? moment > from : date > today && left === 0) return moment
  }
  return null
}

export function localDay(zone: string, at: number) {
  const year = new Date(at).getUTCFullYear()
  const stretch = stretchesOf(zone, year).find(({ to }) => at < to)
  return Math.floor((at + (stretch?.offset ?? 0)) / day)
}

function instantOf(zone: string, date: number, time: number) {
  const local = new Date(date * day + time).toISOString().slice(0, -1)
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds
}

/** Through all open time between two instants, in order. */
function walk(hours: Hours, from: number, until: number, visit: Visit) {
  let at = from
  while (at < until) {
    for (const { to, offset } of stretchesOf(hours.zone, new Date(at).getUTCFullYear())) {
      if (at >= to) continue
      const end = Math.min(to, until)
      if (!walkStretch(hours, { from: at, to: end, offset }, visit)) return
      at = end
      if (at >= until) return
    }
  }
}

function walkStretch(hours: Hours, { from, to, offset }: { from: number; to: number; offset: number }, visit: Visit) {
  for (let date = Math.floor((from + offset) / day); date * day - offset < to; date += 1) {
    const windows = windowsOn(hours, date)
    const midnight = date * day - offset
    for (let at = 0; at < windows.length; at += 2) {
      const opens = Math.max(from, midnight + windows[at]!)
      const closes = Math.min(to, midnight + windows[at + 1]!)
      if (opens < closes && !visit(opens, closes)) return false
    }
  }
  return true
}

/** 1970-01-01 was a Thursday. */
const weekdayOf = (date: number) => (((date + 3) % 7) + 7) % 7

const windowsOn = ({ week, days }: Hours, date: number): Windows => days.get(date) ?? week[weekdayOf(date)] ?? []

/** Where to stop looking: with hours every week there is always more to come, else the last special day ends it. */
function horizon({ week, days }: Hours, from: number) {
  if (week.some((windows) => windows.length > 0)) return from + 400 * 366 * day
  return Math.max(from, ...[...days.keys()].map((date) => (date + 2) * day))
}
