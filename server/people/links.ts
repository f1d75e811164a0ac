import { bySystem, type Ctx, type Desk } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { Refusal } from '#server/core/refusal.ts'
import { hashOf, newSecret } from './secret.ts'

export type Purpose = 'set-up' | 'invitation' | 'reset' | 'sign-in'

const minute = 60_000
const lives: Record<Purpose, number> = {
  'set-up': 24 * 60 * minute,
  invitation: 7 * 24 * 60 * minute,
  reset: 30 * minute,
  'sign-in': 60 * minute,
}

/**
 * Makes a link that works once, and answers its token. It takes the place of the ones made for the same person and
 * purpose before; a link that sets the desk up, which is nobody's, does not, since several processes may print one each.
 */
export function makeLink(ctx: Ctx, purpose: Purpose, personId: string | null) {
  return bySystem(ctx, async ({ db }) => {
    await db
      .updateTable('oneTimeLink')
      .set({ usedAt: ctx.now })
      .where('personId', '=', personId)
      .where('purpose', '=', purpose)
      .where('usedAt', 'is', null)
      .execute()
    const { secret, hash } = newSecret()
    const expiresAt = new Date(Date.parse(ctx.now) + lives[purpose]).toISOString()
    await db
      .insertInto('oneTimeLink')
      .values({ id: newId(), personId, purpose, hash, createdAt: ctx.now, expiresAt })
      .execute()
    return secret
  })
}

export const linkTo = ({ address }: Pick<Desk, 'address'>, token: string) => `${address}/link/${token}`
export const setUpLinkTo = ({ address }: Pick<Desk, 'address'>, token: string) => `${address}/set-up?token=${token}`

/** What a link is for and for whom, while it is good. It is held until the transaction ends: nobody uses it meanwhile. */
export function holdLink(ctx: Ctx, token: string) {
  return bySystem(ctx, async ({ db }) => {
    const link = await goodLinks(db, token, ctx.now).forUpdate('oneTimeLink').executeTakeFirst()
    return link ?? refuse()
  })
}

/** The same without holding it, to look only. */
export function seeLink(ctx: Ctx, token: string) {
  return bySystem(ctx, async ({ db }) => (await goodLinks(db, token, ctx.now).executeTakeFirst()) ?? refuse())
}

export function spendLink(ctx: Ctx, id: string) {
  return bySystem(ctx, ({ db }) =>
    db.updateTable('oneTimeLink').set({ usedAt: ctx.now }).where('id', '=', id).execute(),
  )
}

/** Makes all of somebody's links worthless. */
export function voidLinks(ctx: Ctx, personId: string) {
  return bySystem(ctx, ({ db }) =>
    db
      .updateTable('oneTimeLink')
      .set({ usedAt: ctx.now })
      .where('personId', '=', personId)
      .where('usedAt', 'is', null)
      .execute(),
  )
}

function goodLinks(db: Ctx['db'], token: string, now: string) {
  return db
    .selectFrom('oneTimeLink')
    .leftJoin('person', 'person.id', 'oneTimeLink.personId')
    .select(['oneTimeLink.id', 'purpose', 'personId', 'person.name', 'person.email'])
    .where('hash', '=', hashOf(token))
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .where((eb) => eb.or([eb('personId', 'is', null), eb('person.active', '=', true)]))
}

function refuse(): never {
  throw new Refusal('not_found', 'This link was used already, or is too old. Ask for a new one.')
}
