/** A stretch of time through which a zone keeps one distance from UTC, its end not included. All in milliseconds. */
export interface Stretch {
  readonly from: number
  readonly to: number
  readonly offset: number
}

const years = new Map<string, Map<number, readonly Stretch[]>>()

/**
 * The stretches of one year of UTC in a zone. Local time is the instant plus the offset, so arithmetic within a stretch
 * needs no calendar; each year of a zone is asked of Temporal once.
 */
export function stretchesOf(zone: string, year: number): readonly Stretch[] {
  const known = years.get(zone) ?? new Map<number, readonly Stretch[]>()
  years.set(zone, known)
  const found = known.get(year) ?? findStretches(zone, year)
  known.set(year, found)
  return found
}

function findStretches(zone: string, year: number): Stretch[] {
  const end = Date.UTC(year + 1, 0, 1)
  const found: Stretch[] = []
  let here = Temporal.Instant.fromEpochMilliseconds(Date.UTC(year, 0, 1)).toZonedDateTimeISO(zone)
  while (here.epochMilliseconds < end) {
    const next = here.getTimeZoneTransition('next')
    const to = Math.min(next?.epochMilliseconds ?? end, end)
    found.push({ from: here.epochMilliseconds, to, offset: Math.round(here.offsetNanoseconds / 1e6) })
    if (!next || to === end) break
    here = next
  }
  return found
}
