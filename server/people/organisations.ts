import { sql } from 'kysely'
import type { Args, Ctx } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { notFound } from '#server/core/refusal.ts'
import type { addOrganisation, changeOrganisation } from '#shared/people.ts'

function organisationRows({ db }: Ctx) {
  return db.selectFrom('organisation').select((eb) => [
    ...(['organisation.id', 'organisation.name', 'organisation.domain', 'organisation.retired'] as const),
    eb.fn
      .coalesce(
        eb
          .selectFrom('person')
          .select((count) => count.fn.countAll<number>().as('people'))
          .whereRef('person.organisationId', '=', 'organisation.id')
          .where('person.active', '=', true),
        sql.lit(0),
      )
      .as('people'),
  ])
}

export function organisations(ctx: Ctx) {
  return organisationRows(ctx).orderBy('organisation.name').execute()
}

async function organisation(ctx: Ctx, id: string) {
  const found = await organisationRows(ctx).where('organisation.id', '=', id).executeTakeFirst()
  if (!found) throw notFound('organisation')
  return found
}

export async function createOrganisation(ctx: Ctx, { name, domain = null }: Args<typeof addOrganisation>) {
  const id = newId()
  await ctx.db.insertInto('organisation').values({ id, name, domain }).execute()
  return organisation(ctx, id)
}

export async function alterOrganisation(ctx: Ctx, { id, ...about }: Args<typeof changeOrganisation>) {
  await organisation(ctx, id)
  if (Object.keys(about).length > 0) await ctx.db.updateTable('organisation').set(about).where('id', '=', id).execute()
  return organisation(ctx, id)
}
