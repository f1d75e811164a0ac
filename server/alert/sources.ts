import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { bySystem, type Args, type Ctx, type Desk } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { conflict, notFound } from '#server/core/refusal.ts'
import type * as api from '#shared/alert.ts'
import type { Call } from '#server/core/http.ts'

export function listSources(ctx: Ctx) {
  return bySystem(ctx, (own) => sources(own).orderBy('name').execute())
}

/** Lets a monitoring tool report. Its token is told this once; the desk keeps only a hash. */
export async function addSource(ctx: Ctx, { type, name }: Args<typeof api.addSource>, _: Call | null, desk: Desk) {
  const token = `src_${randomBytes(24).toString('base64url')}`
  const id = newId()
  const personId = await addReporter(ctx, id, name)
  await ctx.db
    .insertInto('source')
    .values({ id, type, name, token: tokenHash(token), personId, createdAt: ctx.now })
    .execute()
  return { source: await sourceOf(ctx, id), url: `${desk.address}/api/events/${type}`, token }
}

/** What stands as requester in the incidents of a source: nobody can sign in as it. */
async function addReporter(ctx: Ctx, sourceId: string, name: string) {
  const organisationId = ctx.actor.organisation ?? (await firstOrganisation(ctx))
  const id = newId()
  await ctx.db
    .insertInto('person')
    .values({
      id,
      name,
      email: `${sourceId}@monitoring.invalid`,
      organisationId,
      audience: 'requester',
      createdAt: ctx.now,
    })
    .execute()
  return id
}

async function firstOrganisation({ db }: Ctx) {
  const first = await db.selectFrom('organisation').select('id').orderBy('id').limit(1).executeTakeFirst()
  if (!first) throw conflict('Set the desk up first')
  return first.id
}

export async function changeSource(ctx: Ctx, { id, ...set }: Args<typeof api.changeSource>) {
  await sourceOf(ctx, id)
  if (Object.keys(set).length > 0) await ctx.db.updateTable('source').set(set).where('id', '=', id).execute()
  return sourceOf(ctx, id)
}

export async function removeSource(ctx: Ctx, { id }: Args<typeof api.removeSource>) {
  await sourceOf(ctx, id)
  await bySystem(ctx, async ({ db }) => {
    await db
      .updateTable('source')
      .set({ active: false, token: randomBytes(32) })
      .where('id', '=', id)
      .execute()
    await db
      .updateTable('person')
      .set({ active: false })
      .where('id', 'in', (eb) => eb.selectFrom('source').select('personId').where('id', '=', id))
      .execute()
    await db.deleteFrom('source').where('id', '=', id).execute()
  })
  return { done: true as const }
}

async function sourceOf(ctx: Ctx, id: string) {
  const source = await bySystem(ctx, (own) => sources(own).where('source.id', '=', id).executeTakeFirst())
  if (!source) throw notFound('source')
  return source
}

function sources({ db }: Ctx) {
  return db
    .selectFrom('source')
    .select(['source.id', 'type', 'name', 'active', 'createdAt', 'lastSeenAt'])
    .select(sql<number>`(select coalesce(sum(signals), 0) from alert where alert.source_id = source.id)`.as('signals'))
}

export const tokenHash = (token: string) => createHash('sha256').update(token).digest()
