import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Id, PersonRef, Time, Written } from '#shared/core/values.ts'
import { FromDraft } from '#shared/item/drafts.ts'

/** What the requester and the desk say to each other. */
export const Comment = z
  .object({ id: Id, author: PersonRef, body: z.string(), channel: z.string(), createdAt: Time })
  .meta({ id: 'Comment' })

/** What the desk says among itself. Notes and comments live in tables of their own and never mix. */
export const Note = z
  .object({ id: Id, author: PersonRef, body: z.string(), channel: z.string(), createdAt: Time })
  .meta({ id: 'Note' })

export const listComments = endpoint({
  method: 'GET',
  path: '/items/:itemId/comments',
  may: 'item.read',
  byLink: true,
  summary: 'List the comments on an item, oldest first',
  input: z.object({ itemId: Id }),
  output: z.array(Comment),
})

export const addComment = endpoint({
  method: 'POST',
  path: '/items/:itemId/comments',
  may: 'item.comment',
  byLink: true,
  summary: 'Write to the requester, or back to the desk',
  input: z.object({ itemId: Id, body: Written, draft: FromDraft }),
  output: Comment,
})

export const listNotes = endpoint({
  method: 'GET',
  path: '/items/:itemId/notes',
  may: 'item.note',
  summary: 'List the internal notes on an item, oldest first',
  input: z.object({ itemId: Id }),
  output: z.array(Note),
})

export const addNote = endpoint({
  method: 'POST',
  path: '/items/:itemId/notes',
  may: 'item.note',
  summary: 'Write an internal note',
  input: z.object({ itemId: Id, body: Written, draft: FromDraft }),
  output: Note,
})
