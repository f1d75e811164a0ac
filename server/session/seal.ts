import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import type { Ctx } from '#server/core/desk.ts'

/** A key that the desk makes for itself, once, and keeps in its database. Needs the eyes of the desk itself. */
async function deskKey({ db }: Ctx, name: string) {
  const find = () => db.selectFrom('deskKey').select('value').where('name', '=', name).executeTakeFirst()
  const there = await find()
  if (there) return there.value
  await db
    .insertInto('deskKey')
    .values({ name, value: randomBytes(32) })
    .onConflict((same) => same.doNothing())
    .execute()
  return (await find())!.value
}

/** Hides a secret so that it opens only with the desk's key, and only for whom it was sealed. */
export async function seal(ctx: Ctx, secret: string, of: string) {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await deskKey(ctx, 'seal'), iv).setAAD(Buffer.from(of))
  const hidden = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), hidden]).toString('base64url')
}

export async function unseal(ctx: Ctx, sealed: string, of: string) {
  const bytes = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', await deskKey(ctx, 'seal'), bytes.subarray(0, 12), {
    authTagLength: 16,
  })
  decipher.setAAD(Buffer.from(of)).setAuthTag(bytes.subarray(12, 28))
  return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8')
}

/** A hash that cannot be tried out without the desk's key, for codes short enough to type. */
export async function keyedHash(ctx: Ctx, code: string) {
  return createHmac('sha256', await deskKey(ctx, 'codes'))
    .update(code)
    .digest('base64url')
}
