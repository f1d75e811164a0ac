import { createHash } from 'node:crypto'
import { z } from 'zod'
import { as, bySystem, system, type Args, type Ctx, type Desk } from '#server/core/desk.ts'
import type { Call } from '#server/core/http.ts'
import { enqueue, job } from '#server/core/jobs.ts'
import { conflict, invalid, Refusal } from '#server/core/refusal.ts'
import { post } from '#server/mail/mail.ts'
import { holdLink, linkTo, makeLink, seeLink, spendLink } from '#server/people/people.ts'
import type { askReset, readLink, useLink } from '#shared/session.ts'
import { beginAttempt, failAttempt, passAttempt } from './attempts.ts'
import { spendCode } from './code.ts'
import { endSessions } from './own.ts'
import { setPassword } from './password.ts'
import { startSession } from './start.ts'
import { forgetCodes, isOn } from './totp.ts'

export async function look(ctx: Ctx, { token }: Args<typeof readLink>) {
  const { purpose, name } = await seeLink(ctx, token)
  return { purpose, name: name ?? '' }
}

/**
 * An invitation starts sign-in afresh, so it also takes away the authenticator of somebody who lost theirs. A reset,
 * which anybody can ask for, does not: it is worth no more than the password that it sets.
 */
export function use(ctx: Ctx, { token, password, code }: Args<typeof useLink>, call: Call) {
  return bySystem(ctx, async (asDesk) => {
    const { id, purpose, personId, name, email } = await holdLink(asDesk, token)
    if (!personId || !name || !email) throw conflict('This link sets the desk up; open it in the browser')
    const owner = { id: personId, name, email }
    if (purpose !== 'sign-in') {
      if (!password) throw invalid({ password: 'Choose a password' })
      if (purpose === 'reset' && (await isOn(asDesk, personId))) {
        if (!code) return { outcome: 'code-needed' } as const
        await requireCode(asDesk, owner, code, call)
      }
      await setPassword(asDesk, owner, password)
      await endSessions(asDesk, personId)
      if (purpose === 'invitation') await forgetCodes(asDesk, personId)
    }
    await spendLink(asDesk, id)
    await startSession(asDesk, call, personId)
    return { outcome: 'signed-in' } as const
  })
}

async function requireCode(ctx: Ctx, { id, email }: { id: string; email: string }, code: string, call: Call) {
  const attempt = await beginAttempt(ctx, email, call.address)
  if (!(await spendCode(ctx, id, code)))
    await failAttempt(ctx, attempt, new Refusal('unauthenticated', 'That code is wrong, or was used already'))
  await passAttempt(ctx, attempt)
}

/** Known or not, an address is only written down here; a job looks it up, so that no answer takes longer. */
export async function ask(ctx: Ctx, { email }: Args<typeof askReset>, _: Call, desk: Desk) {
  const key = createHash('sha256').update(email).digest('base64url')
  if (desk.ports.mail) await enqueue(ctx, sendReset, { email }, { key: `reset ${key}` })
  return { done: true } as const
}

const mostAnHour = 3

export const sendReset = job({
  name: 'session.reset',
  input: z.object({ email: z.string() }),
  async run(desk, { email }) {
    await as(desk, system, async (ctx) => {
      const person = await ctx.db
        .selectFrom('person')
        .select(['id', 'name'])
        .where('email', '=', email)
        .where('active', '=', true)
        .executeTakeFirst()
      if (!person || (await askedLately(ctx, person.id)) >= mostAnHour) return
      await mailReset(ctx, desk, { ...person, email })
    })
  },
})

async function askedLately({ db, now }: Ctx, personId: string) {
  const { count } = await db
    .selectFrom('oneTimeLink')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('personId', '=', personId)
    .where('purpose', '=', 'reset')
    .where('createdAt', '>', new Date(Date.parse(now) - 3_600_000).toISOString())
    .executeTakeFirstOrThrow()
  return count
}

async function mailReset(ctx: Ctx, desk: Desk, { id, name, email }: { id: string; name: string; email: string }) {
  const { deskName } = await ctx.db.selectFrom('setting').select('deskName').executeTakeFirstOrThrow()
  const link = linkTo(desk, await makeLink(ctx, 'reset', id))
  await post(ctx, desk, {
    to: email,
    subject: `A new password for ${deskName}`,
    text: `Hello ${name},

somebody asked to set a new password for you at ${deskName}. If that was you, open this link:

${link}

The link works once, for half an hour. If it was not you, there is nothing to do: your password stays as it is.
`,
  })
}
