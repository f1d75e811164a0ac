/** A share of one as people read it, and never 100 % before it is. */
export const percent = (share: number) => `${Math.min(share < 1 ? 99 : 100, Math.floor(share * 100))} %`

export function timeLeft(seconds: number | null) {
  if (seconds === null) return ''
  if (seconds < 5) return 'a few seconds left'
  if (seconds < 90) return `about ${Math.ceil(seconds / 5) * 5} seconds left`
  return `about ${Math.round(seconds / 60)} minutes left`
}

const hour = 3_600_000

/** Milliseconds in the unit that suits them. */
export function duration(ms: number) {
  if (ms < 2 * hour) return `${Math.round(ms / 60_000)} min`
  return ms < 96 * hour ? `${(ms / hour).toFixed(1)} h` : `${(ms / hour / 24).toFixed(1)} days`
}

export const counted = (count: number, one: string, more = `${one}s`) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`
