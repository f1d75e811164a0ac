import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Flag, Id, Name, Time } from '#shared/core/values.ts'
import { Clock, ClockState, Ms } from '#shared/sla/clock.ts'
import { ClockKind, ClockTarget, Terms } from '#shared/sla/terms.ts'

export const Version = Terms.extend({ version: z.int(), startsAt: Time })
export type Version = z.infer<typeof Version>

export const Definition = z
  .object({
    id: Id,
    name: z.string(),
    kind: z.string(),
    type: ClockKind,
    target: ClockTarget,
    retired: z.boolean(),
    versions: z.array(Version).meta({ description: 'Newest first; a clock keeps the one it began under' }),
    open: z.int().meta({ description: 'Clocks that run or are paused' }),
  })
  .meta({ id: 'SlaDefinition' })
export type Definition = z.infer<typeof Definition>

/** What about the conditions will not do what somebody may expect of them. */
export const Trap = z.object({
  trap: z.enum(['start-within-stop', 'pause-within-start', 'start-and-pause-exclusive', 'never-stops', 'reset-fails']),
  sentence: z.string(),
})
export type Trap = z.infer<typeof Trap>

export const listClocks = endpoint({
  method: 'GET',
  path: '/items/:itemId/clocks',
  may: 'item.note',
  summary: 'See the clocks of an item: how each stands, why, who held it, and which did not start and why',
  input: z.object({ itemId: Id }),
  output: z.object({
    at: Time,
    clocks: z.array(Clock),
    notStarted: z.array(z.object({ definitionId: Id, name: z.string(), because: z.string() })),
  }),
})

/** What was promised to a record's requester and is still to come. Where it is paused, it has no time until it goes on. */
export const listPromises = endpoint({
  method: 'GET',
  path: '/items/:itemId/promises',
  may: 'item.read',
  byLink: true,
  summary: 'See by when an item was promised to its requester',
  input: z.object({ itemId: Id }),
  output: z.array(z.object({ target: ClockTarget, dueAt: Time.nullable(), paused: z.boolean() })),
})

const about = { name: Name, type: ClockKind, target: ClockTarget }

export const listDefinitions = endpoint({
  method: 'GET',
  path: '/sla-definitions',
  may: 'item.work',
  summary: 'List the service level definitions',
  input: z.object({}),
  output: z.array(Definition),
})

const withTraps = z.object({ definition: Definition, traps: z.array(Trap) })

export const addDefinition = endpoint({
  method: 'POST',
  path: '/sla-definitions',
  may: 'sla.manage',
  summary: 'Add a service level definition; it holds for clocks that begin from its start on',
  input: z.object({
    ...about,
    kind: z.string().max(40).default('incident'),
    startsAt: Time.nullish().meta({ description: 'Now, unless said' }),
    terms: Terms,
  }),
  output: withTraps,
})

export const changeDefinition = endpoint({
  method: 'PATCH',
  path: '/sla-definitions/:id',
  may: 'sla.manage',
  summary: 'Change a definition; other terms are a new version, and clocks keep the one they began under',
  input: z.object({
    id: Id,
    name: Name.optional(),
    retired: z.boolean().optional(),
    startsAt: Time.nullish(),
    terms: Terms.optional(),
  }),
  output: withTraps,
})

export const checkTerms = endpoint({
  method: 'POST',
  path: '/sla-checks',
  may: 'sla.manage',
  summary: 'Say what about some terms will not do what one may expect',
  input: z.object({ kind: z.string().max(40).default('incident'), terms: Terms }),
  output: z.array(Trap),
})

export const previewTerms = endpoint({
  method: 'POST',
  path: '/sla-previews',
  may: 'sla.manage',
  summary: 'See which clocks some terms would give a record, and when they would be due; nothing is changed',
  input: z.object({ key: z.string().trim().min(1).max(40), ...about, terms: Terms }),
  output: z.object({
    id: Id,
    number: z.string(),
    title: z.string(),
    clocks: z.array(Clock),
    because: z.string().nullable().meta({ description: 'Why there is none' }),
  }),
})

const Outcome = z.object({
  records: z.int(),
  clocks: z.int(),
  met: z.int(),
  breached: z.int(),
  open: z.int(),
  cancelled: z.int(),
  compliance: z
    .number()
    .nullable()
    .meta({ description: 'In time ÷ (stopped + still open and breached already), cancelled ones left out' }),
})

export const simulateTerms = endpoint({
  method: 'POST',
  path: '/sla-simulations',
  may: 'sla.manage',
  summary: 'See what some terms would have come to on the records of a time that is past; nothing is changed',
  input: z.object({ ...about, kind: z.string().max(40).default('incident'), terms: Terms, from: Time, to: Time }),
  output: Outcome.extend({
    examined: z.int(),
    ofAll: z.int(),
    examples: z.array(z.object({ id: Id, number: z.string(), title: z.string(), sentence: z.string() })),
  }),
})

const Facts = z.object({
  name: z.string(),
  state: ClockState,
  startedAt: Time,
  dueAt: Time.nullable(),
  breachedAt: Time.nullable(),
  businessMs: Ms,
})

export const recalculate = endpoint({
  method: 'POST',
  path: '/sla-recalculations',
  may: 'sla.manage',
  summary: 'Count clocks anew from the whole history, by the calendars and terms of today; dry unless told otherwise',
  input: z.object({
    itemId: Id.optional(),
    definitionId: Id.optional(),
    calendarId: Id.optional(),
    ended: z.boolean().default(false).meta({ description: 'Those that are over too, not the open ones alone' }),
    dry: Flag.default(true),
  }),
  output: z.object({
    examined: z.int().meta({ description: 'Records, the newest 5,000 at most' }),
    ofAll: z.int(),
    changed: z.int(),
    dry: z.boolean(),
    changes: z
      .array(
        z.object({
          itemId: Id,
          number: z.string(),
          title: z.string(),
          before: Facts.nullable(),
          after: Facts.nullable(),
        }),
      )
      .meta({ description: 'The first 200' }),
  }),
})
