import { afterBusinessTime, businessTime, onBusinessDay, timeOf } from '#server/calendar/calendar.ts'
import type { Row } from '#shared/filter/evaluate.ts'
import type { Holder, Step } from '#shared/sla/clock.ts'
import { holderOf } from './holder.ts'
import { keepingOf, type Keeping } from './keeping.ts'
import type { Condition, Rules } from './rules.ts'
import type { Story } from './story.ts'

export interface Piece extends Keeping {
  readonly from: number
  readonly to: number
  readonly state: 'running' | 'paused'
  readonly businessMs: number
  readonly holder: Holder
}

/** Why something became of a clock: the condition that came to hold, or no longer held. */
export interface Cause {
  readonly did: Step['did']
  readonly condition: Condition | null
  readonly holds: boolean
}

export interface Turn extends Cause {
  /** Which moment of the story. */
  readonly moment: number
}

/** A clock while its history is walked through. */
export interface Counting {
  readonly rules: Rules
  readonly revision: number
  readonly attachedAt: number
  readonly startedAt: number
  readonly originalDueAt: number | null
  /** What has been counted so far, up to `since`. */
  since: number
  pausedSince: number | null
  keeping: Keeping
  holder: Holder
  /** In business time; null while the record does not say. */
  target: number | null
  /** The very time at which it is due as long as it has never been paused, for targets that are times. */
  moment: number | null
  businessMs: number
  elapsedMs: number
  pausedMs: number
  pausedBusinessMs: number
  breachedAt: number | null
  readonly marks: { readonly percent: number; readonly at: number }[]
  readonly pieces: Piece[]
  readonly turns: Turn[]
}

interface Basis {
  readonly rules: Rules
  readonly revision: number
  /** It follows a clock that was reset, so nothing before it counts. */
  readonly anew: boolean
}

/** Begins a clock at a moment, or with the open spell of the record that the moment is in. */
export function begin(story: Story, at: number, { rules, revision, anew }: Basis): Counting {
  const first = rules.terms.retroactive && !anew ? spellOf(story, rules, at) : at
  const { at: startedAt, record } = story.moments[first]!
  const clock = fresh(story, { rules, revision, startedAt, record, attachedAt: story.moments[at]!.at })
  const { start } = rules.conditions
  for (let past = first; past < at; past += 1) {
    if (rules.terms.retroactivePause) turn(clock, story, past)
    else settle(clock, story, past)
    pass(clock, story.moments[past + 1]!.at)
  }
  clock.turns.push({ did: 'attached', condition: start, holds: true, moment: at })
  turn(clock, story, at)
  return clock
}

/** Where the time began through which the stop condition has not held. */
function spellOf(story: Story, { conditions: { stop } }: Rules, at: number) {
  let first = at
  while (first > 0 && !story.holds(stop, first - 1)) first -= 1
  return first
}

interface Fresh {
  readonly rules: Rules
  readonly revision: number
  readonly startedAt: number
  readonly attachedAt: number
  readonly record: Row
}

function fresh(story: Story, { rules, revision, startedAt, attachedAt, record }: Fresh): Counting {
  const keeping = keepingOf(rules.terms, story.book(revision), record)
  const { target, moment } = targetOf(rules, keeping, startedAt, record)
  const counted = { businessMs: 0, elapsedMs: 0, pausedMs: 0, pausedBusinessMs: 0 }
  const originalDueAt = moment ?? (target === null ? null : afterBusinessTime(keeping.hours, startedAt, target))
  return {
    rules,
    revision,
    attachedAt,
    startedAt,
    originalDueAt,
    keeping,
    target,
    moment,
    ...counted,
    since: startedAt,
    pausedSince: null,
    holder: holderOf(record),
    breachedAt: null,
    marks: [],
    pieces: [],
    turns: [],
  }
}

/** How much business time there is, and for a target that is a time, that time. */
function targetOf({ terms }: Rules, { hours }: Keeping, startedAt: number, record: Row) {
  const { within } = terms
  if (within.by === 'time') return { target: within.minutes * 60_000, moment: null }
  const moment =
    within.by === 'field'
      ? timeIn(record, within.field)
      : onBusinessDay(hours, startedAt, within.days, timeOf(within.time))
  if (moment === null) return { target: null, moment: null }
  return { target: businessTime(hours, startedAt, moment), moment: Math.max(moment, startedAt) }
}

function timeIn(record: Row, name: string): number | null {
  let held: unknown = record
  for (const step of name.split('.')) held = isRow(held) ? held[step] : null
  const at = typeof held === 'string' ? Date.parse(held) : NaN
  return Number.isNaN(at) ? null : at
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null

/** Lets time pass for a clock: what passed counts as running or as paused, in the hours and hands that it is in. */
export function pass(clock: Counting, to: number) {
  const { since, keeping, holder } = clock
  if (to <= since) return
  const businessMs = businessTime(keeping.hours, since, to)
  const state = clock.pausedSince === null ? 'running' : 'paused'
  if (state === 'running') {
    mark(clock, to)
    clock.businessMs += businessMs
    clock.elapsedMs += to - since
  } else {
    clock.pausedMs += to - since
    clock.pausedBusinessMs += businessMs
  }
  clock.since = to
  add(clock.pieces, { from: since, to, state, businessMs, holder, ...keeping })
}

/** Each share of the time that was used up on the way, and the breach; what is done by then is done in time. */
function mark(clock: Counting, to: number) {
  for (const percent of [...clock.rules.terms.warnAt, 100]) {
    if (clock.marks.some((known) => known.percent === percent)) continue
    const at = reached(clock, percent)
    if (at === null || at >= to) continue
    clock.marks.push({ percent, at })
    if (percent === 100) clock.breachedAt = at
  }
}

/** When so many percent of the time are used up if the clock runs on from where it has been counted to. */
export function reached(clock: Counting, percent: number): number | null {
  const { target, moment, pausedBusinessMs, keeping, since, businessMs } = clock
  if (target === null) return null
  if (moment !== null && percent === 100 && pausedBusinessMs === 0) return moment
  if (target === 0 && percent < 100) return null
  const left = Math.round((target * percent) / 100) - businessMs
  return left <= 0 ? since : afterBusinessTime(keeping.hours, since, left)
}

export const due = (clock: Counting) => clock.breachedAt ?? reached(clock, 100)

function add(pieces: Piece[], piece: Piece) {
  const last = pieces.at(-1)
  if (!last || !continues(last, piece)) {
    pieces.push(piece)
    return
  }
  pieces[pieces.length - 1] = { ...last, to: piece.to, businessMs: last.businessMs + piece.businessMs }
}

const continues = (before: Piece, after: Piece) =>
  before.state === after.state &&
  before.calendarId === after.calendarId &&
  before.hours.zone === after.hours.zone &&
  before.holder.kind === after.holder.kind &&
  before.holder.id === after.holder.id

/** Pauses a clock, lets it go on, or leaves it; and takes the hours, hands and target that the record now gives it. */
export function turn(clock: Counting, story: Story, at: number) {
  const { pause, resume } = clock.rules.conditions
  const pauses = story.holds(pause, at)
  if (clock.pausedSince === null && pauses) {
    clock.pausedSince = clock.since
    clock.turns.push({ did: 'paused', condition: pause, holds: true, moment: at })
  } else if (clock.pausedSince !== null && !pauses && (!resume || story.holds(resume, at))) {
    clock.pausedSince = null
    clock.turns.push({ did: 'resumed', condition: resume ?? pause, holds: resume !== null, moment: at })
  }
  settle(clock, story, at)
}

function settle(clock: Counting, story: Story, at: number) {
  const { record } = story.moments[at]!
  clock.keeping = keepingOf(clock.rules.terms, story.book(clock.revision), record)
  clock.holder = holderOf(record)
  if (clock.rules.terms.within.by === 'field')
    Object.assign(clock, targetOf(clock.rules, clock.keeping, clock.startedAt, record))
}
