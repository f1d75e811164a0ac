import { expect, test } from 'vitest'
import { bucketsOf, periodOf } from './period.ts'

const asOf = '2030-03-13T15:00:00.000Z'

test.for([
  ['7d', 'UTC', '2030-03-07T00:00:00.000Z', '2030-03-14T00:00:00.000Z'],
  ['2w', 'UTC', '2030-03-04T00:00:00.000Z', '2030-03-18T00:00:00.000Z'],
  ['3mo', 'UTC', '2030-01-01T00:00:00.000Z', '2030-04-01T00:00:00.000Z'],
  ['this-week', 'UTC', '2030-03-11T00:00:00.000Z', '2030-03-18T00:00:00.000Z'],
  ['last-month', 'UTC', '2030-02-01T00:00:00.000Z', '2030-03-01T00:00:00.000Z'],
  ['this-quarter', 'UTC', '2030-01-01T00:00:00.000Z', '2030-04-01T00:00:00.000Z'],
  ['last-year', 'UTC', '2029-01-01T00:00:00.000Z', '2030-01-01T00:00:00.000Z'],
  ['2030-03-09..2030-03-11', 'America/New_York', '2030-03-09T05:00:00.000Z', '2030-03-12T04:00:00.000Z'],
  ['1d', 'Pacific/Auckland', '2030-03-13T11:00:00.000Z', '2030-03-14T11:00:00.000Z'],
] as const)('%s in %s is whole days of that zone', ([period, zone, from, to]) => {
  expect(periodOf(period, zone, asOf)?.now).toEqual({ from, to })
})

test.for(['0d', '2030-02-30..2030-03-01', '2030-03-02..2030-03-01', 'yesterday', '2000-01-01..2030-01-01'])(
  '%s is no period',
  (period) => expect(periodOf(period, 'UTC', asOf)).toBeNull(),
)

test('a whole month is held against the whole month before, one that goes on against as much of it', () => {
  expect(periodOf('last-month', 'UTC', asOf)?.before).toEqual({
    from: '2030-01-01T00:00:00.000Z',
    to: '2030-02-01T00:00:00.000Z',
  })
  expect(periodOf('this-month', 'UTC', asOf)?.before).toEqual({
    from: '2030-02-01T00:00:00.000Z',
    to: '2030-02-13T15:00:00.000Z',
  })
})

test('a day on which the clocks change is as long as it is, and every instant is in exactly one bucket', () => {
  const span = periodOf('2030-03-09..2030-03-11', 'America/New_York', asOf)!.now
  const buckets = bucketsOf(span, 'day', 'America/New_York', asOf)!
  expect(buckets.map(({ from, to }) => (Date.parse(to) - Date.parse(from)) / 3_600_000)).toEqual([24, 23, 24])
  expect(buckets.slice(1).map(({ from }) => from)).toEqual(buckets.slice(0, -1).map(({ to }) => to))
})

test('weeks that the period cuts, and the one that goes on, are not whole; those to come are not there', () => {
  const { now } = periodOf('2030-02-27..2030-03-31', 'UTC', asOf)!
  const weeks = bucketsOf(now, 'week', 'UTC', asOf)!
  expect(weeks.map(({ from, whole }) => [from.slice(0, 10), whole])).toEqual([
    ['2030-02-27', false],
    ['2030-03-04', true],
    ['2030-03-11', false],
  ])
})

test('more buckets than anybody can look at are refused', () => {
  expect(bucketsOf({ from: '2026-01-01T00:00:00.000Z', to: '2030-01-01T00:00:00.000Z' }, 'day', 'UTC', asOf)).toBeNull()
})
