import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Count, Id, Time } from '#shared/core/values.ts'

/** The most records that one change may be made of. */
export const mostInBulk = 50_000

/** How long a change of many can be taken back, in minutes. */
export const undoMinutes = 5

const Reason = z.object({
  reason: z.string(),
  count: z.int(),
  numbers: z.array(z.string()).meta({ description: 'The first of them' }),
})

const wanted = {
  kind: z.string().max(40).default('incident'),
  verb: z.string().max(120).meta({
    description: 'An operation on one record that may be done to many, as its method and path',
    example: 'PUT /incidents/:id/assignment',
  }),
  input: z.record(z.string(), z.unknown()).default({}).meta({ description: 'Its input, without the id of the record' }),
  ids: z.array(Id).min(1).max(5000).optional().meta({ description: 'The records; or else a filter' }),
  filter: z
    .string()
    .max(2000)
    .optional()
    .meta({ description: 'All records that match as of now', example: 'is:open team:my-team' }),
}

/** Many records, and one thing that is done to each of them as if it were the only one. */
export const Bulk = z
  .object({
    id: Id,
    kind: z.string(),
    label: z.string(),
    state: z.enum(['working', 'done', 'cancelled', 'undoing', 'undone']),
    total: z.int(),
    waiting: z.int(),
    changed: z.int(),
    same: z.int().meta({ description: 'There was nothing to change' }),
    refused: z.int(),
    undone: z.int(),
    kept: z.int().meta({ description: 'Left as they are when the rest was taken back' }),
    reasons: z.array(Reason).meta({ description: 'Why some were refused or kept' }),
    createdAt: Time,
    endedAt: Time.nullable(),
    undoUntil: Time.nullable().meta({ description: 'Until when it can be taken back' }),
  })
  .meta({ id: 'Bulk' })
export type Bulk = z.infer<typeof Bulk>

export const previewBulk = endpoint({
  method: 'POST',
  path: '/bulks/preview',
  may: 'item.work',
  summary: 'See what a change of many records would come to; nothing is changed',
  input: z.object(wanted),
  output: z.object({
    total: Count,
    looked: z.int().meta({ description: 'How many were tried: all, or the newest of very many' }),
    changed: z.int(),
    same: z.int(),
    refused: z.int(),
    reasons: z.array(Reason),
  }),
})

export const startBulk = endpoint({
  method: 'POST',
  path: '/bulks',
  may: 'item.work',
  summary: 'Do one thing to many records, one after the other, with the rights that one has at each',
  input: z.object({
    ...wanted,
    label: z.string().trim().max(120).optional().meta({ description: 'What it is called while it goes on' }),
  }),
  output: Bulk,
})

export const listBulks = endpoint({
  method: 'GET',
  path: '/bulks',
  may: 'item.work',
  summary: 'List one’s own changes of many records that go on, or can still be taken back',
  input: z.object({}),
  output: z.array(Bulk),
})

export const getBulk = endpoint({
  method: 'GET',
  path: '/bulks/:id',
  may: 'item.work',
  summary: 'See how far a change of many records is',
  input: z.object({ id: Id }),
  output: Bulk,
})

export const cancelBulk = endpoint({
  method: 'PUT',
  path: '/bulks/:id/cancellation',
  may: 'item.work',
  summary: 'Stop a change of many records; what is changed stays changed',
  input: z.object({ id: Id }),
  output: Bulk,
})

export const undoBulk = endpoint({
  method: 'PUT',
  path: '/bulks/:id/undoing',
  may: 'item.work',
  summary: 'Take back a change of many records, but for those that were changed since',
  input: z.object({ id: Id }),
  output: Bulk,
})
