import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Done, Id } from '#shared/core/values.ts'

/** What somebody does on a record's page. */
export const Doing = z.enum(['looking', 'noting', 'replying'])
export type Doing = z.infer<typeof Doing>

/** Somebody of the staff who has a record before them. */
export const Present = z.object({ id: Id, name: z.string(), doing: Doing }).meta({ id: 'Present' })
export type Present = z.infer<typeof Present>

/** How often a page says that it is still there, and after how long without it is taken to have gone. */
export const stillThereMs = 20_000
export const goneAfterMs = 45_000

export const listPresent = endpoint({
  method: 'GET',
  path: '/items/:itemId/presence',
  may: 'item.note',
  summary: 'List which colleagues look at an item now, and what they write',
  input: z.object({ itemId: Id }),
  output: z.array(Present),
})

export const look = endpoint({
  method: 'PUT',
  path: '/items/:itemId/presence/:page',
  may: 'item.note',
  summary: 'Say that a page of yours shows an item; to be said again every 20 seconds. Answers who else is there',
  input: z.object({ itemId: Id, page: Id, doing: Doing }),
  output: z.array(Present),
})

export const lookAway = endpoint({
  method: 'DELETE',
  path: '/presence/:page',
  may: 'item.note',
  summary: 'Say that a page of yours shows no item any more',
  input: z.object({ page: Id }),
  output: Done,
})
