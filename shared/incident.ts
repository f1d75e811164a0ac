import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { text } from '#shared/core/message.ts'
import { Id, Name, PersonRef, Text, Time, Title, Written } from '#shared/core/values.ts'
import { Item, type Phase, Tags } from '#shared/item/item.ts'

/** Impact and urgency: 1 is high, 2 medium, 3 low. */
export const Level = z.int().min(1).max(3)
export const levelNames = { 1: text('High'), 2: text('Medium'), 3: text('Low') } as const

export const Priority = z.int().min(1).max(5)
export const priorityNames = {
  1: text('Critical'),
  2: text('High'),
  3: text('Moderate'),
  4: text('Low'),
  5: text('Planning'),
} as const

export const IncidentState = z.enum(['new', 'assigned', 'in_progress', 'waiting', 'resolved', 'closed', 'cancelled'])
export type IncidentState = z.infer<typeof IncidentState>

export const incidentStates = {
  new: { label: text('New'), phase: 'open' },
  assigned: { label: text('Assigned'), phase: 'open' },
  in_progress: { label: text('In progress'), phase: 'open' },
  waiting: { label: text('Waiting'), phase: 'waiting' },
  resolved: { label: text('Resolved'), phase: 'done' },
  closed: { label: text('Closed'), phase: 'done' },
  cancelled: { label: text('Cancelled'), phase: 'done' },
} as const satisfies Record<IncidentState, { label: string; phase: z.infer<typeof Phase> }>

/** Where an incident may go from where it is. The server refuses the rest; the page does not offer it. */
export const incidentMoves = {
  new: ['assigned', 'in_progress', 'waiting', 'resolved', 'cancelled'],
  assigned: ['new', 'in_progress', 'waiting', 'resolved', 'cancelled'],
  in_progress: ['assigned', 'waiting', 'resolved', 'cancelled'],
  waiting: ['in_progress', 'resolved', 'cancelled'],
  resolved: ['in_progress', 'closed'],
  closed: [],
  cancelled: [],
} as const satisfies Record<IncidentState, readonly IncidentState[]>

/** Whom or what a waiting incident waits for. */
export const HoldReason = z.enum(['caller', 'change', 'problem', 'vendor', 'evidence'])
export const holdReasonNames = {
  caller: text('Waiting for the caller'),
  change: text('Waiting for a change'),
  problem: text('Waiting for a problem'),
  vendor: text('Waiting for a vendor'),
  evidence: text('Waiting for evidence'),
} as const satisfies Record<z.infer<typeof HoldReason>, string>

/** How an incident reached the desk. */
export const Source = z.enum(['portal', 'phone', 'email', 'walk_up', 'chat', 'api', 'alert'])
export const sourceNames = {
  portal: text('Portal'),
  phone: text('Phone'),
  email: text('Email'),
  walk_up: text('Walk up'),
  chat: text('Chat'),
  api: text('Api'),
  alert: text('Alert'),
} as const satisfies Record<z.infer<typeof Source>, string>

export const ResolutionCode = z.enum(['fixed', 'workaround', 'no_fault', 'not_reproducible', 'by_caller', 'duplicate'])
export const resolutionNames = {
  fixed: text('Fixed'),
  workaround: text('Fixed by a workaround'),
  no_fault: text('No fault found'),
  not_reproducible: text('Could not be reproduced'),
  by_caller: text('Solved by the caller'),
  duplicate: text('Duplicate of another record'),
} as const satisfies Record<z.infer<typeof ResolutionCode>, string>

/** What a person may do with this incident as it is now: the moves that are legal and theirs. */
export const IncidentAct = z.enum([
  'edit',
  'assign',
  'start',
  'hold',
  'resolve',
  'reopen',
  'close',
  'cancel',
  'comment',
  'note',
  'override_priority',
])

const Words = z.string().nullable()

export const Incident = Item.extend({
  kind: z.literal('incident'),
  state: IncidentState.meta({ label: text('State') }),
  description: z.string().meta({ label: text('Description') }),
  impact: Level.meta({ label: text('Impact') }),
  urgency: Level.meta({ label: text('Urgency') }),
  priority: Priority.meta({ label: text('Priority') }),
  priorityReason: Words.meta({ label: text('Reason for the priority') }),
  source: Source.meta({ label: text('Source') }),
  contact: PersonRef.nullable().meta({ label: text('Contact') }),
  callback: Words.meta({ label: text('Call back') }),
  category: Words.meta({ label: text('Category') }),
  configurationItem: Words.meta({ label: text('Configuration item') }),
  holdReason: HoldReason.nullable().meta({ label: text('Waiting for') }),
  major: z.boolean().meta({ label: text('Major incident') }),
  parent: z
    .object({ id: Id, number: z.string(), title: z.string() })
    .nullable()
    .meta({ label: text('Parent') }),
  childCount: z.int().meta({ label: text('Children') }),
  reassignmentCount: z.int().meta({ label: text('Reassignments') }),
  reopenCount: z.int().meta({ label: text('Reopened') }),
  occurrenceCount: z.int().meta({ label: text('Occurrences') }),
  openedBy: PersonRef.nullable().meta({ label: text('Opened by') }),
  resolutionCode: ResolutionCode.nullable().meta({ label: text('Resolution') }),
  resolutionNotes: Words.meta({ label: text('Resolution notes') }),
  closeCategory: Words.meta({ label: text('Closing category') }),
  resolvedAt: Time.nullable().meta({ label: text('Resolved') }),
  resolvedBy: PersonRef.nullable().meta({ label: text('Resolved by') }),
  closedAt: Time.nullable().meta({ label: text('Closed') }),
  reopenableUntil: Time.nullable().meta({ label: text('Can be reopened until') }),
  can: z.array(IncidentAct),
}).meta({ id: 'Incident' })
export type Incident = z.infer<typeof Incident>

const about = {
  title: Title,
  description: Text,
  impact: Level,
  urgency: Level,
  serviceId: Id.nullable(),
  category: Name.nullable(),
  configurationItem: Name.nullable(),
  contactId: Id.nullable(),
  callback: Name.nullable(),
  source: Source,
}

export const openIncident = endpoint({
  method: 'POST',
  path: '/incidents',
  may: 'incident.open',
  summary: 'Report an incident',
  input: z.object({
    ...about,
    description: Text.default(''),
    impact: Level.default(3),
    urgency: Level.default(3),
    serviceId: Id.nullish(),
    category: Name.nullish(),
    configurationItem: Name.nullish(),
    contactId: Id.nullish(),
    callback: Name.nullish(),
    source: Source.optional(),
    requesterId: Id.nullish().meta({ description: 'For whom; for oneself when left out' }),
    teamId: Id.nullish(),
    assigneeId: Id.nullish(),
    confidential: z.boolean().default(false),
    tags: Tags.default([]),
    custom: z.record(z.string(), z.unknown()).default({}),
  }),
  output: Incident,
})

export const changeIncident = endpoint({
  method: 'PATCH',
  path: '/incidents/:id',
  may: 'item.work',
  summary: 'Change what an incident says; with a version, only what nobody else has changed since',
  input: z
    .object({ ...about, requesterId: Id, major: z.boolean() })
    .partial()
    .extend({ id: Id, version: z.int().optional() }),
  output: Incident,
})

export const assignIncident = endpoint({
  method: 'PUT',
  path: '/incidents/:id/assignment',
  may: 'item.work',
  summary: 'Give an incident to a team, a person, or nobody',
  input: z.object({
    id: Id,
    version: z.int().optional(),
    teamId: Id.nullish().meta({ description: 'Left out, the team stays; null takes it away' }),
    assigneeId: Id.nullish().meta({ description: 'Left out, whoever has it keeps it if in the team' }),
  }),
  output: Incident,
})

export const startIncident = endpoint({
  method: 'PUT',
  path: '/incidents/:id/progress',
  may: 'item.work',
  summary: 'Start, or go on with, the work on an incident',
  input: z.object({ id: Id }),
  output: Incident,
})

export const holdIncident = endpoint({
  method: 'PUT',
  path: '/incidents/:id/hold',
  may: 'item.work',
  summary: 'Let an incident wait, and say for what; the caller is asked by a comment',
  input: z.object({ id: Id, reason: HoldReason, comment: Text.optional() }),
  output: Incident,
})

export const resolveIncident = endpoint({
  method: 'PUT',
  path: '/incidents/:id/resolution',
  may: 'item.work',
  summary: 'Resolve an incident',
  input: z.object({
    id: Id,
    code: ResolutionCode,
    notes: Written.max(10_000).meta({ description: 'What was done; the requester reads it' }),
    closeCategory: Name.nullish(),
  }),
  output: Incident,
})

export const reopenIncident = endpoint({
  method: 'PUT',
  path: '/incidents/:id/reopening',
  may: 'item.comment',
  byLink: true,
  summary: 'Reopen a resolved incident; too late for that, a new one is opened that follows it',
  input: z.object({ id: Id, reason: Written.max(10_000) }),
  output: Incident,
})

export const closeIncident = endpoint({
  method: 'PUT',
  path: '/incidents/:id/closure',
  may: 'item.comment',
  byLink: true,
  summary: 'Close a resolved incident: the requester agrees, or the desk decides',
  input: z.object({ id: Id }),
  output: Incident,
})

export const cancelIncident = endpoint({
  method: 'PUT',
  path: '/incidents/:id/cancellation',
  may: 'item.comment',
  byLink: true,
  summary: 'Cancel an incident that should not have been opened',
  input: z.object({ id: Id, reason: Written.max(10_000) }),
  output: Incident,
})

export const overridePriority = endpoint({
  method: 'PUT',
  path: '/incidents/:id/priority',
  may: 'incident.override-priority',
  summary: 'Set a priority that the matrix does not give, and say why; null goes back to the matrix',
  input: z.object({ id: Id, priority: Priority.nullable(), reason: Text.default('') }),
  output: Incident,
})
