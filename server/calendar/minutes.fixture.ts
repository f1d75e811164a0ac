import type { Window } from '#shared/calendar.ts'

/** A calendar as the oracle reads it: plain text, looked up minute by minute. */
export interface Plain {
  readonly zone: string
  readonly week: readonly (readonly Window[])[]
  readonly days: readonly { readonly date: string; readonly windows: readonly Window[] }[]
}

const minute = 60_000

interface Clocks {
  readonly dates: readonly string[]
  /** Of each minute: which of the dates, which weekday from Monday 1, and the minute of the day. */
  readonly date: Uint8Array
  readonly weekday: Uint8Array
  readonly time: Uint16Array
}

const shown = new Map<string, Map<number, Clocks>>()

/** What the clocks of a zone show in each minute of one day of UTC. */
function clocksOn(zone: string, utcDay: number): Clocks {
  const ofZone = shown.get(zone) ?? new Map<number, Clocks>()
  shown.set(zone, ofZone)
  const known = ofZone.get(utcDay)
  if (known) return known
  const dates: string[] = []
  const read = { dates, date: new Uint8Array(1440), weekday: new Uint8Array(1440), time: new Uint16Array(1440) }
  for (let at = 0; at < 1440; at += 1) {
    const there = Temporal.Instant.fromEpochMilliseconds((utcDay * 1440 + at) * minute).toZonedDateTimeISO(zone)
    const date = there.toPlainDate().toString()
    if (!dates.includes(date)) dates.push(date)
    read.date[at] = dates.indexOf(date)
    read.weekday[at] = there.dayOfWeek
    read.time[at] = there.hour * 60 + there.minute
  }
  ofZone.set(utcDay, read)
  return read
}

const inMinutes = (written: string) => Number(written.slice(0, 2)) * 60 + Number(written.slice(3))

function minutesOf(windows: readonly Window[]) {
  const open = new Uint8Array(1440)
  for (const { from, to } of windows) open.fill(1, inMinutes(from), inMinutes(to))
  return open
}

/** Asks of each minute, one after the other, what the clocks show and whether that is within the hours of that date. */
export function oracle({ zone, week, days }: Plain) {
  const ofWeekday = week.map(minutesOf)
  const ofDate = new Map(days.map(({ date, windows }) => [date, minutesOf(windows)]))
  const known = new Map<number, Uint8Array>()

  function openOn(utcDay: number) {
    const there = known.get(utcDay)
    if (there) return there
    const { dates, date, weekday, time } = clocksOn(zone, utcDay)
    const special = dates.map((one) => ofDate.get(one))
    const open = new Uint8Array(1440)
    for (let at = 0; at < 1440; at += 1) open[at] = (special[date[at]!] ?? ofWeekday[weekday[at]! - 1]!)[time[at]!]!
    known.set(utcDay, open)
    return open
  }

  /** Steps from minute to minute until told to stop; answers where it stopped. */
  function step(from: number, to: number, enough: number) {
    let [at, sum] = [from / minute, 0]
    const end = to / minute
    while (at < end && sum < enough) {
      const utcDay = Math.floor(at / 1440)
      const open = openOn(utcDay)
      for (let of = at - utcDay * 1440; of < 1440 && at < end && sum < enough; of += 1, at += 1) sum += open[of]!
    }
    return { at: at * minute, sum: sum * minute }
  }

  return {
    count: (from: number, to: number) => step(from, to, Infinity).sum,
    /** The end of the minute in which the last of so many open ones passes, or null when the limit comes first. */
    after(from: number, duration: number, limit: number) {
      const { at, sum } = step(from, limit, duration / minute)
      return sum < duration ? null : at
    },
  }
}
