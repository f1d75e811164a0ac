import { bySystem, type Args, type Ctx } from '#server/core/desk.ts'
import type { Call } from '#server/core/http.ts'
import { forbidden, invalid, notFound } from '#server/core/refusal.ts'
import { hashOf } from '#server/people/people.ts'
import type { changePassword, endSession } from '#shared/session.ts'
import { beginAttempt, failAttempt, passAttempt } from './attempts.ts'
import { isPassword, setPassword } from './password.ts'
import { idleSince } from './start.ts'

/** The one who is signed in; an API token, which may be scoped, changes nothing about how its owner signs in. */
export async function owner(ctx: Ctx) {
  if (ctx.actor.channel === 'api') throw forbidden('Do this in the browser: an API token may not')
  const id = ctx.actor.id ?? ''
  return ctx.db.selectFrom('person').select(['id', 'name', 'email']).where('id', '=', id).executeTakeFirstOrThrow()
}

type Owner = Awaited<ReturnType<typeof owner>>

/** Asks for the password once more, and counts wrong ones as sign-in does: a session left open must not be enough. */
export async function requirePassword(
  ctx: Ctx,
  { id, email }: Owner,
  call: Call,
  field: [name: string, given: string],
) {
  const [name, given] = field
  const attempt = await beginAttempt(ctx, email, call.address)
  const kept = await ctx.db.selectFrom('credential').select('password').where('personId', '=', id).executeTakeFirst()
  if (!(await isPassword(kept?.password, given)))
    await failAttempt(ctx, attempt, invalid({ [name]: 'That is not your password' }))
  await passAttempt(ctx, attempt)
}

export async function changeOwnPassword(ctx: Ctx, { current, password }: Args<typeof changePassword>, call: Call) {
  const person = await owner(ctx)
  return bySystem(ctx, async (asDesk) => {
    await requirePassword(asDesk, person, call, ['current', current])
    await setPassword(asDesk, person, password)
    await endSessions(asDesk, person.id, call.session)
    return { done: true } as const
  })
}

/** Ends all of somebody's sessions but the one of this secret. */
export function endSessions({ db }: Ctx, personId: string, but: string | null = null) {
  return db
    .deleteFrom('session')
    .where('personId', '=', personId)
    .$if(but !== null, (all) => all.where('hash', '!=', hashOf(but ?? '')))
    .execute()
}

export function sessions(ctx: Ctx, _: unknown, { session }: Call) {
  const { id, audience } = ctx.actor
  return bySystem(ctx, async ({ db }) => {
    const rows = await db
      .selectFrom('session')
      .select(['id', 'hash', 'agent', 'address', 'createdAt', 'lastSeenAt'])
      .where('personId', '=', id)
      .where('expiresAt', '>', ctx.now)
      .where('lastSeenAt', '>=', idleSince(audience === 'staff' ? 'staff' : 'requester', Date.parse(ctx.now)))
      .orderBy('lastSeenAt', 'desc')
      .execute()
    const mine = session ? hashOf(session) : null
    return rows.map(({ hash, ...row }) => ({ ...row, current: mine?.equals(hash) ?? false }))
  })
}

export async function endOwnSession(ctx: Ctx, { id }: Args<typeof endSession>) {
  const person = await owner(ctx)
  const { numDeletedRows } = await bySystem(ctx, ({ db }) =>
    db.deleteFrom('session').where('id', '=', id).where('personId', '=', person.id).executeTakeFirst(),
  )
  if (numDeletedRows === 0n) throw notFound('session')
  return { done: true } as const
}
