import { sql } from 'kysely'
import type { z } from 'zod'
import type { Args, Ctx } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { conflict, invalid, notFound } from '#server/core/refusal.ts'
import { Id } from '#shared/core/values.ts'
import { linkTypes } from '#shared/item/links.ts'
import type * as api from '#shared/item/links.ts'
import { happen, type Held } from './happen.ts'
import { holdItem, requireItem } from './hold.ts'

type LinkType = z.infer<typeof api.LinkType>

export async function listLinks(ctx: Ctx, { itemId }: Args<typeof api.listLinks>) {
  await requireItem(ctx, itemId)
  return links(ctx, itemId)
}

export async function addLink(ctx: Ctx, { itemId, type, to }: Args<typeof api.addLink>) {
  await requireItem(ctx, itemId)
  const otherId = await idOf(ctx, to)
  if (otherId === itemId) throw invalid({ to: 'A record cannot be linked to itself' })
  const [from, other] = await holdBoth(ctx, itemId, otherId)
  const id = await linkHeld(ctx, from, type, other)
  return linkOf(ctx, itemId, id)
}

export async function removeLink(ctx: Ctx, { itemId, id }: Args<typeof api.removeLink>) {
  await requireItem(ctx, itemId)
  const { type, item } = await linkOf(ctx, itemId, id)
  const [held, other] = await holdBoth(ctx, itemId, item.id)
  await ctx.db.deleteFrom('link').where('id', '=', id).execute()
  await happen(ctx, held, { name: 'item.unlinked', data: { linkId: id, type, otherId: item.id } })
  await happen(ctx, other, { name: 'item.unlinked', data: { linkId: id, type, otherId: itemId } })
  return { done: true } as const
}

/** Links two items that are held already, and lets both of their histories say so. */
export async function linkHeld(ctx: Ctx, from: Held, type: LinkType, to: Held) {
  const contrary = await ctx.db
    .selectFrom('link')
    .select('type')
    .where('fromId', '=', to.id)
    .where('toId', '=', from.id)
    .where('type', '=', type)
    .executeTakeFirst()
  if (contrary) throw conflict(`${to.number} already ${linkTypes[type].there} ${from.number}`)
  const id = newId()
  await ctx.db.insertInto('link').values({ id, type, fromId: from.id, toId: to.id }).execute()
  await happen(ctx, from, { name: 'item.linked', data: { linkId: id, type, otherId: to.id } })
  await happen(ctx, to, { name: 'item.linked', data: { linkId: id, type, otherId: from.id } })
  return id
}

/** Holds two items in the order of their ids, so that two people who link them both ways do not wait in a ring. */
async function holdBoth(ctx: Ctx, one: string, other: string): Promise<[Held, Held]> {
  if (one < other) return [await holdItem(ctx, one), await holdItem(ctx, other)]
  const second = await holdItem(ctx, other)
  return [await holdItem(ctx, one), second]
}

async function idOf({ db }: Ctx, to: string) {
  const key = Id.safeParse(to.toLowerCase())
  const item = await db
    .selectFrom('item')
    .select('id')
    .where(key.success ? 'id' : 'number', '=', key.success ? key.data : to.toUpperCase())
    .executeTakeFirst()
  if (!item) throw invalid({ to: `There is no record ${to}` })
  return item.id
}

async function linkOf(ctx: Ctx, itemId: string, id: string) {
  const link = (await links(ctx, itemId)).find((one) => one.id === id)
  if (!link) throw notFound('link')
  return link
}

/** What an item is linked to, as it reads from this item's end. */
async function links({ db }: Ctx, itemId: string) {
  const { rows } = await sql<{ id: string; type: LinkType; there: boolean; item: z.infer<typeof api.Link>['item'] }>`
    select link.id, link.type, link.from_id = ${itemId} as there,
      json_build_object('id', other.id, 'kind', other.kind, 'number', other.number, 'title', other.title,
        'state', other.state, 'phase', other.phase) as item
    from link join item other on other.id = case when link.from_id = ${itemId} then link.to_id else link.from_id end
    where link.from_id = ${itemId} or link.to_id = ${itemId}
    order by link.id`.execute(db)
  return rows.map(({ there, ...link }) => ({ ...link, reads: linkTypes[link.type][there ? 'there' : 'back'] }))
}
