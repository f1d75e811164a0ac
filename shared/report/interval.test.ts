import { expect, test } from 'vitest'
import { shareInterval } from './interval.ts'

test.for([
  [0, 10, 0, 0.2775],
  [10, 10, 0.7225, 1],
  [15, 148, 0.0624, 0.1605],
  [50, 100, 0.4038, 0.5962],
] as const)('of %i in %i the share lies between %d and %d', ([count, of, from, to]) => {
  const interval = shareInterval(count, of)!
  expect(interval.from).toBeCloseTo(from, 4)
  expect(interval.to).toBeCloseTo(to, 4)
})

test('of none there is no share', () => {
  expect(shareInterval(0, 0)).toBeNull()
})
