import { Secret } from 'otpauth'
import { bySystem, type Args, type Ctx } from '#server/core/desk.ts'
import type { Call } from '#server/core/http.ts'
import { conflict, invalid } from '#server/core/refusal.ts'
import type { confirmTotp, startTotp, stopTotp } from '#shared/session.ts'
import { beginAttempt, failAttempt, passAttempt } from './attempts.ts'
import { authenticator, newRecoveryCodes, spendStep } from './code.ts'
import { owner, requirePassword } from './own.ts'
import { seal } from './seal.ts'

export async function begin(ctx: Ctx, { password }: Args<typeof startTotp>, call: Call) {
  const person = await owner(ctx)
  const { deskName } = await ctx.db.selectFrom('setting').select('deskName').executeTakeFirstOrThrow()
  return bySystem(ctx, async (asDesk) => {
    await requirePassword(asDesk, person, call, ['password', password])
    if (await isOn(asDesk, person.id)) throw conflict('Sign-in asks for a code already; turn that off first')
    const secret = new Secret({ size: 20 }).base32
    await asDesk.db
      .updateTable('credential')
      .set({ totpSecret: await seal(asDesk, secret, person.id), totpConfirmed: false, totpLastStep: 0 })
      .where('personId', '=', person.id)
      .execute()
    return { secret, uri: authenticator(secret, deskName, person.email).toString() }
  })
}

export async function confirm(ctx: Ctx, { code }: Args<typeof confirmTotp>, call: Call) {
  const person = await owner(ctx)
  return bySystem(ctx, async (asDesk) => {
    if (await isOn(asDesk, person.id)) throw conflict('Sign-in asks for a code already')
    const attempt = await beginAttempt(asDesk, person.email, call.address)
    if (!(await spendStep(asDesk, person.id, code)))
      await failAttempt(asDesk, attempt, invalid({ code: 'That code does not fit; is the clock of your phone right?' }))
    await passAttempt(asDesk, attempt)
    const { codes, hashes } = await newRecoveryCodes(asDesk)
    await asDesk.db
      .updateTable('credential')
      .set({ totpConfirmed: true, recoveryCodes: hashes })
      .where('personId', '=', person.id)
      .execute()
    return { recoveryCodes: codes }
  })
}

export async function stop(ctx: Ctx, { password }: Args<typeof stopTotp>, call: Call) {
  const person = await owner(ctx)
  return bySystem(ctx, async (asDesk) => {
    await requirePassword(asDesk, person, call, ['password', password])
    await forgetCodes(asDesk, person.id)
    return { done: true } as const
  })
}

export function forgetCodes({ db }: Ctx, personId: string) {
  return db
    .updateTable('credential')
    .set({ totpSecret: null, totpConfirmed: false, recoveryCodes: [] })
    .where('personId', '=', personId)
    .execute()
}

export async function isOn({ db }: Ctx, personId: string) {
  const kept = await db
    .selectFrom('credential')
    .select('totpConfirmed')
    .where('personId', '=', personId)
    .executeTakeFirst()
  return kept?.totpConfirmed ?? false
}
