import type { Random } from './random.ts'
import { localTime } from './working-hours.ts'

const hour = 3_600_000

/** How much comes in at each hour of a working day: a peak in the morning, a smaller one after lunch. */
const byHour = [0.3, 0.2, 0.2, 0.2, 0.2, 0.5, 2, 6, 14, 18, 16, 12, 8, 10, 13, 11, 8, 5, 2.5, 1.5, 1, 0.8, 0.6, 0.4]
const byWeekday = [0, 1.3, 1.12, 1, 0.95, 0.8, 0.1, 0.07]

/** How many hours ago the history begins. */
export const weeks = 12
export const beginning = (now: number) => now - weeks * 7 * 24 * hour

/** When people of one zone report something, in order: by the hours and days that they work, more at month's end. */
export function arrivalsIn(random: Random, zone: string, count: number, now: number): number[] {
  const first = beginning(now)
  const cells = Array.from({ length: weeks * 7 * 24 }, (_, at) => ({ at: first + at * hour, weight: 0 }))
  let sum = 0
  for (const cell of cells) {
    sum += weightOf(cell.at, zone, (cell.at - first) / (now - first))
    cell.weight = sum
  }
  const times = Array.from({ length: count }, () => {
    const target = random.next() * sum
    const cell = cells[firstAbove(cells, target)]!
    return Math.min(Math.floor(cell.at + random.next() * hour), now - hour / 20)
  })
  return times.toSorted((a, b) => a - b)
}

function weightOf(instant: number, zone: string, share: number) {
  const { weekday, day, minutes } = localTime(instant, zone)
  const monthEnd = day >= 28 || day <= 2 ? 1.18 : 1
  const season = 1 + 0.12 * Math.sin(share * 9) + 0.1 * share
  return byWeekday[weekday]! * byHour[Math.floor(minutes / 60)]! * monthEnd * season
}

function firstAbove(cells: readonly { readonly weight: number }[], target: number) {
  let [low, high] = [0, cells.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (cells[middle]!.weight > target) high = middle
    else low = middle + 1
  }
  return low
}
