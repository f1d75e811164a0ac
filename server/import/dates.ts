import type { DateOrder } from '#shared/import/mapping.ts'

const yearFirst =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i
const yearLast =
  /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(am|pm)?)?$/i

interface Parts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** Minutes ahead of UTC, where the text says so. */
  readonly offset: number | null
}

/** Whether a text looks like a day, with or without a time, in any order. */
export const looksLikeTime = (text: string) => yearFirst.test(text) || yearLast.test(text)

/** What the columns of a file tell about which of day and month stands first in it. */
export interface Evidence {
  dayFirst: number
  monthFirst: number
  yearFirst: number
  /** Times that could be read either way. */
  either: number
  dots: number
}

export const noEvidence = (): Evidence => ({ dayFirst: 0, monthFirst: 0, yearFirst: 0, either: 0, dots: 0 })

/** Counts one text as evidence: a number above 12 can be no month. */
export function weigh(evidence: Evidence, text: string) {
  if (yearFirst.test(text)) {
    evidence.yearFirst += 1
    return
  }
  const found = yearLast.exec(text)
  if (!found) return
  const [first, second] = [Number(found[1]), Number(found[2])]
  if (first > 12 && second <= 12) evidence.dayFirst += 1
  else if (second > 12 && first <= 12) evidence.monthFirst += 1
  else if (first !== second) evidence.either += 1
  if (/^\d+[.]/.test(text)) evidence.dots += 1
}

/** The order that the evidence speaks for, over all times of a file; unsure where it speaks for both or neither. */
export function orderOf({ dayFirst, monthFirst, yearFirst: year, either, dots }: Evidence): {
  order: DateOrder
  sure: boolean
} {
  if (dayFirst > 0 || monthFirst > 0)
    return { order: dayFirst >= monthFirst ? 'dmy' : 'mdy', sure: dayFirst === 0 || monthFirst === 0 }
  if (either === 0) return { order: year > 0 ? 'ymd' : 'dmy', sure: true }
  // Where months are written first, no dots are written between.
  return { order: 'dmy', sure: dots > 0 }
}

/** Reads times in one order and zone; null for what is no time, or no day of the calendar. */
export function timeReader(order: DateOrder, zone: string) {
  const known = new Map<string, string | null>()
  return (text: string): string | null => {
    const there = known.get(text)
    if (there !== undefined) return there
    const parts = partsOf(text, order)
    const time = parts && instantOf(parts, zone)
    if (known.size > mostKnown) known.clear()
    known.set(text, time)
    return time
  }
}

const mostKnown = 20_000

function partsOf(text: string, order: DateOrder): Parts | null {
  const year = yearFirst.exec(text)
  if (year) return whole(year.slice(1, 4).map(Number), year.slice(4, 7), { offset: year[7] ?? null, half: undefined })
  const found = yearLast.exec(text)
  if (!found) return null
  const [first = 0, second = 0, last = 0] = found.slice(1, 4).map(Number)
  const full = last < 100 ? 2000 + last - (last > 69 ? 100 : 0) : last
  const day = order === 'mdy' ? [full, first, second] : [full, second, first]
  return whole(day, found.slice(4, 7), { offset: null, half: found[7] })
}

interface Rest {
  readonly offset: string | null
  readonly half: string | undefined
}

function whole(day: readonly number[], clock: readonly (string | undefined)[], { offset, half }: Rest): Parts | null {
  const [year, month, dayOfMonth] = threeOf(day)
  const [given, minute, second] = threeOf(clock.map((part) => Number(part ?? 0)))
  const hour = hourOf(given, half)
  if (!isDay(year, month, dayOfMonth) || hour === null || minute > 59 || second > 59) return null
  return { year, month, day: dayOfMonth, hour, minute, second, offset: offset === null ? null : minutesOf(offset) }
}

const threeOf = ([first = 0, second = 0, third = 0]: readonly number[]) => [first, second, third] as const

function isDay(year: number, month: number, day: number) {
  if (month < 1 || month > 12 || year < 1970 || year > 2200) return false
  return day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function hourOf(hour: number, half: string | undefined) {
  if (half === undefined) return hour <= 23 ? hour : null
  if (hour < 1 || hour > 12) return null
  return (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
}

function minutesOf(offset: string) {
  if (offset.toUpperCase() === 'Z') return 0
  const sign = offset.startsWith('-') ? -1 : 1
  return sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2)))
}

/** A time of the clock that a spring night leaves out is moved on by what it leaves out; one that comes twice, the first. */
function instantOf({ year, month, day, hour, minute, second, offset }: Parts, zone: string) {
  if (offset !== null || zone === 'UTC')
    return new Date(Date.UTC(year, month - 1, day, hour, minute - (offset ?? 0), second)).toISOString()
  const plain = Temporal.PlainDateTime.from({ year, month, day, hour, minute, second })
  return new Date(plain.toZonedDateTime(zone).epochMilliseconds).toISOString()
}
