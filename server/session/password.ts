import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import type { Ctx } from '#server/core/desk.ts'
import { invalid } from '#server/core/refusal.ts'
import { voidLinks } from '#server/people/people.ts'
import { weakness } from './weak.ts'

/** Of Argon2id, which is what the library makes when it is not told otherwise. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** What is compared with when there is nothing to compare with, so that an unknown address takes as long as any. */
let standIn: Promise<string> | null = null

/** Whether it is the password; as slow for somebody who has none. */
export async function isPassword(kept: string | null | undefined, given: string) {
  standIn ??= hash(randomBytes(16).toString('hex'), cost)
  const right = await verify(kept ?? (await standIn), given)
  return right && typeof kept === 'string'
}

export interface Owner {
  readonly id: string
  readonly name: string
  readonly email: string
}

/** Sets somebody's password. Whatever else could let somebody in their place in ends: links, and guesses held against them. */
export async function setPassword(ctx: Ctx, owner: Owner, password: string) {
  const weak = weakness(password, owner)
  if (weak) throw invalid({ password: weak })
  const values = { password: await hash(password, cost), passwordAt: ctx.now }
  await ctx.db
    .insertInto('credential')
    .values({ personId: owner.id, ...values })
    .onConflict((there) => there.column('personId').doUpdateSet(values))
    .execute()
  await voidLinks(ctx, owner.id)
  await ctx.db.deleteFrom('failedSignIn').where('email', '=', owner.email).execute()
}
