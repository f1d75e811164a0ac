import { expect, test } from 'vitest'
import { afterBusinessTime, businessTime, day, isOpen, nextOpening, onBusinessDay, type Hours } from './business.ts'
import { alwaysOpen, hoursOf } from './hours.ts'
import { oracle } from './minutes.fixture.ts'
import { around, randomCalendar, randomFrom, randomSpan, w, type Asked } from './random.fixture.ts'

const hour = 3_600_000
const at = (text: string) => Temporal.ZonedDateTime.from(text).epochMilliseconds
const utc = (text: string) => Date.parse(`${text}Z`)
const weekdays = (...windows: ReturnType<typeof w>[]) => [...Array.from({ length: 5 }, () => windows), [], []]
const daily = (...windows: ReturnType<typeof w>[]) => Array.from({ length: 7 }, () => windows)

const office = hoursOf({ zone: 'Europe/Berlin', week: weekdays(w('08:00', '12:00'), w('13:00', '17:00')), days: [] })
const shifts = hoursOf({
  zone: 'Europe/Berlin',
  week: daily(w('06:00', '24:00')),
  days: [
    { date: '2030-12-24', windows: [w('06:00', '12:00')] },
    { date: '2030-12-25', windows: [] },
  ],
})
const nights = (zone: string, ...windows: ReturnType<typeof w>[]) =>
  hoursOf({ zone, week: daily(...windows), days: [] })

test.for([
  ['a lunch break counts nothing', office, '2030-01-07T11:30:00+01:00', '2030-01-07T13:30:00+01:00', 1],
  ['a night counts nothing', office, '2030-01-07T16:00:00+01:00', '2030-01-08T09:00:00+01:00', 2],
  ['a weekend counts nothing', office, '2030-01-11T16:00:00+01:00', '2030-01-14T09:00:00+01:00', 2],
  ['a week is forty hours', office, '2030-01-07T00:00:00+01:00', '2030-01-14T00:00:00+01:00', 40],
  ['a day may end at midnight', shifts, '2030-01-07T23:00:00+01:00', '2030-01-08T07:00:00+01:00', 2],
  ['half a day is half a day', shifts, '2030-12-24T00:00:00+01:00', '2030-12-25T00:00:00+01:00', 6],
  ['a holiday is closed', shifts, '2030-12-25T00:00:00+01:00', '2030-12-26T00:00:00+01:00', 0],
  ['backwards is nothing', office, '2030-01-08T12:00:00+01:00', '2030-01-07T12:00:00+01:00', 0],
] as const)('SLM-03: %s', ([, hours, from, to, expected]) => {
  expect(businessTime(hours, Date.parse(from), Date.parse(to))).toBe(expected * hour)
})

const gap = nights('Europe/Berlin', w('01:00', '04:00'))
const half = nights('Australia/Lord_Howe', w('01:00', '03:00'))
const saoPaulo = nights('America/Sao_Paulo', w('00:00', '02:00'), w('23:00', '24:00'))
const apia = nights('Pacific/Apia', w('08:00', '16:00'))

test.for([
  ['Berlin leaps over 02:00-03:00: one to four is two hours', gap, '2030-03-30T23:00', '2030-03-31T22:00', 2],
  ['Berlin shows 02:00-03:00 twice: one to four is four hours', gap, '2030-10-26T22:00', '2030-10-27T23:00', 4],
  ['Lord Howe leaps half an hour', half, '2030-10-05T13:00', '2030-10-06T12:00', 1.5],
  ['Lord Howe goes back half an hour', half, '2030-04-06T13:00', '2030-04-07T12:00', 2.5],
  ['São Paulo has a day without a midnight', saoPaulo, '2018-11-04T03:00', '2018-11-05T02:00', 2],
  ['São Paulo shows the last hour of a day twice', saoPaulo, '2018-02-17T02:00', '2018-02-18T03:00', 4],
  ['Apia has no 30 December 2011', apia, '2011-12-29T10:00', '2011-12-31T10:00', 16],
] as const)('SLM-03: %s', ([, hours, from, to, expected]) => {
  expect(businessTime(hours, utc(from), utc(to))).toBe(expected * hour)
})

test('SLM-03: around the clock, time is time', () => {
  expect(businessTime(alwaysOpen, utc('2030-03-30T00:00'), utc('2030-04-02T00:00'))).toBe(72 * hour)
  expect(afterBusinessTime(alwaysOpen, 5, 7)).toBe(12)
  const berlin = hoursOf({ zone: 'Europe/Berlin', week: daily(w('00:00', '24:00')), days: [] })
  expect(businessTime(berlin, at('2030-10-27T00:00[Europe/Berlin]'), at('2030-10-28T00:00[Europe/Berlin]'))).toBe(
    25 * hour,
  )
})

test('SLM-03: a duration ends when its last part has passed, to the millisecond, and not at the next opening', () => {
  const start = at('2030-01-07T16:00[Europe/Berlin]')
  expect(afterBusinessTime(office, start, hour)).toBe(at('2030-01-07T17:00[Europe/Berlin]'))
  expect(afterBusinessTime(office, start, hour + 1)).toBe(at('2030-01-08T08:00[Europe/Berlin]') + 1)
  expect(afterBusinessTime(office, start, 0)).toBe(start)
  expect(afterBusinessTime(office, start, 8 * hour)).toBe(at('2030-01-08T16:00[Europe/Berlin]'))
})

test('SLM-03: a calendar that never opens lets nothing pass; one that opens on special days only ends with the last', () => {
  const never = hoursOf({ zone: 'UTC', week: daily(), days: [] })
  expect([afterBusinessTime(never, 0, 1), nextOpening(never, 0), onBusinessDay(never, 0, 1, hour)]).toEqual([
    null,
    null,
    null,
  ])
  const once = hoursOf({ zone: 'UTC', week: daily(), days: [{ date: '2030-05-04', windows: [w('09:00', '10:00')] }] })
  expect(afterBusinessTime(once, utc('2030-01-01T00:00'), hour)).toBe(utc('2030-05-04T10:00'))
  expect(afterBusinessTime(once, utc('2030-01-01T00:00'), hour + 1)).toBeNull()
})

test('SLM-03: windows that touch are one, and the next opening is now when it is open', () => {
  const whole = hoursOf({ zone: 'UTC', week: daily(w('08:00', '12:00'), w('12:00', '16:00')), days: [] })
  expect(whole.week[0]).toEqual([8 * hour, 16 * hour])
  expect(nextOpening(office, at('2030-01-11T17:00[Europe/Berlin]'))).toBe(at('2030-01-14T08:00[Europe/Berlin]'))
  expect(isOpen(office, at('2030-01-11T16:59[Europe/Berlin]'))).toBe(true)
  expect(isOpen(office, at('2030-01-11T12:00[Europe/Berlin]'))).toBe(false)
})

test.for([
  ['2030-01-07T10:00', 1, '2030-01-08T16:00'],
  ['2030-01-11T10:00', 1, '2030-01-14T16:00'],
  ['2030-01-12T10:00', 1, '2030-01-14T16:00'],
  ['2030-01-07T10:00', 3, '2030-01-10T16:00'],
  ['2030-01-07T10:00', 0, '2030-01-07T16:00'],
  ['2030-01-07T16:00', 0, '2030-01-08T16:00'],
] as const)('SLM-05: from %s, 16:00 on business day %i is %s', ([from, count, expected]) => {
  const found = onBusinessDay(office, at(`${from}[Europe/Berlin]`), count, 16 * hour)
  expect(found).toBe(at(`${expected}[Europe/Berlin]`))
})

/** `CLOCK_CASES=5000000 CLOCK_SEED=7 npm test -- server/calendar` tries more, and others. */
const cases = Number(process.env['CLOCK_CASES'] ?? 100_000)
const seed = Number(process.env['CLOCK_SEED'] ?? 20_300_107)

test(
  `SLM-03: ${cases} random calendars, zones and pauses come to what counting each minute comes to`,
  { timeout: 3_600_000 },
  () => {
    const random = randomFrom(seed)
    const wrong: string[] = []
    for (let which = 0; which < cases; which += 5) {
      const centre = random.pick(around)
      const plain = randomCalendar(random, centre)
      const both = { hours: hoursOf(plain), truth: oracle(plain) }
      // A calendar is asked several times, since what costs is to look at each minute.
      for (let again = 0; again < 5; again += 1) {
        const asked = randomSpan(random, centre)
        const found = differenceIn(both, asked)
        if (found) wrong.push(`case ${which} of seed ${seed}: ${found} ${JSON.stringify({ ...plain, ...asked })}`)
      }
    }
    expect(wrong.slice(0, 3)).toEqual([])
  },
)

interface Both {
  readonly hours: Hours
  readonly truth: ReturnType<typeof oracle>
}

/** A clock that starts, pauses, resumes and has a target: what is not as the oracle says, if anything. */
function differenceIn({ hours, truth }: Both, { from, pausedAt, resumedAt, to, target }: Asked) {
  const before = businessTime(hours, from, pausedAt)
  const used = before + businessTime(hours, resumedAt, to)
  if (used !== truth.count(from, pausedAt) + truth.count(resumedAt, to)) return 'the time is not right'
  const rest = target - before
  if (rest <= 0) return null
  const due = afterBusinessTime(hours, resumedAt, rest)
  const limit = resumedAt + 2 * day
  const right = truth.after(resumedAt, rest, limit)
  if (right === null ? due !== null && due <= limit : due !== right) return 'it is due at another time'
  if (due === null) return null
  const exact = businessTime(hours, resumedAt, due) === rest && businessTime(hours, resumedAt, due - 1) === rest - 1
  return exact ? null : 'there and back is not the same'
}

test('SLM-03: a million clocks cost seconds, not minutes', () => {
  const start = at('2030-01-01T00:00[Europe/Berlin]')
  const began = process.cpuUsage()
  let sum = 0
  for (let which = 0; which < 100_000; which += 1) {
    const from = start + which * 4_000_003
    const due = afterBusinessTime(office, from, 16 * hour)!
    sum += businessTime(office, from, due)
  }
  const { user, system } = process.cpuUsage(began)
  expect(sum).toBe(100_000 * 16 * hour)
  expect((user + system) / 1e6, 'seconds for a tenth of a million, start to due and back').toBeLessThan(20)
})
