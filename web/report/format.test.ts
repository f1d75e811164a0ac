import { expect, test } from 'vitest'
import { changeOf, duration, sentence, write } from './format.ts'

const value = (is: number | null, count = 100, of: number | null = null) => ({
  value: is,
  count,
  of,
  median: null,
  p90: null,
})

test.for([
  [0, '0 min'],
  [29_999, '0 min'],
  [59 * 60_000, '59 min'],
  [60 * 60_000, '1 h'],
  [119.6 * 60_000, '2 h'],
  [9.5 * 3_600_000, '9 h 30 min'],
  [25 * 3_600_000, '1 d 1 h'],
  [47.9 * 3_600_000, '2 d'],
  [40 * 86_400_000, '40 d'],
  [-90 * 60_000, '−1 h 30 min'],
] as const)('%i ms is read as %s', ([ms, words]) => expect(duration(ms)).toBe(words))

test('numbers are written as what they are', () => {
  expect(write('opened', 12_345)).toBe('12,345')
  expect(write('reopenRate', 1.123)).toBe('1.1 %')
  expect(write('backlogGrowth', 5)).toBe('+5')
  expect(write('backlogGrowth', -5)).toBe('−5')
  expect(write('timeToResolve', null)).toBe('–')
})

test('a change says by how much, and whether that is better', () => {
  expect(changeOf('timeToResolve', value(90), value(100))).toEqual({ words: '−10 %', tone: 'better' })
  expect(changeOf('reopenRate', value(2.5, 5, 200), value(1, 2, 200))).toEqual({ words: '+1.5 points', tone: 'worse' })
  expect(changeOf('opened', value(90), value(100))).toEqual({ words: '−10 %', tone: 'none' })
  expect(changeOf('majors', value(2), value(0))).toEqual({ words: '+2', tone: 'worse' })
  expect(changeOf('reopenRate', value(null), value(1))).toBeNull()
})

test('the sentence tells what moved most, and nothing of small numbers', () => {
  const hour = 3_600_000
  const figures = [
    { kpi: 'timeToResolve', total: value(20 * hour), before: value(30 * hour) },
    { kpi: 'reopenRate', total: value(50, 1, 2), before: value(0, 0, 2) },
    { kpi: 'bounceRate', total: value(30, 60, 200), before: value(20, 40, 200) },
  ] as const
  expect(sentence(figures)).toBe(
    'Bounce rate rose from 20.0 % to 30.0 %, which is worse. Time to resolve, elapsed fell from 1 d 6 h to 20 h, which is better.',
  )
  expect(sentence([])).toContain('Nothing has moved')
})
