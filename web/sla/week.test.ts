import { expect, test } from 'vitest'
import { hoursText, readHours, weekInWords } from './week.ts'

const office = [{ from: '08:00', to: '17:00' }]

test.for([
  ['', []],
  ['8-17', office],
  ['08:00 – 17:00', office],
  ['8.00-17.00', office],
  [
    '0800-1200, 13-17',
    [
      { from: '08:00', to: '12:00' },
      { from: '13:00', to: '17:00' },
    ],
  ],
  ['0-24', [{ from: '00:00', to: '24:00' }]],
  ['17-8', null],
  ['8 to 17', null],
  ['8-25', null],
  ['8-17,', null],
] as const)('hours typed as “%s” are read', ([text, expected]) => {
  expect(readHours(text)).toEqual(expected)
})

test('hours are written as they can be typed, and a week in a line', () => {
  expect(readHours(hoursText(office))).toEqual(office)
  expect(weekInWords([office, office, office, office, office, [], []])).toBe('Mon to Fri 08:00–17:00')
  expect(weekInWords([office, [], office, [], [], [], []])).toBe('Mon 08:00–17:00; Wed 08:00–17:00')
  expect(weekInWords(Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]))).toBe('Around the clock')
})
