import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { text } from '#shared/core/message.ts'
import { Done, Id, OrganisationRef, PersonRef, ServiceRef, TeamRef, Time } from '#shared/core/values.ts'

/** What a state means to a queue or a report that mixes kinds. */
export const Phase = z.enum(['open', 'waiting', 'done'])
export type Phase = z.infer<typeof Phase>

export const Tag = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(40)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}_.-]*$/u, text('A tag is letters, digits, and _ . - between them'))
export const mostTags = 30
export const Tags = z.array(Tag).max(mostTags)

/** What is true of everything that has a number, a title and a history. */
export const Item = z
  .object({
    id: Id,
    kind: z.string(),
    number: z.string().meta({ label: text('Number'), example: 'INC0001042' }),
    title: z.string().meta({ label: text('Title') }),
    state: z.string().meta({ label: text('State') }),
    phase: Phase.meta({ label: text('Phase') }),
    priority: z
      .int()
      .min(1)
      .max(5)
      .nullable()
      .meta({ label: text('Priority') }),
    dueAt: Time.nullable().meta({ label: text('Due') }),
    organisation: OrganisationRef.meta({ label: text('Organisation') }),
    service: ServiceRef.nullable().meta({ label: text('Service') }),
    team: TeamRef.nullable().meta({ label: text('Team') }),
    assignee: PersonRef.nullable().meta({ label: text('Assignee') }),
    requester: PersonRef.meta({ label: text('Requester') }),
    confidential: z.boolean().meta({ label: text('Confidential') }),
    tags: z.array(z.string()).meta({ label: text('Tags') }),
    custom: z.record(z.string(), z.unknown()),
    createdAt: Time.meta({ label: text('Created') }),
    updatedAt: Time.meta({ label: text('Updated') }),
    version: z.int().meta({ label: text('Version') }),
  })
  .meta({ id: 'Item' })
export type Item = z.infer<typeof Item>

export const setTags = endpoint({
  method: 'PUT',
  path: '/items/:itemId/tags',
  may: 'item.work',
  summary: 'Set the tags of an item',
  input: z.object({ itemId: Id, tags: Tags }),
  output: Done,
})

export const changeTags = endpoint({
  method: 'PATCH',
  path: '/items/:itemId/tags',
  may: 'item.work',
  summary: 'Add tags to an item, and take some away',
  input: z.object({ itemId: Id, add: Tags.default([]), remove: Tags.default([]) }),
  output: Done,
})

export const setConfidential = endpoint({
  method: 'PUT',
  path: '/items/:itemId/confidentiality',
  may: 'item.work',
  summary: 'Restrict an item to its team, assignee and requester, or lift that',
  input: z.object({ itemId: Id, confidential: z.boolean() }),
  output: Done,
})

/** A custom field's value for an item, by the field's name; null takes it away. */
export const setCustom = endpoint({
  method: 'PATCH',
  path: '/items/:itemId/custom',
  may: 'item.work',
  summary: 'Set custom fields of an item',
  input: z.object({ itemId: Id, version: z.int().optional(), values: z.record(z.string(), z.unknown()) }),
  output: Done,
})
