import { bySystem, type Args, type Ctx } from '#server/core/desk.ts'
import type { Call } from '#server/core/http.ts'
import { Refusal } from '#server/core/refusal.ts'
import type { signIn } from '#shared/session.ts'
import { beginAttempt, failAttempt, passAttempt } from './attempts.ts'
import { spendCode } from './code.ts'
import { isPassword } from './password.ts'
import { endSessionOf, startSession } from './start.ts'

/** Signs in with a password, and a code where one is asked for. An unknown address fares exactly as a wrong password. */
export function signInWith(ctx: Ctx, { email, password, code }: Args<typeof signIn>, call: Call) {
  return bySystem(ctx, async (asDesk) => {
    const attempt = await beginAttempt(asDesk, email, call.address)
    const person = await byEmail(asDesk, email)
    if (!(await isPassword(person?.password, password)) || !person)
      return failAttempt(asDesk, attempt, refused('The e-mail address or the password is wrong'))
    if (person.totpConfirmed) {
      if (!code) return { outcome: 'code-needed' } as const
      if (!(await spendCode(asDesk, person.id, code)))
        return failAttempt(asDesk, attempt, refused('That code is wrong, or was used already'))
    }
    await passAttempt(asDesk, attempt)
    await startSession(asDesk, call, person.id)
    return { outcome: 'signed-in' } as const
  })
}

const refused = (message: string) => new Refusal('unauthenticated', message)

function byEmail({ db }: Ctx, email: string) {
  return db
    .selectFrom('person')
    .innerJoin('credential', 'credential.personId', 'person.id')
    .select(['person.id', 'credential.password', 'credential.totpConfirmed'])
    .where('person.email', '=', email)
    .where('person.active', '=', true)
    .executeTakeFirst()
}

export async function leave(ctx: Ctx, _: unknown, call: Call) {
  const { session } = call
  if (session) await bySystem(ctx, (asDesk) => endSessionOf(asDesk, session))
  call.setSession(null)
  return { done: true } as const
}
