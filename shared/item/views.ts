import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Done, Id, Name, PersonRef } from '#shared/core/values.ts'

const look = {
  name: Name,
  kind: z.string().max(40),
  filter: z.string().max(2000).meta({ example: 'is:open team:my-team' }),
  sort: z.string().max(200).meta({ example: 'priority,-createdAt' }),
  columns: z.array(z.string().max(80)).max(30),
}

/** A list that is worth a name: its filter, order and columns. */
export const View = z
  .object({
    id: Id,
    ...look,
    sharedWith: z.enum(['me', 'team', 'everyone']),
    teamId: Id.nullable(),
    owner: PersonRef,
    mine: z.boolean(),
  })
  .meta({ id: 'View' })

const Sharing = { sharedWith: z.enum(['me', 'team', 'everyone']).default('me'), teamId: Id.nullish() }

export const listViews = endpoint({
  method: 'GET',
  path: '/views',
  may: 'item.read',
  summary: 'List the saved views that are mine, my teams’ or everyone’s',
  input: z.object({ kind: z.string().max(40).optional() }),
  output: z.array(View),
})

export const saveView = endpoint({
  method: 'POST',
  path: '/views',
  may: 'item.read',
  summary: 'Save a view',
  input: z.object({ ...look, ...Sharing }),
  output: View,
})

export const changeView = endpoint({
  method: 'PUT',
  path: '/views/:id',
  may: 'item.read',
  summary: 'Change a saved view',
  input: z.object({ id: Id, ...look, ...Sharing }),
  output: View,
})

export const removeView = endpoint({
  method: 'DELETE',
  path: '/views/:id',
  may: 'item.read',
  summary: 'Remove a saved view',
  input: z.object({ id: Id }),
  output: Done,
})
