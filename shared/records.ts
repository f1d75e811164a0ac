import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Count, Limit } from '#shared/core/values.ts'
import { Incident } from '#shared/incident.ts'
import { Item } from '#shared/item/item.ts'

/** A record of any kind, whole. */
export const Record = z.discriminatedUnion('kind', [Incident])
export type Record = z.infer<typeof Record>

/** A record as a list shows it: what every item has, and the fields of its kind that were asked for. */
export const Row = Item.loose().meta({ id: 'Row' })
export type Row = z.infer<typeof Row>

/** The shape of every list: a filter, an order, fields, and pages that follow one another by a cursor. */
export const listRecords = endpoint({
  method: 'GET',
  path: '/records',
  may: 'item.read',
  summary: 'List records of one kind or of all',
  input: z.object({
    kind: z.string().max(40).optional().meta({ description: 'Left out: all kinds', example: 'incident' }),
    filter: z.string().max(2000).default('').meta({ example: 'is:open priority<=2 team:my-team created>-7d' }),
    sort: z.string().max(200).default('-createdAt').meta({ example: 'priority,-createdAt' }),
    fields: z.string().max(2000).optional().meta({ description: 'Further fields of the kind, with commas between' }),
    after: z.string().max(1000).optional().meta({ description: 'The `next` of the page before' }),
    limit: Limit,
  }),
  output: z.object({ records: z.array(Row), next: z.string().nullable() }),
})

export const countRecords = endpoint({
  method: 'GET',
  path: '/record-count',
  may: 'item.read',
  summary: 'Count records: exactly to 10,000, estimated beyond',
  input: z.object({ kind: z.string().max(40).optional(), filter: z.string().max(2000).default('') }),
  output: Count,
})

export const getRecord = endpoint({
  method: 'GET',
  path: '/records/:key',
  may: 'item.read',
  byLink: true,
  summary: 'Get one record, by its id or its number',
  input: z.object({ key: z.string().trim().min(1).max(40).meta({ example: 'INC0001042' }) }),
  output: Record,
})
