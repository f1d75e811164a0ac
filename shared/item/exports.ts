import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Id, Time } from '#shared/core/values.ts'

/** A list on its way into a file. When it is `ready`, the file lies at `GET /api/exports/:id/content`. */
export const Export = z
  .object({
    id: Id,
    kind: z.string(),
    format: z.enum(['csv', 'xlsx']),
    state: z.enum(['waiting', 'working', 'ready', 'failed']),
    done: z.int(),
    total: z.int().nullable(),
    error: z.string().nullable(),
    createdAt: Time,
  })
  .meta({ id: 'Export' })

export const startExport = endpoint({
  method: 'POST',
  path: '/exports',
  may: 'item.export',
  summary: 'Export a list as CSV or XLSX',
  input: z.object({
    kind: z.string().max(40),
    filter: z.string().max(2000).default(''),
    sort: z.string().max(200).default('-createdAt'),
    fields: z.array(z.string().max(80)).min(1).max(60),
    format: z.enum(['csv', 'xlsx']),
  }),
  output: Export,
})

export const getExport = endpoint({
  method: 'GET',
  path: '/exports/:id',
  may: 'item.export',
  summary: 'See how far an export is',
  input: z.object({ id: Id }),
  output: Export,
})
