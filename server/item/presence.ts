import { sql } from 'kysely'
import { z } from 'zod'
import { as, system, type Args, type Ctx, type Desk } from '#server/core/desk.ts'
import { job } from '#server/core/jobs.ts'
import { forbidden } from '#server/core/refusal.ts'
import { goneAfterMs, type Doing, type Present } from '#shared/item/presence.ts'
import type * as api from '#shared/item/presence.ts'
import { requireItem } from './hold.ts'

export async function listPresent(ctx: Ctx, { itemId }: Args<typeof api.listPresent>) {
  requireStaff(ctx)
  await requireItem(ctx, itemId)
  return others(ctx, itemId)
}

export async function look(ctx: Ctx, { itemId, page, doing }: Args<typeof api.look>) {
  requireStaff(ctx)
  await requireItem(ctx, itemId)
  const now = { itemId, doing, seenAt: ctx.now }
  await ctx.db
    .insertInto('presence')
    .values({ personId: ctx.actor.id ?? '', page, ...now })
    .onConflict((known) => known.columns(['personId', 'page']).doUpdateSet(now))
    .execute()
  return others(ctx, itemId)
}

export async function lookAway(ctx: Ctx, { page }: Args<typeof api.lookAway>) {
  requireStaff(ctx)
  await leave(ctx, ctx.actor.id, page)
  return { done: true } as const
}

/** The page is gone, whoever was to say so. */
export const endPresence = (desk: Desk, personId: string, page: string) =>
  as(desk, system, (ctx) => leave(ctx, personId, page))

/** That somebody looks at a record is told to staff alone: a requester could read from it what is not said to them. */
function requireStaff({ actor }: Ctx) {
  if (actor.audience !== 'staff') throw forbidden('You may not do this: it is for staff')
}

async function leave({ db }: Ctx, personId: string | null, page: string) {
  await db.deleteFrom('presence').where('personId', '=', personId).where('page', '=', page).execute()
}

const since = (now: string) => new Date(Date.parse(now) - goneAfterMs).toISOString()

/** Each colleague once, with the most that they do on any of their pages: the words stand in that order. */
async function others({ db, actor, now }: Ctx, itemId: string) {
  const { rows } = await sql<Present>`
    select person.id, person.name, max(doing) as doing from presence join person on person.id = person_id
    where item_id = ${itemId} and person_id <> ${actor.id} and seen_at > ${since(now)} and person.active
    group by person.id, person.name order by lower(person.name), person.id`.execute(db)
  return rows
}

export interface Onlooker {
  readonly personId: string
  readonly page: string
  readonly itemId: string
  readonly doing: Doing
}

/** Who has which record before them, all over the desk. */
export const onlookers = ({ db, now }: Ctx): Promise<Onlooker[]> =>
  db
    .selectFrom('presence')
    .select(['personId', 'page', 'itemId', 'doing'])
    .where('seenAt', '>', since(now))
    .orderBy('personId')
    .orderBy('page')
    .execute()

/** Pages whose desk was killed never said that they had gone. */
export const sweepPresence = job({
  name: 'item.sweep-presence',
  input: z.object({}),
  cron: '*/10 * * * *',
  run: (desk) =>
    as(desk, system, async ({ db, now }) => {
      await db.deleteFrom('presence').where('seenAt', '<', since(now)).execute()
    }),
})
