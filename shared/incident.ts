import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Id, Name, PersonRef, Text, Time, Title, Written } from '#shared/core/values.ts'
import { Item, type Phase, Tags } from '#shared/item/item.ts'

/** Impact and urgency: 1 is high, 2 medium, 3 low. */
export const Level = z.int().min(1).max(3)
export const levelNames = { 1: 'High', 2: 'Medium', 3: 'Low' } as const

export const Priority = z.int().min(1).max(5)
export const priorityNames = { 1: 'Critical', 2: 'High', 3: 'Moderate', 4: 'Low', 5: 'Planning' } as const

export const IncidentState = z.enum(['new', 'assigned', 'in_progress', 'waiting', 'resolved', 'closed', 'cancelled'])
export type IncidentState = z.infer<typeof IncidentState>

export const incidentStates = {
  new: { label: 'New', phase: 'open' },
  assigned: { label: 'Assigned', phase: 'open' },
  in_progress: { label: 'In progress', phase: 'open' },
  waiting: { label: 'Waiting', phase: 'waiting' },
  resolved: { label: 'Resolved', phase: 'done' },
  closed: { label: 'Closed', phase: 'done' },
  cancelled: { label: 'Cancelled', phase: 'done' },
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
  caller: 'Waiting for the caller',
  change: 'Waiting for a change',
  problem: 'Waiting for a problem',
  vendor: 'Waiting for a vendor',
  evidence: 'Waiting for evidence',
} as const satisfies Record<z.infer<typeof HoldReason>, string>

/** How an incident reached the desk. */
export const Source = z.enum(['portal', 'phone', 'email', 'walk_up', 'chat', 'api', 'alert'])

export const ResolutionCode = z.enum(['fixed', 'workaround', 'no_fault', 'not_reproducible', 'by_caller', 'duplicate'])
export const resolutionNames = {
  fixed: 'Fixed',
  workaround: 'Fixed by a workaround',
  no_fault: 'No fault found',
  not_reproducible: 'Could not be reproduced',
  by_caller: 'Solved by the caller',
  duplicate: 'Duplicate of another record',
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

export const Incident = Item.extend({
  kind: z.literal('incident'),
  state: IncidentState.meta({ label: 'State' }),
  description: z.string().meta({ label: 'Description' }),
  impact: Level.meta({ label: 'Impact' }),
  urgency: Level.meta({ label: 'Urgency' }),
  priority: Priority.meta({ label: 'Priority' }),
  priorityReason: z.string().nullable().meta({ label: 'Reason for the priority' }),
  source: Source.meta({ label: 'Source' }),
  contact: PersonRef.nullable().meta({ label: 'Contact' }),
  callback: z.string().nullable().meta({ label: 'Call back' }),
  category: z.string().nullable().meta({ label: 'Category' }),
  configurationItem: z.string().nullable().meta({ label: 'Configuration item' }),
  holdReason: HoldReason.nullable().meta({ label: 'Waiting for' }),
  major: z.boolean().meta({ label: 'Major incident' }),
  parent: z.object({ id: Id, number: z.string(), title: z.string() }).nullable().meta({ label: 'Parent' }),
  childCount: z.int().meta({ label: 'Children' }),
  reassignmentCount: z.int().meta({ label: 'Reassignments' }),
  reopenCount: z.int().meta({ label: 'Reopened' }),
  occurrenceCount: z.int().meta({ label: 'Occurrences' }),
  openedBy: PersonRef.nullable().meta({ label: 'Opened by' }),
  resolutionCode: ResolutionCode.nullable().meta({ label: 'Resolution' }),
  resolutionNotes: z.string().nullable().meta({ label: 'Resolution notes' }),
  closeCategory: z.string().nullable().meta({ label: 'Closing category' }),
  resolvedAt: Time.nullable().meta({ label: 'Resolved' }),
  resolvedBy: PersonRef.nullable().meta({ label: 'Resolved by' }),
  closedAt: Time.nullable().meta({ label: 'Closed' }),
  reopenableUntil: Time.nullable().meta({ label: 'Can be reopened until' }),
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

export const setParent = endpoint({
  method: 'PUT',
  path: '/incidents/:id/parent',
  may: 'item.work',
  summary: 'Make an incident the child of another, or of none',
  input: z.object({ id: Id, parent: z.string().trim().max(40).nullable().meta({ example: 'INC0001042' }) }),
  output: Incident,
})

export const listChildren = endpoint({
  method: 'GET',
  path: '/incidents/:id/children',
  may: 'item.read',
  summary: 'List the children of an incident',
  input: z.object({ id: Id }),
  output: z.array(z.object({ id: Id, number: z.string(), title: z.string(), state: IncidentState })),
})

const Cell = z.object({ impact: Level, urgency: Level, priority: Priority })

export const getPriorityMatrix = endpoint({
  method: 'GET',
  path: '/priority-matrix',
  may: 'signed-in',
  summary: 'Get the priority of each impact and urgency',
  input: z.object({}),
  output: z.array(Cell),
})

export const setPriorityMatrix = endpoint({
  method: 'PUT',
  path: '/priority-matrix',
  may: 'rule.manage',
  summary: 'Set the priority of each impact and urgency; open incidents keep theirs',
  input: z.object({ cells: z.array(Cell).length(9, 'Give all nine') }),
  output: z.array(Cell),
})
