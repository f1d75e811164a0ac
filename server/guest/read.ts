import { bySystem, type Args, type Ctx } from '#server/core/desk.ts'
import { notFound } from '#server/core/refusal.ts'
import { happen, holdItem, requireItem } from '#server/item/item.ts'
import { authorRef } from '#server/people/people.ts'
import type * as api from '#shared/guest.ts'

/** Whoever came by a link learns whose it is and what it opens, and nothing of the desk but its name. */
export function getGuest(ctx: Ctx) {
  const { id, only, permissions } = ctx.actor
  if (id === null || only === undefined) throw notFound('link: this is for whoever came by one')
  return bySystem(ctx, async ({ db, now }) => {
    const links = db.selectFrom('guestLink').where('personId', '=', id).where('itemId', '=', only)
    const { expiresAt } = await links
      .select((eb) => eb.fn.max('expiresAt').as('expiresAt'))
      .where('expiresAt', '>', now)
      .executeTakeFirstOrThrow()
    const person = await db
      .selectFrom('person')
      .leftJoin('credential', 'credential.personId', 'person.id')
      .select(['person.id', 'person.name', 'person.zone'])
      .select((eb) => eb('credential.password', 'is not', null).$castTo<boolean>().as('hasPassword'))
      .where('person.id', '=', id)
      .executeTakeFirstOrThrow()
    const { number } = await db.selectFrom('item').select('number').where('id', '=', only).executeTakeFirstOrThrow()
    const { deskName: desk } = await db.selectFrom('setting').select('deskName').executeTakeFirstOrThrow()
    return { ...person, desk, number, expiresAt, mayWrite: permissions.has('item.comment') }
  })
}

export async function listGuestLinks(ctx: Ctx, { itemId }: Args<typeof api.listGuestLinks>) {
  await requireItem(ctx, itemId)
  return bySystem(ctx, ({ db, now }) =>
    db
      .selectFrom('guestLink')
      .select((eb) => [
        authorRef('guestLink.personId').as('person'),
        eb.fn.countAll<number>().as('links'),
        eb.fn.max('expiresAt').as('expiresAt'),
        eb.fn.max('lastUsedAt').as('lastUsedAt'),
      ])
      .where('itemId', '=', itemId)
      .where('expiresAt', '>', now)
      .where('onlyLook', '=', false)
      .groupBy('guestLink.personId')
      .execute(),
  )
}

/** Makes all links to a record worthless, for whoever has them by now. The next letter brings a new one. */
export async function withdrawGuestLinks(ctx: Ctx, { itemId }: Args<typeof api.withdrawGuestLinks>) {
  const held = await holdItem(ctx, itemId)
  const { numDeletedRows } = await bySystem(ctx, ({ db }) =>
    db.deleteFrom('guestLink').where('itemId', '=', itemId).executeTakeFirstOrThrow(),
  )
  if (numDeletedRows > 0n) await happen(ctx, held, { name: 'guest.withdrawn', data: {}, internal: true })
  return { done: true } as const
}
