import { sql } from 'kysely'
import type { z } from 'zod'
import { bySystem, through, type Args, type Ctx } from '#server/core/desk.ts'
import { conflict, invalid } from '#server/core/refusal.ts'
import { actorFor } from '#server/people/people.ts'
import type { PersonRef } from '#shared/core/values.ts'
import type * as api from '#shared/item/watchers.ts'
import { happen } from './happen.ts'
import { holdItem, requireItem } from './hold.ts'

const done = { done: true } as const

export async function listWatchers(ctx: Ctx, { itemId }: Args<typeof api.listWatchers>) {
  await requireItem(ctx, itemId)
  const { rows } = await sql<z.infer<typeof PersonRef>>`
    select person.id, person.name, person.vip, person.active from watcher join person on person.id = watcher.person_id
    where watcher.item_id = ${itemId} order by lower(person.name), person.id`.execute(ctx.db)
  return rows
}

export async function watch(ctx: Ctx, { itemId, personId }: Args<typeof api.watch>) {
  const held = await holdItem(ctx, itemId)
  await requireSight(ctx, itemId, personId)
  const added = await ctx.db
    .insertInto('watcher')
    .values({ itemId, personId })
    .onConflict((known) => known.doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows === 1n) await happen(ctx, held, { name: 'item.watched', data: { personId } })
  return done
}

export async function unwatch(ctx: Ctx, { itemId, personId }: Args<typeof api.unwatch>) {
  const held = await holdItem(ctx, itemId)
  const removed = await ctx.db
    .deleteFrom('watcher')
    .where('itemId', '=', itemId)
    .where('personId', '=', personId)
    .executeTakeFirst()
  if (removed.numDeletedRows === 1n) await happen(ctx, held, { name: 'item.unwatched', data: { personId } })
  return done
}

/** To watch is to be told of things, so it is for staff, and for those alone who may see the item anyway. */
async function requireSight(ctx: Ctx, itemId: string, personId: string) {
  const person = await bySystem(ctx, (own) => actorFor(own.db, personId, 'system'))
  if (!person || person.audience !== 'staff') throw invalid({ personId: 'Nobody of the staff is that' })
  const seen = await through(ctx, person, ({ db }) =>
    db.selectFrom('item').select('id').where('id', '=', itemId).executeTakeFirst(),
  )
  if (!seen) throw conflict(`${person.name} may not see this record`)
}
