import type { Ctx } from '#server/core/desk.ts'
import type { Call } from '#server/core/http.ts'
import { newId } from '#server/core/id.ts'
import { hashOf, newSecret } from '#server/people/people.ts'

const hour = 3_600_000
/** Sessions end when nothing was done in them for so long: a working day for staff, a week for requesters. */
const idle = { staff: 12 * hour, requester: 7 * 24 * hour } as const
/** However busy, a session ends after 30 days. */
const longest = 30 * 24 * hour

/** Whose last visit lies before this has gone. */
export const idleSince = (audience: keyof typeof idle, now: number) => new Date(now - idle[audience]).toISOString()

/** Signs somebody in under a secret of this session's own; the one that the browser came with is worth nothing more. */
export async function startSession(ctx: Ctx, call: Call, personId: string) {
  const { session, agent, address } = call
  const { secret, hash } = newSecret()
  if (session) await endSessionOf(ctx, session)
  const expiresAt = new Date(Date.parse(ctx.now) + longest).toISOString()
  await ctx.db
    .insertInto('session')
    .values({ id: newId(), personId, hash, agent, address, createdAt: ctx.now, lastSeenAt: ctx.now, expiresAt })
    .execute()
  await ctx.db.updateTable('person').set({ lastSeenAt: ctx.now }).where('id', '=', personId).execute()
  call.setSession(secret)
}

export function endSessionOf({ db }: Ctx, secret: string) {
  return db.deleteFrom('session').where('hash', '=', hashOf(secret)).execute()
}
