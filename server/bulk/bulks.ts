import { sql } from 'kysely'
import type { Args, Ctx } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { enqueue } from '#server/core/jobs.ts'
import { conflict, notFound, Refusal } from '#server/core/refusal.ts'
import type * as api from '#shared/item/bulk.ts'
import { mostInBulk } from '#shared/item/bulk.ts'
import { keyOf, type GoOn } from './carry.ts'
import { doableNamed, type Doables } from './doable.ts'
import { told, undoUntil } from './told.ts'
import { chosen, requireSome } from './targets.ts'

const mostAtOnce = 3

export interface Means {
  readonly doables: Doables
  readonly goOn: GoOn
}

/** Takes down what is to be done to which records; it is carried out by a job, in the name of who asked. */
export async function startBulk(ctx: Ctx, { doables, goOn }: Means, wanted: Args<typeof api.startBulk>) {
  const { verb, input, label, ...targets } = wanted
  const { actor, now } = ctx
  if (actor.id === null || (actor.channel !== 'web' && actor.channel !== 'api'))
    throw new Error('A change of many records needs somebody who asks for it')
  const doable = doableNamed(doables, verb)
  doable.requireMay(ctx)
  doable.check(input)
  await requireTurn(ctx)
  const id = newId()
  await ctx.db
    .insertInto('bulk')
    .values({
      id,
      personId: actor.id,
      channel: actor.channel,
      permissions: [...actor.permissions],
      kind: targets.kind,
      verb,
      input: sql<object>`${JSON.stringify(input)}::jsonb`,
      label: label ?? verb,
      state: 'working',
      createdAt: now,
      beatAt: now,
    })
    .execute()
  const { numAffectedRows = 0n } = await sql`
    insert into bulk_record (bulk_id, item_id)
    select ${id}::uuid, found.id from (${await chosen(ctx, targets)} limit ${mostInBulk + 1}) found`.execute(ctx.db)
  requireSome(Number(numAffectedRows), targets)
  await enqueue(ctx, goOn, { id }, { key: keyOf(id) })
  return bulkOf(ctx, id)
}

async function requireTurn(ctx: Ctx) {
  const going = await mine(ctx).where('state', 'in', ['working', 'undoing']).execute()
  if (going.length >= mostAtOnce)
    throw new Refusal('too_many', `Wait for one of your ${mostAtOnce} changes of many records to end`, {
      retryAfter: 10,
    })
}

export async function cancelBulk(ctx: Ctx, { id }: Args<typeof api.cancelBulk>) {
  const { state } = await bulkOf(ctx, id)
  if (state === 'undoing') throw conflict('It is being taken back')
  await ctx.db
    .updateTable('bulk')
    .set({ state: 'cancelled', endedAt: ctx.now })
    .where('id', '=', id)
    .where('state', '=', 'working')
    .execute()
  return bulkOf(ctx, id)
}

export async function undoBulk(ctx: Ctx, { goOn }: Means, { id }: Args<typeof api.undoBulk>) {
  const bulk = await bulkOf(ctx, id)
  if (bulk.state === 'undoing' || bulk.state === 'undone') return bulk
  if (bulk.state === 'working') throw conflict('It still goes on; cancel it first')
  if (bulk.undoUntil === null) throw conflict('There is nothing to take back')
  if (bulk.undoUntil < ctx.now) throw conflict('It is too late to take this back')
  await ctx.db
    .updateTable('bulk')
    .set({ state: 'undoing', beatAt: ctx.now, endedAt: null })
    .where('id', '=', id)
    .execute()
  await enqueue(ctx, goOn, { id }, { key: keyOf(id) })
  return bulkOf(ctx, id)
}

export const getBulk = (ctx: Ctx, { id }: Args<typeof api.getBulk>) => bulkOf(ctx, id)

/** What goes on, and what ended so lately that it can still be taken back. */
export async function listBulks(ctx: Ctx) {
  const rows = await mine(ctx)
    .where((eb) => eb.or([eb('endedAt', 'is', null), eb('endedAt', '>', undoUntil(ctx.now, -1))]))
    .orderBy('createdAt', 'desc')
    .execute()
  return Promise.all(rows.map((row) => told(ctx, row)))
}

async function bulkOf(ctx: Ctx, id: string) {
  const row = await mine(ctx).where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound('change of many records')
  return told(ctx, row)
}

const mine = ({ db, actor }: Ctx) =>
  db
    .selectFrom('bulk')
    .select(['id', 'kind', 'label', 'state', 'createdAt', 'endedAt'])
    .where('personId', '=', actor.id)
