import { sql } from 'kysely'
import type { z } from 'zod'
import type { Args, Ctx } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { notFound } from '#server/core/refusal.ts'
import { personRef, teamRef } from '#server/people/people.ts'
import type { ServiceRef } from '#shared/core/values.ts'
import type { addService, changeService } from '#shared/service.ts'

/** A service as records mention it. */
export const serviceRef = (column: string) =>
  sql<z.infer<typeof ServiceRef> | null>`(select json_build_object('id', mentioned.id, 'name', mentioned.name,
    'tier', mentioned.tier) from service as mentioned where mentioned.id = ${sql.ref(column)})`

function serviceRows({ db }: Ctx) {
  return db
    .selectFrom('service')
    .select(['service.id', 'service.name', 'service.description', 'service.tier', 'service.retired'])
    .select([teamRef('service.teamId').as('team'), personRef('service.ownerId').as('owner')])
}

export function services(ctx: Ctx) {
  return serviceRows(ctx).orderBy('service.name').execute()
}

async function service(ctx: Ctx, id: string) {
  const found = await serviceRows(ctx).where('service.id', '=', id).executeTakeFirst()
  if (!found) throw notFound('service')
  return found
}

export async function createService(ctx: Ctx, about: Args<typeof addService>) {
  const id = newId()
  await ctx.db
    .insertInto('service')
    .values({ id, ...about })
    .execute()
  return service(ctx, id)
}

export async function alterService(ctx: Ctx, { id, ...about }: Args<typeof changeService>) {
  await service(ctx, id)
  if (Object.keys(about).length > 0) await ctx.db.updateTable('service').set(about).where('id', '=', id).execute()
  return service(ctx, id)
}
