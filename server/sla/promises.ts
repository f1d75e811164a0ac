import { sql } from 'kysely'
import type { z } from 'zod'
import type { Args, Ctx } from '#server/core/desk.ts'
import { requireItem } from '#server/item/item.ts'
import type * as api from '#shared/sla.ts'

/** What was promised to whoever reported it: when, or that its time stands still. */
export async function listPromises(ctx: Ctx, { itemId }: Args<typeof api.listPromises>) {
  await requireItem(ctx, itemId)
  const { rows } = await sql<z.infer<typeof api.listPromises.output>[number]>`
    select target, due_at, paused from app.promises(${itemId})`.execute(ctx.db)
  return rows
}
