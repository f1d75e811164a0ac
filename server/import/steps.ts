import type { EventData, EventName } from '#shared/events.ts'
import { resting } from '#server/incident/incident.ts'
import type { Fields, Past } from '#server/item/item.ts'
import type { Draft, Named } from './draft.ts'

export type Incident = Fields<'incident'>
export type Step = Past<'incident'>

/** The ids that stand for what a file names. */
export interface Ids {
  readonly person: (named: Named) => string
  readonly team: (name: string) => string
  readonly service: (name: string) => string
  readonly organisation: (name: string) => string
  /** Whose records somebody's are. */
  readonly organisationOf: (personId: string) => string
  /** Who stands for a requester whom the source does not know. */
  readonly nobody: () => string
}

export interface Desk {
  readonly ids: Ids
  /** The priority that the desk gives to an impact and an urgency, for files that have none. */
  readonly priorityOf: (impact: number, urgency: number) => number
}

/** How a record began: as its first row has it, but for what can only have come later. */
export function beginning(first: Draft, { ids, priorityOf }: Desk, at: string): Step & { readonly set: Incident } {
  const impact = first.impact ?? 3
  const urgency = first.urgency ?? 3
  const who = peopleOf(first, ids)
  const set: Incident = {
    ...resting,
    ...who,
    state: 'new',
    title: first.title,
    description: first.description ?? '',
    impact,
    urgency,
    priority: first.priority ?? priorityOf(impact, urgency),
    source: first.source ?? 'api',
    category: first.category ?? null,
    configurationItem: first.configurationItem ?? null,
    serviceId: idOf(first.service, ids.service),
    contactId: null,
    callback: null,
    confidential: false,
    tags: [],
    custom: known(first.custom),
  }
  return { name: 'incident.opened', data: {}, at, actorId: who.openedById, set }
}

function peopleOf({ requester, openedBy, organisation, team, assignee }: Draft, ids: Ids) {
  const requesterId = requester ? ids.person(requester) : ids.nobody()
  return {
    requesterId,
    openedById: idOf(openedBy, ids.person),
    organisationId: organisation ? ids.organisation(organisation) : ids.organisationOf(requesterId),
    teamId: idOf(team, ids.team),
    assigneeId: idOf(assignee, ids.person),
  }
}

const idOf = <T>(name: T | null | undefined, id: (name: T) => string) => (name ? id(name) : null)

/** What a row made of a record: every field that it sets, whether that changes it or not, and what to call it. */
export function stepOf(before: Incident, draft: Draft, desk: Desk, at: string): Step {
  const set = { ...said(before, draft, desk), ...movedTo(before, draft, desk.ids, at) }
  const actorId = draft.updatedBy ? desk.ids.person(draft.updatedBy) : null
  return { ...nameOf(before, { ...before, ...set }), at, actorId, set: { ...set, ...counts(before, set, draft) } }
}

function said(before: Incident, draft: Draft, { ids }: Desk): Partial<Incident> {
  const requesterId = draft.requester ? ids.person(draft.requester) : before.requesterId
  return {
    requesterId,
    organisationId: organisationFor(before, draft, { ids, requesterId }),
    custom: known({ ...before.custom, ...draft.custom }),
    ...kept(before, draft),
    ...(draft.description !== undefined && { description: draft.description ?? '' }),
    ...(draft.category !== undefined && { category: draft.category }),
    ...(draft.configurationItem !== undefined && { configurationItem: draft.configurationItem }),
    ...(draft.service !== undefined && { serviceId: idOf(draft.service, ids.service) }),
    ...(draft.team !== undefined && { teamId: idOf(draft.team, ids.team) }),
    ...(draft.assignee !== undefined && { assigneeId: idOf(draft.assignee, ids.person) }),
  }
}

/** What stays as it was where a row does not know it. */
const kept = (before: Incident, { title, impact, urgency, priority, source }: Draft) => ({
  title,
  impact: impact ?? before.impact,
  urgency: urgency ?? before.urgency,
  priority: priority ?? before.priority,
  source: source ?? before.source,
})

function organisationFor(
  before: Incident,
  { organisation }: Draft,
  { ids, requesterId }: Pick<Desk, 'ids'> & { requesterId: string },
) {
  if (organisation) return ids.organisation(organisation)
  return requesterId === before.requesterId ? before.organisationId : ids.organisationOf(requesterId)
}

const known = (custom: object) => Object.fromEntries(Object.entries(custom).filter(([, value]) => value !== null))

const over: ReadonlySet<string> = new Set(['resolved', 'closed', 'cancelled'])
const solved: ReadonlySet<string> = new Set(['resolved', 'closed'])

/** What goes with a state: what it waits for, how and when it was resolved, when it was closed. */
function movedTo(before: Incident, draft: Draft, ids: Ids, at: string): Partial<Incident> {
  const { state, holdReason } = draft.state ?? before
  const ended = state === 'closed' || state === 'cancelled'
  return {
    state,
    holdReason: state === 'waiting' ? holdReason : null,
    closedAt: ended ? timeOf(draft.closedAt, before.closedAt, at) : null,
    ...(solved.has(state) ? resolution(before, draft, ids, at) : unresolved),
  }
}

const unresolved = {
  resolutionCode: null,
  resolutionNotes: null,
  closeCategory: null,
  resolvedAt: null,
  resolvedById: null,
} as const

/** Where the source does not say when it was resolved, it was when a row first said that it is. */
function resolution(before: Incident, draft: Draft, ids: Ids, at: string): Partial<Incident> {
  return {
    resolvedAt: timeOf(draft.resolvedAt, before.resolvedAt, at),
    resolutionCode: draft.resolution ?? before.resolutionCode ?? 'fixed',
    resolutionNotes: draft.resolutionNotes ?? before.resolutionNotes ?? '',
    closeCategory: draft.closeCategory === undefined ? before.category : draft.closeCategory,
    resolvedById: draft.resolvedBy ? ids.person(draft.resolvedBy) : null,
  }
}

/** A time that a row tells, unless it lies ahead of the row: sources write the last one into every row. */
function timeOf(told: string | null | undefined, before: string | null, at: string) {
  return told && told <= at ? told : (before ?? at)
}

/** The counts that the source keeps; where it keeps none, they are counted. */
function counts(
  before: Incident,
  set: Partial<Incident>,
  { reassignmentCount, reopenCount }: Draft,
): Partial<Incident> {
  const moved = before.teamId !== null && set.teamId !== undefined && set.teamId !== before.teamId
  const back = over.has(before.state) && !over.has(set.state ?? before.state)
  return {
    reassignmentCount: reassignmentCount ?? before.reassignmentCount + (moved ? 1 : 0),
    reopenCount: reopenCount ?? before.reopenCount + (back ? 1 : 0),
  }
}

type Name = { [N in EventName]: { readonly name: N; readonly data: EventData<N> } }[EventName]

function nameOf(before: Incident, after: Incident): Name {
  if (before.state !== after.state || before.holdReason !== after.holdReason) return nameOfMove(before, after)
  const hands = before.teamId !== after.teamId || before.assigneeId !== after.assigneeId
  return { name: hands ? 'incident.assigned' : 'incident.changed', data: {} }
}

function nameOfMove(before: Incident, after: Incident): Name {
  switch (after.state) {
    case 'resolved':
      return { name: 'incident.resolved', data: { code: after.resolutionCode ?? 'fixed' } }
    case 'closed':
      return { name: 'incident.closed', data: { automatic: false } }
    case 'cancelled':
      return { name: 'incident.cancelled', data: { reason: '' } }
    case 'waiting':
      if (after.holdReason !== null) return { name: 'incident.held', data: { reason: after.holdReason } }
      return { name: 'incident.changed', data: {} }
    default:
      return goingOn(before, after)
  }
}

function goingOn(before: Incident, after: Incident): Name {
  if (over.has(before.state)) return { name: 'incident.reopened', data: { reason: '' } }
  if (before.state === 'waiting') return { name: 'incident.resumed', data: { because: 'staff' } }
  if (after.state === 'in_progress') return { name: 'incident.started', data: {} }
  return { name: after.state === 'assigned' ? 'incident.assigned' : 'incident.changed', data: {} }
}

/** A record as it now is, as the row of it that there would have been at each time that it tells. */
export function momentsOf(draft: Draft): Draft[] {
  const opened = draft.openedAt ?? ''
  const now = draft.state?.state ?? 'new'
  const begun = momentOf(draft, opened, { state: { state: 'new', holdReason: null }, by: draft.openedBy })
  const done = solved.has(now) ? resolvedMoment(draft) : []
  if (now === 'new' || now === done[0]?.state?.state) return [begun, ...done]
  return [begun, ...done, momentOf(draft, lastTime(draft) ?? opened, { state: draft.state, by: draft.updatedBy })]
}

const resolvedMoment = (draft: Draft) =>
  draft.resolvedAt
    ? [momentOf(draft, draft.resolvedAt, { state: { state: 'resolved', holdReason: null }, by: draft.resolvedBy })]
    : []

const lastTime = ({ closedAt, updatedAt, resolvedAt }: Draft) => closedAt ?? updatedAt ?? resolvedAt

interface Then {
  readonly state: Draft['state']
  readonly by: Named | null | undefined
}

const momentOf = (draft: Draft, at: string, { state, by }: Then): Draft => ({
  ...draft,
  updatedAt: at,
  state,
  updatedBy: by ?? null,
})
