import type { Window } from '#shared/calendar.ts'
import { day } from './business.ts'
import type { Plain } from './minutes.fixture.ts'

export const w = (from: string, to: string): Window => ({ from, to })

const minute = 60_000

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'UTC',
  'Asia/Tokyo',
  'America/Los_Angeles',
  'Europe/London',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Sao_Paulo',
  'Pacific/Apia',
  'America/St_Johns',
  'Asia/Gaza',
]
/** Nights on which clocks change in one zone or another, the ends of February and of years, and days like others. */
export const around = [
  '2030-03-31',
  '2030-10-27',
  '2030-03-10',
  '2030-11-03',
  '2030-04-07',
  '2030-10-06',
  '2018-02-18',
  '2018-11-04',
  '2011-12-30',
  '2006-10-29',
  '2028-02-29',
  '2030-12-31',
  '2030-07-15',
].map((date) => Date.parse(date))

/** Small and seeded, so that a case can be found again by its number. */
export function randomFrom(start: number) {
  let state = start >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (most: number) => Math.floor(next() * most)
  const pick = <T>(of: readonly T[]) => of[whole(of.length)]!
  return { whole, pick, chance: (share: number) => next() < share }
}
export type Random = ReturnType<typeof randomFrom>

const written = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

function randomWindows(random: Random): Window[] {
  if (random.chance(0.15)) return []
  if (random.chance(0.15)) return [w('00:00', '24:00')]
  const step = random.pick([1, 15, 30, 60])
  const marks = Array.from({ length: 2 + 2 * random.whole(3) }, () => random.whole(1440 / step + 1) * step)
  const edges = [...new Set(marks)].toSorted((a, b) => a - b)
  return Array.from({ length: Math.floor(edges.length / 2) }, (_, each) =>
    w(written(edges[2 * each]!), written(edges[2 * each + 1]!)),
  )
}

export function randomCalendar(random: Random, centre: number): Plain {
  const weekday = randomWindows(random)
  const week = Array.from({ length: 7 }, () => (random.chance(0.6) ? weekday : randomWindows(random)))
  const days = Array.from({ length: random.whole(4) }, () => ({
    date: new Date(centre + (random.whole(7) - 3) * day).toISOString().slice(0, 10),
    windows: randomWindows(random),
  }))
  return { zone: random.pick(zones), week, days: [...new Map(days.map((one) => [one.date, one])).values()] }
}

/** A clock with one pause, and what it may take. */
export interface Asked {
  readonly from: number
  readonly pausedAt: number
  readonly resumedAt: number
  readonly to: number
  readonly target: number
}

export function randomSpan(random: Random, centre: number): Asked {
  const span = random.pick([90, 600, 1440, 3 * 1440])
  const from = centre + (random.whole(3 * 1440) - 1440 - 720) * minute
  const [pauses = 0, resumes = 0] = [random.whole(span), random.whole(span)].toSorted((a, b) => a - b)
  return {
    from,
    pausedAt: from + pauses * minute,
    resumedAt: from + resumes * minute,
    to: from + span * minute,
    target: (1 + random.whole(span)) * minute,
  }
}
