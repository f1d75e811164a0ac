import type { Selectable } from 'kysely'
import { newId } from '#server/core/id.ts'
import type { ClockTable } from '#server/core/tables.ts'
import type { Counted } from './clock.ts'
import { reached } from './counting.ts'

export type ClockRow = Selectable<ClockTable>

/** How what was counted is to be kept and told. */
export interface Keep {
  readonly itemId: string
  /** The newest event that was counted. */
  readonly seq: number
  /** When the desk knew of it. */
  readonly knownAt: string
  /** What passed by then is told to nobody. */
  readonly quietUntil: string | null
}

/** Nobody is ever told of it. */
export const forEver = '9999-12-31T00:00:00.000Z'

const time = (at: number | null) => (at === null ? null : new Date(at).toISOString())

export const keyOf = ({ definitionId, attachedAt }: Pick<ClockRow, 'definitionId' | 'attachedAt'>) =>
  `${definitionId} ${attachedAt}`

/** A clock as a row: what queues, figures and waking need of it. */
export function rowOf(clock: Counted, { itemId, seq, knownAt, quietUntil }: Keep, before?: ClockRow): ClockRow {
  const passed = quietUntil === null ? 0 : passedBy(clock, Date.parse(quietUntil))
  const told = Math.max(before?.told ?? 0, passed)
  return {
    id: before?.id ?? newId(),
    itemId,
    ...plainOf(clock),
    seenSeq: seq,
    knownAt: before?.knownAt ?? knownAt,
    told,
    quietUntil,
    wakeAt: quietUntil === forEver ? null : time(wakeOf(clock, told, quietUntil)),
  }
}

function plainOf(clock: Counted) {
  const { definition, rules, revision, state, startedAt, attachedAt, endedAt, breachedAt, asOf } = clock
  return {
    definitionId: definition.id,
    definitionVersion: rules.version,
    revision,
    kind: definition.kind,
    target: definition.target,
    state,
    attachedAt: new Date(attachedAt).toISOString(),
    startedAt: new Date(startedAt).toISOString(),
    paused: state === 'paused',
    stoppedAt: state === 'stopped' ? time(endedAt) : null,
    cancelledAt: state === 'cancelled' ? time(endedAt) : null,
    breachedAt: time(breachedAt),
    dueAt: state === 'paused' && breachedAt === null ? null : time(clock.dueAt),
    originalDueAt: time(clock.originalDueAt),
    targetMs: clock.target,
    businessMs: clock.businessMs,
    pausedBusinessMs: clock.pausedBusinessMs,
    elapsedMs: clock.elapsedMs,
    asOf: new Date(asOf).toISOString(),
  }
}

/** The highest share that was used up by a time. */
const passedBy = ({ marks }: Counted, at: number) =>
  Math.max(0, ...marks.filter((mark) => mark.at <= at).map(({ percent }) => percent))

/** When there is next something to tell of a clock: at once, where something passed that nobody was told. */
function wakeOf(clock: Counted, told: number, quietUntil: string | null): number | null {
  if (newsOf(clock, { told, quietUntil })) return clock.asOf
  if (clock.state !== 'running') return null
  const next = [...clock.rules.terms.warnAt, 100]
    .filter((percent) => !clock.marks.some((mark) => mark.percent === percent))
    .map((percent) => reached(clock, percent))
    .filter((at) => at !== null)
  return next.length === 0 ? null : Math.min(...next) + 1
}

/** The highest share that passed on an open clock and that nobody was told yet. */
export function newsOf({ state, marks }: Counted, { told, quietUntil }: Pick<ClockRow, 'told' | 'quietUntil'>) {
  if (state !== 'running' && state !== 'paused') return null
  const quiet = quietUntil === null ? -Infinity : Date.parse(quietUntil)
  return (
    marks
      .filter(({ percent, at }) => percent > told && at > quiet)
      .toSorted((a, b) => b.percent - a.percent)
      .at(0) ?? null
  )
}

const facts = [
  ...(['definitionVersion', 'revision', 'state', 'attachedAt', 'startedAt', 'stoppedAt', 'cancelledAt'] as const),
  ...(['breachedAt', 'dueAt', 'originalDueAt', 'targetMs'] as const),
] as const

const spent = ['businessMs', 'pausedBusinessMs'] as const

/** Whether two rows say the same, but for what passes by itself. */
export const says = (a: ClockRow, b: ClockRow) =>
  facts.every((name) => a[name] === b[name]) && (isOpen(a) || spent.every((name) => a[name] === b[name]))

/** Whether there is anything about a row to be written anew. */
export const isKept = (a: ClockRow, b: ClockRow) =>
  says(a, b) && a.told === b.told && a.wakeAt === b.wakeAt && a.quietUntil === b.quietUntil

export const isOpen = ({ stoppedAt, cancelledAt }: ClockRow) => stoppedAt === null && cancelledAt === null
