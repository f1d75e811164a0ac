import { bySystem, type Args, type Ctx } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { forbidden, notFound } from '#server/core/refusal.ts'
import { newSecret } from '#server/people/people.ts'
import { permissionNames, type Permission } from '#shared/access.ts'
import type { addToken, removeToken } from '#shared/session.ts'
import { tokenPrefix } from './authenticate.ts'
import { owner } from './own.ts'

const day = 86_400_000

export function tokens(ctx: Ctx) {
  return bySystem(ctx, async ({ db }) => {
    const rows = await db
      .selectFrom('token')
      .select(['id', 'name', 'scopes', 'createdAt', 'expiresAt', 'lastUsedAt'])
      .where('personId', '=', ctx.actor.id)
      .orderBy('createdAt', 'desc')
      .execute()
    return rows.map((row) => ({ ...row, scopes: scopesOf(row.scopes) }))
  })
}

const scopesOf = (kept: string[] | null): Permission[] | null =>
  kept && permissionNames.filter((name) => kept.includes(name))

export async function addOwnToken(ctx: Ctx, input: Args<typeof addToken>) {
  const { id } = await owner(ctx)
  const beyond = input.scopes?.find((scope) => !ctx.actor.permissions.has(scope))
  if (beyond) throw forbidden(`You may not do this yourself: ${beyond}`)
  return createToken(ctx, id, input)
}

/** Makes a token with which a program does what a person may, or some of it. It is told once, and kept as a hash. */
export function createToken(ctx: Ctx, personId: string, { name, scopes = null, days }: Args<typeof addToken>) {
  return bySystem(ctx, async ({ db }) => {
    const { secret: token, hash } = newSecret(tokenPrefix)
    const expiresAt = new Date(Date.parse(ctx.now) + days * day).toISOString()
    const about = { id: newId(), name, scopes, createdAt: ctx.now, expiresAt, lastUsedAt: null }
    await db
      .insertInto('token')
      .values({ ...about, personId, hash })
      .execute()
    return { token, about }
  })
}

export async function removeOwnToken(ctx: Ctx, { id }: Args<typeof removeToken>) {
  const { numDeletedRows } = await bySystem(ctx, ({ db }) =>
    db.deleteFrom('token').where('id', '=', id).where('personId', '=', ctx.actor.id).executeTakeFirst(),
  )
  if (numDeletedRows === 0n) throw notFound('token')
  return { done: true } as const
}
