import { isOpen, type Book } from '#server/calendar/calendar.ts'
import type { Known } from './count.ts'
import { minute, noon } from './history.fixture.ts'

interface Plain {
  used: number
  breached: boolean
  how: 'stopped' | 'cancelled' | 'open'
}

function recordAt(events: readonly Known[], of: number) {
  const by = events.filter(({ at }) => Date.parse(at) <= of).flatMap(({ changes }) => changes)
  return Object.fromEntries(by.map(({ field, after }) => [field, after]))
}

/**
 * Counts one clock the plain way, minute after minute, asking each time how the record then is: it runs while the impact
 * is high, stops when it is resolved, pauses while it waits.
 */
export function byTheMinute(
  events: readonly Known[],
  book: Book,
  { target, until }: { target: number; until: number },
) {
  const clocks: Plain[] = []
  let running: Plain | null = null
  for (let now = noon; now <= until; now += minute) {
    const { state, impact } = recordAt(events, now)
    const wanted = impact === 1 && state !== 'resolved'
    if (running && !wanted) running.how = state === 'resolved' ? 'stopped' : 'cancelled'
    if (!wanted) running = null
    else if (!running) {
      running = { used: 0, breached: false, how: 'open' }
      clocks.push(running)
    }
    if (state !== 'waiting' && isOpen(book.hours('office'), now)) count(running, target)
  }
  return clocks
}

function count(clock: Plain | null, target: number) {
  if (!clock) return
  clock.used += 1
  clock.breached ||= clock.used > target
}
