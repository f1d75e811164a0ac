import { bySystem, type Args, type Ctx } from '#server/core/desk.ts'
import { notFound } from '#server/core/refusal.ts'
import type { activatePerson, deactivatePerson } from '#shared/people.ts'
import { keepAnAdministrator } from './administrators.ts'
import { voidLinks } from './links.ts'

const most = 100

/** Ends somebody's access in this very transaction, and lists what they leave behind. */
export async function deactivate(ctx: Ctx, { id }: Args<typeof deactivatePerson>) {
  await setActive(ctx, id, false)
  await endAccess(ctx, id)
  await keepAnAdministrator(ctx)
  return left(ctx, id)
}

export async function activate(ctx: Ctx, { id }: Args<typeof activatePerson>) {
  await setActive(ctx, id, true)
  return { done: true } as const
}

async function setActive({ db }: Ctx, id: string, active: boolean) {
  const { numUpdatedRows } = await db.updateTable('person').set({ active }).where('id', '=', id).executeTakeFirst()
  if (numUpdatedRows === 0n) throw notFound('person')
}

/** That these are gone is felt at the next request, wherever it is answered. */
async function endAccess(ctx: Ctx, personId: string) {
  await voidLinks(ctx, personId)
  await bySystem(ctx, async ({ db }) => {
    await db.deleteFrom('session').where('personId', '=', personId).execute()
    await db.deleteFrom('token').where('personId', '=', personId).execute()
    await db.deleteFrom('guestLink').where('personId', '=', personId).execute()
  })
}

async function left(ctx: Ctx, id: string) {
  const mine = (db: Ctx['db']) =>
    db.selectFrom('item').where('assigneeId', '=', id).where('phase', 'in', ['open', 'waiting'])
  const records = await mine(ctx.db)
    .select(['id', 'kind', 'number', 'title'])
    .orderBy('createdAt')
    .limit(most)
    .execute()
  // The number counts what the administrator may not read, too: somebody has to take it over.
  const { count } = await bySystem(ctx, ({ db }) =>
    mine(db)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow(),
  )
  const leads = await ctx.db
    .selectFrom('member')
    .innerJoin('team', 'team.id', 'member.teamId')
    .select(['team.id', 'team.name'])
    .where('member.personId', '=', id)
    .where('member.lead', '=', true)
    .where('team.retired', '=', false)
    .orderBy('team.name')
    .execute()
  const services = await ctx.db
    .selectFrom('service')
    .select(['id', 'name'])
    .where('ownerId', '=', id)
    .where('retired', '=', false)
    .orderBy('name')
    .execute()
  return { records, recordCount: count, leads, services }
}
