import type { FieldChange } from '#server/item/item.ts'
import { incidentStates, type IncidentState } from '#shared/incident.ts'

/** One event of an incident's history, as far as a figure may depend on it. */
export interface Told {
  readonly itemId: string
  readonly seq: number
  readonly name: string
  readonly at: string
  readonly recordedAt: string
  readonly channel: string
  readonly actorId: string | null
  /** Whether it was done by a person on the staff: neither by the desk itself, nor a tool, nor a caller. */
  readonly byStaff: boolean
  readonly changes: readonly FieldChange[]
}

/** What is true of an incident for every figure: what it counts under, and when what happened to it. */
export interface Fact {
  readonly itemId: string
  readonly recordedAt: string
  readonly state: IncidentState
  readonly priority: number
  readonly organisationId: string
  readonly serviceId: string | null
  readonly teamId: string | null
  readonly assigneeId: string | null
  readonly requesterId: string
  readonly confidential: boolean
  readonly category: string | null
  readonly source: string
  readonly major: boolean
  readonly openedById: string | null
  readonly resolvedById: string | null
  readonly openedAt: string
  readonly acknowledgedAt: string | null
  readonly assignedAt: string | null
  readonly resolvedAt: string | null
  readonly closedAt: string | null
  readonly endedAt: string | null
  readonly waitingSince: string | null
  readonly waitingMs: number
  readonly waits: number
  readonly groupChanges: number
  readonly handChanges: number
  readonly resolutions: readonly (string | null)[]
  readonly endings: readonly string[]
  readonly reopenings: readonly string[]
}

/** A fact as it was known until the desk learned more; the last one still stands. */
export interface Version {
  readonly fact: Fact
  readonly until: string | null
}

/** A move from one state or team to another. */
export interface Move {
  readonly itemId: string
  readonly seq: number
  readonly at: string
  readonly recordedAt: string
  readonly state: IncidentState
  readonly teamId: string | null
}

/** The fields that a fact copies from the record, so that figures can be asked under them. */
export const copied = [
  'state',
  'priority',
  'organisationId',
  'serviceId',
  'teamId',
  'assigneeId',
  'requesterId',
  'confidential',
  'category',
  'source',
  'major',
  'openedById',
  'resolvedById',
] as const

const milestones = [
  'openedAt',
  'acknowledgedAt',
  'assignedAt',
  'resolvedAt',
  'closedAt',
  'endedAt',
  'waitingSince',
  'waitingMs',
  'waits',
  'groupChanges',
  'handChanges',
  'resolutions',
  'endings',
  'reopenings',
] as const

const weighed = [...copied, ...milestones]

/** Fields that change what a fact says without being copied into it. */
export const heeded: ReadonlySet<string> = new Set([...copied, 'resolvedAt', 'reassignmentCount'])

/**
 * What an incident's history makes of it, in the order in which it was recorded. Of histories that begin alike, the
 * longer one is the shorter one extended, so that a fact can be kept with each event and never has to be made anew.
 */
export const factOf = (history: readonly Told[]) =>
  history.reduce<Fact | null>((fact, event) => extend(fact, event), null)

/** A fact, and what one more event makes of it: itself where nothing is new. */
export function extend(before: Fact | null, event: Told): Fact {
  const after = new Map(event.changes.map(({ field, after: is }) => [field, is]))
  if (!before) return born(event, after)
  const changed = copied.filter((field) => after.has(field))
  const next: Fact = {
    ...before,
    ...Object.fromEntries(changed.map((field) => [field, after.get(field)])),
    ...handed(before, event, after),
    ...(acknowledges(before, event) && { acknowledgedAt: event.at }),
    ...moved(before, event, after),
  }
  return same(before, next) ? before : { ...next, recordedAt: later(before.recordedAt, event.recordedAt) }
}

/** All that was ever known of an incident, and its moves; what was known for no time at all is left out. */
export function told(history: readonly Told[]) {
  const facts: Fact[] = []
  const moves: Move[] = []
  for (const event of history) {
    const before = facts.at(-1) ?? null
    const fact = extend(before, event)
    const move = moveOf(before, event, fact)
    if (move) moves.push(move)
    if (fact !== before) facts.push(fact)
  }
  const versions = facts.map((fact, at): Version => ({ fact, until: facts[at + 1]?.recordedAt ?? null }))
  return { versions: versions.filter(({ fact, until }) => until === null || fact.recordedAt < until), moves }
}

/** The move that an event is, or null where state and team stay. */
export function moveOf(before: Fact | null, { itemId, seq, at, recordedAt }: Told, next: Fact): Move | null {
  if (before?.state === next.state && before.teamId === next.teamId) return null
  return { itemId, seq, at, recordedAt, state: next.state, teamId: next.teamId }
}

type After = ReadonlyMap<string, unknown>

function born(event: Told, after: After): Fact {
  const fields = Object.fromEntries(copied.map((field) => [field, after.get(field) ?? null]))
  const blank = {
    itemId: event.itemId,
    recordedAt: event.recordedAt,
    openedAt: event.at,
    acknowledgedAt: null,
    assignedAt: after.get('assigneeId') ? event.at : null,
    resolvedAt: null,
    closedAt: null,
    endedAt: null,
    waitingSince: null,
    waitingMs: 0,
    waits: 0,
    groupChanges: countSaid(event, after) ?? 0,
    handChanges: 0,
    resolutions: [],
    endings: [],
    reopenings: [],
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the first event of an incident gives it every field
  const fact = { ...fields, confidential: false, major: false, ...defined(fields), ...blank } as unknown as Fact
  return { ...fact, ...moved({ ...fact, state: 'new' }, event, new Map([['state', fact.state], ...after])) }
}

const defined = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))

/** From one team to another, from one person to another; to be given to the first is no change of hands. */
function handed(before: Fact, event: Told, after: After) {
  const team = after.has('teamId') && before.teamId !== null ? 1 : 0
  const person = after.has('assigneeId') && before.assigneeId !== null && after.get('assigneeId') !== null ? 1 : 0
  return {
    groupChanges: countSaid(event, after) ?? before.groupChanges + team,
    handChanges: before.handChanges + person,
    assignedAt: before.assignedAt ?? (after.get('assigneeId') ? event.at : null),
  }
}

/** What is brought in from elsewhere counts its changes of group as it says: its teams are not all told. */
function countSaid({ channel }: Told, after: After) {
  const count = after.get('reassignmentCount')
  return channel === 'import' && typeof count === 'number' ? count : null
}

const nothingDone: ReadonlySet<string> = new Set(['item.watched', 'item.unwatched', 'incident.bounced'])

/** Somebody on the staff has done something with it. Who called is not acknowledging by writing again. */
function acknowledges({ acknowledgedAt, requesterId }: Fact, { name, byStaff, actorId }: Told) {
  if (acknowledgedAt !== null || !byStaff || nothingDone.has(name)) return false
  return !(name === 'item.commented' && actorId === requesterId)
}

function moved(before: Fact, event: Told, after: After) {
  const state = after.get('state')
  if (!isState(state) || state === before.state) return corrected(before, after)
  const [was, is] = [phases[before.state], phases[state]]
  return {
    ...waited(before, event, is),
    ...(was === 'done' && is !== 'done' && reopened(before, event)),
    ...(is === 'done' && ended(before, event, { state, after })),
  }
}

/** A resolution that turns out to have been at another time. */
function corrected({ endedAt }: Fact, after: After) {
  const resolvedAt = endedAt === null ? null : time(after.get('resolvedAt'))
  return resolvedAt === null ? {} : { resolvedAt, endedAt: resolvedAt }
}

function waited({ waitingSince, waitingMs, waits }: Fact, { at }: Told, is: string) {
  if (is === 'waiting') return { waitingSince: waitingSince ?? at, waits: waits + 1 }
  if (waitingSince === null) return {}
  return { waitingSince: null, waitingMs: waitingMs + Math.max(0, Date.parse(at) - Date.parse(waitingSince)) }
}

function reopened({ resolvedAt, endedAt, resolutions, endings, reopenings }: Fact, { at }: Told) {
  return {
    resolvedAt: null,
    closedAt: null,
    endedAt: null,
    resolutions: [...resolutions, resolvedAt],
    endings: [...endings, endedAt ?? at],
    reopenings: [...reopenings, at],
  }
}

/** A record that says itself when it was resolved is believed; else it is when that happened. */
function ended(before: Fact, { at }: Told, { state, after }: { state: IncidentState; after: After }) {
  const said = { resolved: time(after.get('resolvedAt')), closed: time(after.get('closedAt')) }
  const resolvedAt = state === 'cancelled' ? null : (said.resolved ?? before.resolvedAt ?? at)
  const closedAt = state === 'resolved' ? null : (said.closed ?? at)
  return { resolvedAt, closedAt, endedAt: before.endedAt ?? resolvedAt ?? at }
}

const time = (value: unknown) => (typeof value === 'string' ? new Date(value).toISOString() : null)

const phases: Readonly<Record<IncidentState, string>> = {
  new: incidentStates.new.phase,
  assigned: incidentStates.assigned.phase,
  in_progress: incidentStates.in_progress.phase,
  waiting: incidentStates.waiting.phase,
  resolved: incidentStates.resolved.phase,
  closed: incidentStates.closed.phase,
  cancelled: incidentStates.cancelled.phase,
}

const isState = (value: unknown): value is IncidentState => typeof value === 'string' && Object.hasOwn(phases, value)

const later = (a: string, b: string) => (a > b ? a : b)

/** A list that nothing was added to is the same list, so that no two need be gone through. */
function same(a: Fact, b: Fact) {
  for (const name of weighed) if (a[name] !== b[name]) return false
  return true
}
