import type { Ctx, Desk } from '#server/core/desk.ts'
import { conflict } from '#server/core/refusal.ts'
import { post } from '#server/mail/mail.ts'
import { linkTo, makeLink } from './links.ts'

interface Invited {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly active: boolean
}

/** Mails somebody the link by which they set a password; without a mail server, answers it for the one who asked. */
export async function invite(ctx: Ctx, desk: Desk, { id, name, email, active }: Invited) {
  if (!active) throw conflict(`${name} is deactivated. Give them their access back first.`)
  const link = linkTo(desk, await makeLink(ctx, 'invitation', id))
  if (!desk.ports.mail) return link
  const { deskName } = await ctx.db.selectFrom('setting').select('deskName').executeTakeFirstOrThrow()
  await post(ctx, desk, {
    to: email,
    subject: `Your access to ${deskName}`,
    text: `Hello ${name},

${ctx.actor.id ? ctx.actor.name : deskName} has given you access to ${deskName}. Open this link to set a password:

${link}

The link works once, for seven days.
`,
  })
  return null
}
