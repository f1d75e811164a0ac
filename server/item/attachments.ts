import { z } from 'zod'
import { as, system, type Actor, type Args, type Ctx, type Desk, type KeepFiles } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { enqueue, job } from '#server/core/jobs.ts'
import { forbidden, notFound } from '#server/core/refusal.ts'
import { Attachment } from '#shared/item/attachments.ts'
import type * as api from '#shared/item/attachments.ts'
import { authorRef } from '#server/people/people.ts'
import { requireOpenToRequesters } from './conversation.ts'
import { happen } from './happen.ts'
import { holdItem, requireItem } from './hold.ts'

export async function listAttachments(ctx: Ctx, { itemId }: Args<typeof api.listAttachments>) {
  await requireItem(ctx, itemId)
  return attachments(ctx).where('itemId', '=', itemId).orderBy('attachment.id').execute()
}

/** Takes a file off an item. Its bytes stay as long as another item has the same, and go with a later sweep. */
export async function removeAttachment(ctx: Ctx, { itemId, id }: Args<typeof api.removeAttachment>) {
  const held = await holdItem(ctx, itemId)
  const { name, internal } = await attachmentOf(ctx, itemId, id)
  await ctx.db.deleteFrom('attachment').where('id', '=', id).execute()
  await happen(ctx, held, { name: 'item.detached', data: { attachmentId: id, name, internal }, internal })
  return { done: true } as const
}

export interface Uploaded {
  readonly name: string
  readonly type: string
  readonly size: number
  readonly sha256: string
  readonly internal: boolean
}

/** Whether this person may attach something at all, asked before a single byte is taken in. */
export const mayAttach = (desk: Desk, actor: Actor, itemId: string) =>
  as(desk, actor, (ctx) => requireItem(ctx, itemId), { access: 'read only' })

/** Puts a file on an item. Its bytes are stored already: if this fails, nothing refers to them and a sweep takes them. */
export function attach(desk: Desk, actor: Actor, itemId: string, file: Uploaded) {
  return as(desk, actor, async (ctx) => {
    const { name, sha256, internal } = file
    if (internal && !actor.permissions.has('item.note')) throw forbidden('You may not attach files for staff only')
    const held = await holdItem(ctx, itemId)
    if (!internal) requireOpenToRequesters(ctx, held)
    if (actor.id === null) throw new Error('A file needs somebody who attaches it')
    const id = newId()
    // Where files are scanned, none is handed out before it was found harmless.
    const state = desk.ports.scan ? 'quarantined' : 'ready'
    await ctx.db
      .insertInto('attachment')
      .values({ ...file, id, itemId, state, byId: actor.id, createdAt: ctx.now })
      .execute()
    await happen(ctx, held, { name: 'item.attached', data: { attachmentId: id, name, sha256, internal }, internal })
    if (state === 'quarantined') await enqueue(ctx, scanAttachment, { id })
    return Attachment.parse(await attachmentOf(ctx, itemId, id))
  })
}

/** A file's bytes and what they are called, for those who may see its item; row security decides. */
export async function openAttachment(desk: Desk, actor: Actor, id: string) {
  const file = await as(desk, actor, (ctx) => attachments(ctx).where('attachment.id', '=', id).executeTakeFirst(), {
    access: 'read only',
  })
  if (!file) throw notFound('file')
  if (file.state === 'quarantined') throw forbidden('This file is held back: it has not been found harmless')
  return { ...file, open: () => desk.ports.files.read(file.sha256) }
}

/** Has a file looked at; only one that is found harmless is let out of quarantine. */
export const scanAttachment = job({
  name: 'attachment.scan',
  input: z.object({ id: z.uuid() }),
  async run(desk, { id }) {
    const { scan, files } = desk.ports
    const file = await as(desk, system, (ctx) => attachments(ctx).where('attachment.id', '=', id).executeTakeFirst())
    if (!scan || !file) return
    const harmless = await scan(await files.read(file.sha256))
    await as(desk, system, ({ db }) =>
      db
        .updateTable('attachment')
        .set({ state: harmless ? 'ready' : 'quarantined' })
        .where('id', '=', id)
        .execute(),
    )
  },
})

/** The bytes of a file that is attached anywhere stay. */
export const keepAttached: KeepFiles = async ({ db }, sha256s) => {
  const rows = await db.selectFrom('attachment').select('sha256').where('sha256', 'in', sha256s).execute()
  return rows.map(({ sha256 }) => sha256)
}

async function attachmentOf(ctx: Ctx, itemId: string, id: string) {
  const file = await attachments(ctx).where('attachment.id', '=', id).where('itemId', '=', itemId).executeTakeFirst()
  if (!file) throw notFound('file')
  return file
}

const attachments = ({ db }: Ctx) =>
  db
    .selectFrom('attachment')
    .select(['attachment.id', 'name', 'type', 'size', 'sha256', 'internal', 'state', 'createdAt'])
    .select(authorRef('attachment.by_id').as('by'))
