import type { ClockState } from '#shared/sla/clock.ts'
import type { ClockKind, ClockTarget } from '#shared/sla/terms.ts'
import { begin, due, pass, turn, type Cause, type Counting } from './counting.ts'
import type { Rules } from './rules.ts'
import type { Story } from './story.ts'

/** What is promised, with all of its versions, the oldest first. */
export interface Definition {
  readonly id: string
  readonly name: string
  readonly kind: ClockKind
  readonly target: ClockTarget
  readonly retiredAt: number | null
  readonly versions: readonly Rules[]
}

/** Under which version and settings a clock that began at an instant is counted, where that has been settled. */
export interface Pin {
  readonly version: number
  readonly revision: number
}
export type Pins = ReadonlyMap<number, Pin>

/** A clock as it stands: all of it follows from the definition, the calendars and the history. */
export interface Counted extends Counting {
  readonly definition: Definition
  readonly state: ClockState
  readonly endedAt: number | null
  /** Until when it has been counted. */
  readonly asOf: number
  /** When it is due if it runs on, or would be if it went on now. */
  readonly dueAt: number | null
}

/**
 * The clocks that a definition gives a record by an instant, one after the other: a function of the definition, the
 * calendars and the history alone. At each moment what runs is asked in this order: does it stop, does it begin anew, is
 * it cancelled, is it paused. Where nothing runs, a clock begins if the start condition holds and neither stop nor cancel
 * does.
 */
export function clocksOf(definition: Definition, story: Story, asOf: number, pins: Pins = new Map()): Counted[] {
  const done: Counted[] = []
  let running: Counting | null = null
  for (const [at, moment] of story.moments.entries()) {
    if (moment.at > asOf) break
    let again = false
    if (running) {
      pass(running, moment.at)
      const over = outcome(running, story, at)
      if (over) {
        done.push(closed(definition, running, over))
        again = over.again
        running = null
      } else turn(running, story, at)
    }
    running ??= startAt(definition, story, at, { pins, again })
  }
  if (!running) return done
  pass(running, asOf)
  const state = running.pausedSince === null ? 'running' : 'paused'
  return [...done, { ...running, definition, state, endedAt: null, asOf, dueAt: due(running) }]
}

interface Over {
  readonly state: 'stopped' | 'cancelled'
  readonly again: boolean
}

function outcome({ rules, turns }: Counting, story: Story, at: number): Over | null {
  const { start, stop, reset, cancel } = rules.conditions
  const over = (did: Cause['did'], { condition, holds }: Omit<Cause, 'did'>): Over => {
    turns.push({ did, condition, holds, moment: at })
    return { state: did === 'stopped' ? 'stopped' : 'cancelled', again: did === 'reset' }
  }
  if (story.holds(stop, at)) return over('stopped', { condition: stop, holds: true })
  const turned = story.holds(reset, at) && !(at > 0 && story.holds(reset, at - 1))
  if (turned && story.holds(start, at)) return over('reset', { condition: reset, holds: true })
  if (story.holds(cancel, at)) return over('cancelled', { condition: cancel, holds: true })
  const failed = rules.terms.cancelWhen === 'start-fails' && !story.holds(start, at)
  return failed ? over('cancelled', { condition: start, holds: false }) : null
}

const closed = (definition: Definition, running: Counting, { state }: Over): Counted => ({
  ...running,
  definition,
  state,
  endedAt: running.since,
  asOf: running.since,
  dueAt: due(running),
})

/** What a clock that begins now is counted by: what was settled for it, else the terms in force and today's calendars. */
function basisAt({ versions }: Definition, story: Story, at: number, pins: Pins) {
  const now = story.moments[at]!.at
  const pin = pins.get(now)
  const rules = pin
    ? versions.find(({ version }) => version === pin.version)
    : versions.findLast(({ startsAt }) => startsAt <= now)
  return rules && { rules, revision: pin?.revision ?? story.revision }
}

interface Starting {
  readonly pins: Pins
  /** It follows a clock that was reset. */
  readonly again: boolean
}

function startAt(definition: Definition, story: Story, at: number, { pins, again }: Starting): Counting | null {
  const now = story.moments[at]!.at
  if (definition.retiredAt !== null && now >= definition.retiredAt && !pins.has(now)) return null
  const basis = basisAt(definition, story, at, pins)
  if (!basis) return null
  const { start: starts, stop, cancel } = basis.rules.conditions
  const wanted = story.holds(starts, at) && !story.holds(stop, at) && !story.holds(cancel, at)
  return wanted ? begin(story, at, { ...basis, anew: again }) : null
}
