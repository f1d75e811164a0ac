import { expect, test } from 'vitest'
import { leftOf, urgencyOf } from './Due.tsx'

const minute = 60_000

test.for([
  [2 * 24 * 60 + 4 * 60, '2d 4h'],
  [72, '1h 12m'],
  [59, '59m'],
  [4.5, '4m 30s'],
  [0, '0m 00s'],
  [-1.5, '\u22121m 30s'],
  [-130, '\u22122h 10m'],
] as const)('%d minutes read %s', ([minutes, words]) => {
  expect(leftOf(minutes * minute)).toBe(words)
})

test('an hour before it is due there is little time, and after it none', () => {
  expect([61, 59, 0, -1].map((minutes) => urgencyOf(minutes * minute))).toEqual(['ok', 'warn', 'warn', 'over'])
})
