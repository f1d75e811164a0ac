import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Done, Id, Name, Time } from '#shared/core/values.ts'

/** A monitoring tool that may report. Its token is shown once, when the source is made. */
export const Source = z
  .object({
    id: Id,
    type: z.enum(['alertmanager']),
    name: z.string(),
    active: z.boolean(),
    createdAt: Time,
    lastSeenAt: Time.nullable(),
    signals: z.int(),
  })
  .meta({ id: 'Source' })

export const listSources = endpoint({
  method: 'GET',
  path: '/sources',
  may: 'source.manage',
  summary: 'List the monitoring tools that may report',
  input: z.object({}),
  output: z.array(Source),
})

export const addSource = endpoint({
  method: 'POST',
  path: '/sources',
  may: 'source.manage',
  secret: true,
  summary: 'Let a monitoring tool report; its token is shown once',
  input: z.object({ type: z.enum(['alertmanager']), name: Name }),
  output: z.object({ source: Source, url: z.string(), token: z.string() }),
})

export const changeSource = endpoint({
  method: 'PATCH',
  path: '/sources/:id',
  may: 'source.manage',
  summary: 'Rename a source, or stop it',
  input: z.object({ id: Id, name: Name.optional(), active: z.boolean().optional() }),
  output: Source,
})

export const removeSource = endpoint({
  method: 'DELETE',
  path: '/sources/:id',
  may: 'source.manage',
  summary: 'Remove a source; what it reported stays',
  input: z.object({ id: Id }),
  output: Done,
})

/** One time that a monitoring tool spoke about the problem behind an item. */
export const Occurrence = z
  .object({
    id: z.int(),
    source: z.string(),
    status: z.enum(['firing', 'resolved']),
    summary: z.string(),
    labels: z.record(z.string(), z.string()),
    startedAt: Time,
    receivedAt: Time,
  })
  .meta({ id: 'Occurrence' })

export const listOccurrences = endpoint({
  method: 'GET',
  path: '/items/:itemId/occurrences',
  may: 'item.note',
  summary: 'List what monitoring said about an item, newest first',
  input: z.object({ itemId: Id, limit: z.coerce.number().int().min(1).max(200).default(50) }),
  output: z.array(Occurrence),
})
