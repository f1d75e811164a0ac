import type { Args, Ctx } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { meanwhile } from '#server/core/meanwhile.ts'
import { conflict } from '#server/core/refusal.ts'
import type * as api from '#shared/item/conversation.ts'
import type { KindName } from '#shared/kinds.ts'
import { authorRef } from '#server/people/people.ts'
import { endDraft } from './drafts.ts'
import { happen, type Held } from './happen.ts'
import { holdItem, requireItem } from './hold.ts'

export async function listComments(ctx: Ctx, { itemId }: Args<typeof api.listComments>) {
  await requireItem(ctx, itemId)
  return comments(ctx).where('itemId', '=', itemId).orderBy('comment.createdAt').orderBy('comment.id').execute()
}

export async function addComment(ctx: Ctx, { itemId, body, draft }: Args<typeof api.addComment>) {
  const held = await holdItem(ctx, itemId)
  requireOpenToRequesters(ctx, held)
  const { commentId } = await writeComment(ctx, held, body)
  await endDraft(ctx, { itemId, mode: 'reply', body, version: draft })
  return comments(ctx).where('comment.id', '=', commentId).executeTakeFirstOrThrow()
}

export async function listNotes(ctx: Ctx, { itemId }: Args<typeof api.listNotes>) {
  await requireItem(ctx, itemId)
  return notes(ctx).where('itemId', '=', itemId).orderBy('note.createdAt').orderBy('note.id').execute()
}

export async function addNote(ctx: Ctx, { itemId, body, draft }: Args<typeof api.addNote>) {
  const { noteId } = await writeNote(ctx, await holdItem(ctx, itemId), body)
  await endDraft(ctx, { itemId, mode: 'note', body, version: draft })
  return notes(ctx).where('note.id', '=', noteId).executeTakeFirstOrThrow()
}

/** Writes a comment on an item that is held already, as part of a larger act. */
export async function writeComment<K extends KindName>(ctx: Ctx, held: Held<K>, body: string) {
  const { actor, now } = ctx
  if (actor.id === null) throw new Error('A comment needs somebody who says it')
  const id = newId()
  const comment = { id, itemId: held.id, authorId: actor.id, body, channel: actor.channel, createdAt: now }
  meanwhile(ctx.db, ctx.db.insertInto('comment').values(comment).execute())
  return { commentId: id, held: await happen(ctx, held, { name: 'item.commented', data: { commentId: id } }) }
}

/** Writes an internal note on an item that is held already; the desk itself may write one too. */
export async function writeNote<K extends KindName>(ctx: Ctx, held: Held<K>, body: string) {
  const { actor, now } = ctx
  const id = newId()
  const note = { id, itemId: held.id, authorId: actor.id, body, channel: actor.channel, createdAt: now }
  meanwhile(ctx.db, ctx.db.insertInto('note').values(note).execute())
  const noted = await happen(ctx, held, { name: 'item.noted', data: { noteId: id }, internal: true })
  return { noteId: id, held: noted }
}

const over: ReadonlySet<string> = new Set(['closed', 'cancelled'])

/** What is over takes nothing more that the requester reads: it would be said where nobody looks. */
export function requireOpenToRequesters({ actor }: Ctx, { number, phase, fields }: Held) {
  if (phase !== 'done' || !over.has(fields.state)) return
  throw conflict(
    actor.audience === 'requester'
      ? `${number} is ${fields.state}. Reopen it if it still can be, or report it anew`
      : `${number} is ${fields.state}. Write an internal note, or reopen it first`,
  )
}

function comments({ db }: Ctx) {
  return db
    .selectFrom('comment')
    .select(['comment.id', 'body', 'channel', 'createdAt', authorRef('comment.author_id').as('author')])
}

function notes({ db }: Ctx) {
  return db
    .selectFrom('note')
    .select(['note.id', 'body', 'channel', 'createdAt', authorRef('note.author_id').as('author')])
}
