import type { Args, Ctx, Desk } from '#server/core/desk.ts'
import type { Call } from '#server/core/http.ts'
import { notFound } from '#server/core/refusal.ts'
import { lookMinutes } from '#shared/guest.ts'
import type * as api from '#shared/guest.ts'
import { guestLinkTo, makeGuestLink } from './links.ts'

/** Makes a link by which staff see a record of theirs as its requester does, and can write nothing. */
export async function lookAsRequester(ctx: Ctx, { itemId }: Args<typeof api.lookAsRequester>, _: Call, desk: Desk) {
  const { id, requesterId } = await ctx.db
    .selectFrom('item')
    .select(['id', 'requesterId'])
    .where('id', '=', itemId)
    .executeTakeFirstOrThrow(() => notFound('record'))
  const look = { itemId: id, personId: requesterId, lastsMs: lookMinutes * 60_000, onlyLook: true }
  return { url: guestLinkTo(desk, await makeGuestLink(ctx, look)) }
}
