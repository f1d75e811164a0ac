import { expect, test } from 'vitest'
import { courseOf } from './signals.ts'

/** Normal noise that is the same for the same seed. */
function noise(seed: number) {
  let state = seed * 2_654_435_761
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4_294_967_296
  }
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
}

const seeds = Array.from({ length: 300 }, (_, seed) => seed + 1)
const steady = (seed: number, length: number) => Array.from({ length }, noise(seed)).map((value) => 100 + 10 * value)

test('RPT-02: of steady noise fewer than one point in fifty is taken for a signal, beside a short baseline one in 25', () => {
  const found = seeds.reduce(
    (sum, seed) => sum + courseOf(steady(seed, 60).slice(30), steady(seed, 30))!.signals.length,
    0,
  )
  expect(found / (seeds.length * 30)).toBeLessThan(0.04)
  const own = seeds.reduce((sum, seed) => sum + courseOf(steady(seed, 30))!.signals.length, 0)
  expect(own / (seeds.length * 30)).toBeLessThan(0.02)
})

test.for([
  [3, 4, 0.95],
  [2, 8, 0.97],
  [1.5, 8, 0.8],
] as const)('RPT-02: a planted shift of %d standard deviations is found within %i points', ([shift, points, share]) => {
  const found = seeds.filter((seed) => {
    const values = steady(seed, 50)
    const shifted = values.slice(30).map((value) => value + 10 * shift)
    const { signals } = courseOf(shifted, values.slice(0, 30))!
    return signals.some(({ at, side }) => at < points && side === 'above')
  })
  expect(found.length / seeds.length).toBeGreaterThan(share)
})

test('RPT-02: a shift is found without a baseline as well', () => {
  const found = seeds.filter((seed) => {
    const values = steady(seed, 30).map((value, at) => (at < 20 ? value : value - 30))
    return courseOf(values)!.signals.some(({ at, side }) => at >= 20 && side === 'below')
  })
  expect(found.length / seeds.length).toBeGreaterThan(0.95)
})

test('limits are 2.66 mean moving ranges from the mean', () => {
  // Moving ranges 2, 2, 2, 2, 2, 2, 2: mean 2.
  expect(courseOf([10, 12, 10, 12, 10, 12, 10, 12])).toEqual({ mean: 11, upper: 16.32, lower: 5.68, signals: [] })
  expect(courseOf([10, 12, 10, 12, 10, 12, 10, 17], [10, 12, 10, 12, 10, 12, 10, 12])?.signals).toEqual([
    { at: 7, rule: 'beyond', side: 'above' },
  ])
})

test('a baseline of nothing, such as from before there was a desk, says nothing', () => {
  const values = [10, 12, 10, 12, 10, 12, 10, 12]
  expect(courseOf(values, [0, 0, 0, 0, 0, 0, 0, 0])).toEqual(courseOf(values))
})

test('too few points have no course, and points that are missing are none', () => {
  expect(courseOf([1, 2, 3, 4, 5, 6, 7])).toBeNull()
  expect(courseOf([1, null, 2, 1, 2, 1, 2, 1])).toBeNull()
  expect(courseOf([5, 5, 5, 5, 5, 5, 5, 5])?.signals).toEqual([])
})
