import { expect, test } from 'vitest'
import { labelled, ticksFor, wholeTicks } from './scale.ts'

const hour = 3_600_000

test('an axis begins at nothing and ends on a round number over the largest', () => {
  expect(ticksFor([3, 17], false)).toEqual([0, 5, 10, 15, 20])
  expect(ticksFor([-4, 6], false)).toEqual([-5, 0, 5, 10])
  expect(ticksFor([0.3], false)).toEqual([0, 0.1, 0.2, 0.3])
  expect(ticksFor([], false).length).toBeGreaterThan(1)
  expect(ticksFor([0], true).length).toBeGreaterThan(1)
  expect(wholeTicks([0, 0.5, 1])).toEqual([0, 1])
})

test('times are marked at hours and days, not at round numbers of milliseconds', () => {
  expect(ticksFor([7 * hour], true)).toEqual([0, 2 * hour, 4 * hour, 6 * hour, 8 * hour])
  expect(ticksFor([50 * hour], true)).toEqual([0, 24 * hour, 48 * hour, 72 * hour])
})

test('as many labels as there is room for, the last always among them', () => {
  expect([...labelled(5, 10)]).toEqual([0, 1, 2, 3, 4])
  expect([...labelled(30, 4)]).toEqual([5, 13, 21, 29])
})
