import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Id, PersonRef, Time } from '#shared/core/values.ts'
import { Phase } from '#shared/item/item.ts'

export const Hit = z
  .object({
    id: Id,
    kind: z.string(),
    number: z.string(),
    title: z.string(),
    state: z.string(),
    phase: Phase,
    priority: z.int().nullable(),
    requester: PersonRef,
    updatedAt: Time,
    excerpt: z.string().meta({ description: 'Where it was found; found words stand between ⟦ and ⟧' }),
  })
  .meta({ id: 'Hit' })

export const search = endpoint({
  method: 'GET',
  path: '/search',
  may: 'item.read',
  summary: 'Search all records by number, title, text and people; the best first',
  input: z.object({
    q: z.string().trim().min(1).max(200),
    kind: z.string().max(40).optional(),
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  output: z.array(Hit),
})
