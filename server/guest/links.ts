import { z } from 'zod'
import { as, bySystem, system, type Ctx, type Desk } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { job } from '#server/core/jobs.ts'
import { within } from '#server/core/reactions.ts'
import { newSecret } from '#server/people/people.ts'
import { guestDays, guestDaysOnceClosed, guestPrefix } from '#shared/guest.ts'

interface For {
  readonly itemId: string
  readonly personId: string
  readonly lastsMs?: number
  readonly onlyLook?: boolean
}

const dayMs = 86_400_000

/** Makes a link that opens one record for one person, as often as they like until it ends, and answers its token. */
export async function makeGuestLink(ctx: Ctx, { lastsMs = guestDays * dayMs, onlyLook = false, ...about }: For) {
  const { secret, hash } = newSecret(guestPrefix)
  const link = { id: newId(), hash, createdAt: ctx.now, expiresAt: after(ctx, lastsMs), onlyLook, ...about }
  await bySystem(ctx, ({ db }) => db.insertInto('guestLink').values(link).execute())
  return secret
}

/** The token stands behind a # and so stays in the browser: no server on the way, and no page linked to, is told of it. */
export const guestLinkTo = ({ address }: Pick<Desk, 'address'>, token: string, score?: number) =>
  `${address}/guest${score === undefined ? '' : `?score=${score}`}#${token}`

/** A record that is over can still be looked at for a while; links that are mailed later end by themselves. */
export const endOnceClosed = within(['incident.closed', 'incident.cancelled'], async (ctx, { itemId }) => {
  const expiresAt = after(ctx, guestDaysOnceClosed * dayMs)
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

const after = ({ now }: Ctx, ms: number) => new Date(Date.parse(now) + ms).toISOString()
