const minute = 60_000
const opens = 8.5 * 60
const closes = 17.5 * 60

/** Day of the week from Monday 1 to Sunday 7, day of the month, and minutes since midnight, where somebody is. */
export function localTime(instant: number, zone: string) {
  const there = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
  return { weekday: there.dayOfWeek, day: there.day, minutes: there.hour * 60 + there.minute }
}

/** The instant of a time of the day, some days before another instant, where somebody is. */
export function localInstant(instant: number, zone: string, daysBack: number, minutes: number) {
  const date = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate()
  const start = date.subtract({ days: daysBack }).toZonedDateTime({ timeZone: zone })
  return start.epochMilliseconds + minutes * minute
}

/** When work of so many minutes is done that somebody begins at an instant, in the hours that people work. */
export function afterWork(instant: number, minutes: number, zone: string) {
  let at = atWork(instant, zone)
  let left = minutes
  for (;;) {
    const today = Math.max(0, closes - localTime(at, zone).minutes)
    if (left <= today) return Math.round(at + left * minute)
    left -= today
    at = atWork(nextMorning(at, zone), zone)
  }
}

/** The first instant from this one on at which somebody is at work. */
function atWork(instant: number, zone: string): number {
  const { weekday, minutes } = localTime(instant, zone)
  if (weekday > 5 || minutes >= closes) return atWork(nextMorning(instant, zone), zone)
  return minutes < opens ? instant + (opens - minutes) * minute : instant
}

/** Nobody begins on the stroke of the clock. */
const nextMorning = (instant: number, zone: string) =>
  localInstant(instant, zone, -1, opens + (Math.floor(instant / minute) % 23))
