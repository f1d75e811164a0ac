import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Id, PersonRef, Time } from '#shared/core/values.ts'

/** How something reached the desk. */
export const Channel = z.enum(['web', 'api', 'email', 'alert', 'import', 'system', 'cli', 'link'])
export type Channel = z.infer<typeof Channel>

/** One thing that happened to an item: who, when, how, and each field before and after. */
export const Happening = z
  .object({
    seq: z.int(),
    name: z.string().meta({ example: 'incident.resolved' }),
    data: z.record(z.string(), z.unknown()),
    changes: z.array(
      z.object({ field: z.string(), before: z.unknown(), after: z.unknown(), was: z.string(), is: z.string() }),
    ),
    by: PersonRef.nullable().meta({ description: 'Nobody when the desk itself did it' }),
    channel: Channel,
    at: Time.meta({ description: 'When it happened' }),
    recordedAt: Time.meta({ description: 'When the desk learned of it' }),
  })
  .meta({ id: 'Happening' })

export const listHistory = endpoint({
  method: 'GET',
  path: '/items/:itemId/history',
  may: 'item.read',
  byLink: true,
  summary: 'List what has happened to an item, oldest first',
  input: z.object({ itemId: Id }),
  output: z.array(Happening),
})
