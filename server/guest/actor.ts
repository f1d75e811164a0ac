import { as, system, type Actor, type Ctx, type Desk } from '#server/core/desk.ts'
import { forbidden, Refusal } from '#server/core/refusal.ts'
import { actorOf, actorRows, hashOf } from '#server/people/people.ts'
import type { Permission } from '#shared/access.ts'
import { guestWritesAnHour } from '#shared/guest.ts'

const minute = 60_000
/** What a link lets somebody do with its record: all of it that they may do signed in, or where they cannot sign in. */
const most: readonly Permission[] = ['item.read', 'item.comment']

/**
 * Who comes by a link, for as long as it lasts and the record is still theirs: a requester for whom there is that one
 * record. It is looked up at each request, so that a link which is withdrawn is worthless at the next one.
 */
export async function guestWith(desk: Desk, secret: string, { writes }: { writes: boolean }): Promise<Actor | null> {
  const row = await as(desk, system, (ctx) => guestRow(ctx, secret), { access: 'read only' })
  if (!row) return null
  if (writes && row.onlyLook) throw forbidden('You only look at this as its requester sees it')
  if (writes) await as(desk, system, (ctx) => requirePace(ctx, row.itemId), { access: 'read only' })
  await seen(desk, row)
  const { permissions, onlyLook } = row
  const theirs = permissions.length === 0 ? most : most.filter((one) => permissions.includes(one))
  const may = onlyLook ? theirs.filter((one) => one === 'item.read') : theirs
  return { ...actorOf({ ...row, audience: 'requester', permissions: may, teams: [] }, 'link'), only: row.itemId }
}

type GuestRow = NonNullable<Awaited<ReturnType<typeof guestRow>>>

function guestRow({ db, now }: Ctx, secret: string) {
  return actorRows(db)
    .innerJoin('guestLink', 'guestLink.personId', 'person.id')
    .innerJoin('item', 'item.id', 'guestLink.itemId')
    .select(['guestLink.id as linkId', 'guestLink.itemId', 'guestLink.lastUsedAt', 'guestLink.onlyLook'])
    .where('guestLink.hash', '=', hashOf(secret))
    .where('guestLink.expiresAt', '>', now)
    .whereRef('item.requesterId', '=', 'person.id')
    .executeTakeFirst()
}

/** A link is easily passed on: whoever has it can write, but not without end. */
async function requirePace({ db, now }: Ctx, itemId: string) {
  const { count } = await db
    .selectFrom('event')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('itemId', '=', itemId)
    .where('channel', '=', 'link')
    .where('recordedAt', '>', new Date(Date.parse(now) - 60 * minute).toISOString())
    .executeTakeFirstOrThrow()
  if (count >= guestWritesAnHour)
    throw new Refusal('too_many', 'That is a lot within an hour; wait a little, or sign in', { retryAfter: 600 })
}

/** Noted at most once a minute, and not where nothing may be written. */
async function seen(desk: Desk, { linkId, lastUsedAt }: GuestRow) {
  const aMinuteAgo = new Date(Date.now() - minute).toISOString()
  if (desk.readOnly.why !== null || (lastUsedAt !== null && lastUsedAt >= aMinuteAgo)) return
  await as(desk, system, ({ db, now }) =>
    db.updateTable('guestLink').set({ lastUsedAt: now }).where('id', '=', linkId).execute(),
  )
}
