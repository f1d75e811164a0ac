import type { Args, Ctx } from '#server/core/desk.ts'
import { notFound } from '#server/core/refusal.ts'
import { getIncident } from '#server/incident/incident.ts'
import type { KindName } from '#shared/kinds.ts'
import type * as api from '#shared/records.ts'

const readers = { incident: getIncident } as const satisfies Record<KindName, unknown>
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A record by its id or number, whole, as its kind tells it. */
export async function getRecord(ctx: Ctx, { key }: Args<typeof api.getRecord>) {
  const item = await ctx.db
    .selectFrom('item')
    .select((eb) => ['id', eb.ref('kind').$castTo<KindName>().as('kind')])
    .where((eb) => (uuid.test(key) ? eb('id', '=', key.toLowerCase()) : eb('number', '=', key.toUpperCase())))
    .executeTakeFirst()
  if (!item) throw notFound('record')
  return readers[item.kind](ctx, item)
}
