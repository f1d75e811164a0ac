import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Done, Id, PersonRef } from '#shared/core/values.ts'

export const listWatchers = endpoint({
  method: 'GET',
  path: '/items/:itemId/watchers',
  may: 'item.read',
  summary: 'List who watches an item',
  input: z.object({ itemId: Id }),
  output: z.array(PersonRef),
})

export const watch = endpoint({
  method: 'PUT',
  path: '/items/:itemId/watchers/:personId',
  may: 'item.work',
  summary: 'Let a person of the staff watch an item',
  input: z.object({ itemId: Id, personId: Id }),
  output: Done,
})

export const unwatch = endpoint({
  method: 'DELETE',
  path: '/items/:itemId/watchers/:personId',
  may: 'item.work',
  summary: 'Let a person no longer watch an item',
  input: z.object({ itemId: Id, personId: Id }),
  output: Done,
})
