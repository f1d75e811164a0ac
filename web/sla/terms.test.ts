import { expect, test } from 'vitest'
import { lengthText, readLength, withinWords } from './terms.ts'

test.for([
  ['240', 240],
  ['4h', 240],
  ['1h 30m', 90],
  ['1.5 hours', 90],
  ['2 d 4 h', 3120],
  ['90 min', 90],
  ['1,5 Stunden', 90],
  ['2 Tage 4 Std.', 3120],
  ['soon', null],
  ['4h or so', null],
  ['', null],
] as const)('“%s” is %s minutes', ([text, minutes]) => {
  expect(readLength(text)).toBe(minutes)
})

test('what is written can be read again', () => {
  for (const minutes of [1, 59, 60, 90, 240, 1440, 1500, 2880]) expect(readLength(lengthText(minutes))).toBe(minutes)
  expect(withinWords({ by: 'business-day', days: 1, time: '16:00' })).toBe('the next business day at 16:00')
})
