import type { Insertable } from 'kysely'
import { z } from 'zod'
import { as, bySystem, system, type Args, type Ctx, type Desk } from '#server/core/desk.ts'
import type { Call } from '#server/core/http.ts'
import { newId } from '#server/core/id.ts'
import { job } from '#server/core/jobs.ts'
import { within } from '#server/core/reactions.ts'
import { notFound } from '#server/core/refusal.ts'
import type { GuestLinkTable } from '#server/core/tables.ts'
import { newSecret } from '#server/people/people.ts'
import { guestDays, guestDaysOnceClosed, guestPrefix, lookMinutes } from '#shared/guest.ts'
import type * as api from '#shared/guest.ts'

interface For {
  readonly itemId: string
  readonly personId: string
  readonly days?: number
}

const dayMs = 86_400_000

/** Makes a link that opens one record for one person, as often as they like until it ends, and answers its token. */
export async function makeGuestLink(ctx: Ctx, { itemId, personId, days = guestDays }: For) {
  return makeLink(ctx, { itemId, personId, expiresAt: inDays(ctx, days), onlyLook: false })
}

/** Makes a link by which staff see a record of theirs as its requester does, and can write nothing. */
export async function lookAsRequester(ctx: Ctx, { itemId }: Args<typeof api.lookAsRequester>, _: Call, desk: Desk) {
  const { id, requesterId } = await ctx.db
    .selectFrom('item')
    .select(['id', 'requesterId'])
    .where('id', '=', itemId)
    .executeTakeFirstOrThrow(() => notFound('record'))
  const expiresAt = inDays(ctx, (lookMinutes * 60_000) / dayMs)
  const token = await makeLink(ctx, { itemId: id, personId: requesterId, expiresAt, onlyLook: true })
  return { url: guestLinkTo(desk, token) }
}

async function makeLink(ctx: Ctx, about: Omit<Insertable<GuestLinkTable>, 'id' | 'hash' | 'createdAt'>) {
  const { secret, hash } = newSecret(guestPrefix)
  const link = { id: newId(), hash, createdAt: ctx.now, ...about }
  await bySystem(ctx, ({ db }) => db.insertInto('guestLink').values(link).execute())
  return secret
}

/** The token stands behind a # and so stays in the browser: no server on the way, and no page linked to, is told of it. */
export const guestLinkTo = ({ address }: Pick<Desk, 'address'>, token: string, score?: number) =>
  `${address}/guest${score === undefined ? '' : `?score=${score}`}#${token}`

/** A record that is over can still be looked at for a while; links that are mailed later end by themselves. */
export const endOnceClosed = within(['incident.closed', 'incident.cancelled'], async (ctx, { itemId }) => {
  const expiresAt = inDays(ctx, guestDaysOnceClosed)
  await bySystem(ctx, ({ db }) =>
    db
      .updateTable('guestLink')
      .set({ expiresAt })
      .where('itemId', '=', itemId)
      .where('expiresAt', '>', expiresAt)
      .execute(),
  )
})

export const tidyGuestLinks = job({
  name: 'guest.tidy',
  input: z.object({}),
  cron: '27 * * * *',
  run: (desk) =>
    as(desk, system, async ({ db, now }) => {
      await db.deleteFrom('guestLink').where('expiresAt', '<', now).execute()
    }),
})

const inDays = ({ now }: Ctx, days: number) => new Date(Date.parse(now) + days * dayMs).toISOString()
