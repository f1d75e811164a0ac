import type { FieldChange } from '#server/item/item.ts'
import type { Draft, Named } from './draft.ts'
import type { Ids } from './steps.ts'

/** One event of a record's history, as it is read back. */
export interface Event {
  readonly itemId: string
  readonly name: string
  readonly channel: string
  readonly actorId: string | null
  readonly at: string
  readonly changes: readonly FieldChange[]
}

/** What a record was after one of its events, and that event. */
export interface Moment {
  readonly event: Event
  readonly fields: Readonly<Record<string, unknown>>
}

/** Goes through a history as it is stored, and tells what the record was after each event that was brought in. */
export function momentsIn(history: readonly Event[]): Moment[] {
  const moments: Moment[] = []
  let fields: Record<string, unknown> = {}
  for (const event of history) {
    fields = { ...fields }
    for (const { field, after } of event.changes) fields[field] = after
    if (event.channel === 'import') moments.push({ event, fields })
  }
  return moments
}

/** One value of a row, beside what the history has for it. */
export interface Pair {
  readonly name: string
  readonly said: unknown
  readonly is: unknown
  /** What a row says of a time after itself, which no history can hold yet. */
  readonly ahead?: boolean
}

interface Place {
  readonly ids: Ids
  /** Whether it is the last row of its record, and whether rows are updates of records. */
  readonly last: boolean
  readonly updates: boolean
}

/**
 * Every value that a row says, beside what the record was after it. Times of the end are compared in the last row: a
 * source writes them into the rows before them too.
 */
export function pairsOf(draft: Draft, moment: Moment, { ids, last, updates }: Place): Pair[] {
  const { event, fields } = moment
  const pairs = [
    ...(updates
      ? [pair('updatedAt', draft.updatedAt, event.at), byName('updatedBy', draft.updatedBy, event.actorId, ids)]
      : []),
    ...stateOf(draft, fields),
    ...kept.map((name) => pair(name, draft[name] ?? undefined, fields[name])),
    ...cleared.map((name) => pair(name, draft[name], fields[name])),
    pair('description', draft.description === null ? '' : draft.description, fields['description']),
    ...Object.entries(draft.custom).map(([name, said]) => pair(`custom.${name}`, said, fields[`custom.${name}`])),
    ...namesOf(draft, fields, ids),
    ...(last ? endOf(draft, moment, ids) : []),
  ]
  return pairs.filter((one) => one !== null)
}

const pair = (name: string, said: unknown, is: unknown): Pair | null =>
  said === undefined ? null : { name, said, is: is ?? null }

/** Ids are told by the name that the row has for them, so that both sides read alike. */
const byName = (name: string, said: Named | null | undefined, is: unknown, ids: Ids) =>
  pair(name, said && nameOf(said), said && ids.person(said) === is ? nameOf(said) : is)

const nameOf = ({ name, email }: Named) => email ?? name

function stateOf({ state }: Draft, fields: Moment['fields']) {
  if (!state) return []
  const reason = state.state === 'waiting' ? state.holdReason : null
  return [pair('state', state.state, fields['state']), pair('holdReason', reason, fields['holdReason'])]
}

const named = (name: string, said: string | null | undefined, is: unknown, id: string | null | undefined) =>
  pair(name, said, said && id === is ? said : is)

function namesOf(draft: Draft, fields: Moment['fields'], ids: Ids) {
  const { team, service, organisation } = draft
  return [
    named('team', team, fields['teamId'], team && ids.team(team)),
    named('service', service, fields['serviceId'], service && ids.service(service)),
    named(
      'organisation',
      organisation ?? undefined,
      fields['organisationId'],
      organisation && ids.organisation(organisation),
    ),
    byName('assignee', draft.assignee, fields['assigneeId'], ids),
    byName('requester', draft.requester ?? undefined, fields['requesterId'], ids),
  ]
}

/** What stays as it was where a row does not know it. */
const kept = ['title', 'impact', 'urgency', 'priority', 'source', 'reassignmentCount', 'reopenCount'] as const
const cleared = ['category', 'configurationItem'] as const

function endOf(draft: Draft, { event, fields }: Moment, ids: Ids) {
  const state = fields['state']
  const over = state === 'closed' || state === 'cancelled'
  const closed = over ? [timePair('closedAt', draft.closedAt, { event, fields })] : []
  if (state !== 'resolved' && state !== 'closed') return closed
  return [
    ...closed,
    timePair('resolvedAt', draft.resolvedAt, { event, fields }),
    pair('closeCategory', draft.closeCategory ?? undefined, fields['closeCategory']),
    byName('resolvedBy', draft.resolvedBy ?? undefined, fields['resolvedById'], ids),
  ]
}

function timePair(name: 'resolvedAt' | 'closedAt', said: string | null | undefined, { event, fields }: Moment) {
  const found = pair(name, said ?? undefined, fields[name])
  return found && said && said > event.at ? { ...found, ahead: true } : found
}

export const isSame = ({ said, is }: Pair) => said === is || JSON.stringify(said) === JSON.stringify(is)
