import { sql } from 'kysely'
import type { Args, Ctx } from '#server/core/desk.ts'
import { requireItem } from '#server/item/item.ts'
import type * as api from '#shared/alert.ts'

export async function listOccurrences(ctx: Ctx, { itemId, limit }: Args<typeof api.listOccurrences>) {
  await requireItem(ctx, itemId)
  return ctx.db
    .selectFrom('signal')
    .innerJoin('alert', 'alert.id', 'signal.alertId')
    .leftJoin('source', 'source.id', 'signal.sourceId')
    .select(['signal.id', 'signal.status', 'signal.startedAt', 'signal.receivedAt'])
    .select((eb) => eb.ref('signal.labels').$castTo<Record<string, string>>().as('labels'))
    .select([
      sql<string>`coalesce(source.name, 'A removed source')`.as('source'),
      sql<string>`coalesce(signal.annotations ->> 'summary', signal.labels ->> 'alertname', '')`.as('summary'),
    ])
    .where('alert.itemId', '=', itemId)
    .orderBy('signal.id', 'desc')
    .limit(limit)
    .execute()
}
