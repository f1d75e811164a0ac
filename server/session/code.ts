import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import type { Ctx } from '#server/core/desk.ts'
import { keyedHash, unseal } from './seal.ts'

const period = 30

export function authenticator(secret: string, issuer: string, label: string) {
  return new TOTP({ issuer, label, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period })
}

/** Whether the code is right, and if so, uses it up: each step of the clock, and each recovery code, counts once. */
export async function spendCode(ctx: Ctx, personId: string, code: string) {
  const plain = code.replaceAll(/[\s-]/g, '').toUpperCase()
  return /^\d{6}$/.test(plain) ? spendStep(ctx, personId, plain) : spendRecovery(ctx, personId, plain)
}

export async function spendStep({ db, ...ctx }: Ctx, personId: string, code: string) {
  const kept = await db
    .selectFrom('credential')
    .select('totpSecret')
    .where('personId', '=', personId)
    .executeTakeFirst()
  if (!kept?.totpSecret) return false
  const secret = await unseal({ ...ctx, db }, kept.totpSecret, personId)
  const timestamp = Date.parse(ctx.now)
  const off = authenticator(secret, '', '').validate({ token: code, timestamp, window: 1 })
  if (off === null) return false
  const step = Math.floor(timestamp / 1000 / period) + off
  const { numUpdatedRows } = await db
    .updateTable('credential')
    .set({ totpLastStep: step })
    .where('personId', '=', personId)
    .where('totpLastStep', '<', step)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

async function spendRecovery(ctx: Ctx, personId: string, code: string) {
  const hash = await keyedHash(ctx, code)
  const { numUpdatedRows } = await ctx.db
    .updateTable('credential')
    .set({ recoveryCodes: sql`array_remove(recovery_codes, ${hash})` })
    .where('personId', '=', personId)
    .where('totpConfirmed', '=', true)
    .where(sql<boolean>`${hash} = any(recovery_codes)`)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

// Neither I nor O, which are read as 1 and 0.
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const one = () => Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join('')

/** Ten codes for the day the authenticator is lost, as they are shown, and as they are kept. */
export async function newRecoveryCodes(ctx: Ctx) {
  const codes = Array.from({ length: 10 }, one)
  const hashes = await Promise.all(codes.map((code) => keyedHash(ctx, code)))
  return { codes: codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`), hashes }
}
