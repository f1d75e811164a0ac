import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Id, Time } from '#shared/core/values.ts'

/** For whom something is written: the requester, or the desk alone. */
export const DraftMode = z.enum(['reply', 'note'])
export type DraftMode = z.infer<typeof DraftMode>

const mostDraft = 50_000

const Kept = z.object({ version: z.int(), savedAt: Time }).meta({ id: 'KeptDraft' })

const toKeep = z.object({
  itemId: Id,
  /** Just as it was typed; nothing, to discard it. */
  body: z
    .string()
    .max(mostDraft, `Keep it within ${mostDraft} characters`)
    .refine((text) => !text.includes('\0'), 'Leave out null characters'),
  base: z.int().min(0).meta({ description: 'The version that this goes on from; 0 where there was none' }),
})

/** What was sent, of which draft: that one is over with it. */
export const FromDraft = z
  .int()
  .min(0)
  .optional()
  .meta({ description: 'The version of the draft that this was; it is over with it' })

export const listDrafts = endpoint({
  method: 'GET',
  path: '/drafts',
  may: 'item.read',
  summary: 'List where you have begun to write something and not sent it, the newest first',
  input: z.object({}),
  output: z.array(z.object({ itemId: Id, mode: DraftMode, savedAt: Time })),
})

export const readDrafts = endpoint({
  method: 'GET',
  path: '/items/:itemId/drafts',
  may: 'item.read',
  summary: 'Read your own drafts on an item; one that was sent or discarded is empty',
  input: z.object({ itemId: Id }),
  output: z.array(Kept.extend({ mode: DraftMode, body: z.string() }).meta({ id: 'Draft' })),
})

export const keepReplyDraft = endpoint({
  method: 'PUT',
  path: '/items/:itemId/comments/draft',
  may: 'item.comment',
  summary: 'Keep what you are writing to the requester or the desk, for yourself alone',
  input: toKeep,
  output: Kept,
})

export const keepNoteDraft = endpoint({
  method: 'PUT',
  path: '/items/:itemId/notes/draft',
  may: 'item.note',
  summary: 'Keep the internal note that you are writing, for yourself alone',
  input: toKeep,
  output: Kept,
})
