export { smtp } from './smtp.ts'
import { isIP } from 'node:net'
import { z } from 'zod'
import { as, bySystem, system, type Ctx, type Desk } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { enqueue, job } from '#server/core/jobs.ts'

interface Letter {
  readonly to: string
  readonly subject: string
  readonly text: string
}

const patience = 72 * 3_600_000

/**
 * Writes a mail to the outbox in the caller's transaction: it goes out if, and only if, that transaction lands. A desk
 * without a mail server writes none.
 */
export async function post(ctx: Ctx, { address, ports }: Desk, { to, subject, text }: Letter) {
  if (!ports.mail) return
  const id = newId()
  const line = subject.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 200)
  await bySystem(ctx, async (asDesk) => {
    await asDesk.db
      .insertInto('outgoingMail')
      .values({
        id,
        messageId: `<${id}@${hostOf(address)}>`,
        recipient: to,
        subject: line,
        body: text,
        state: 'waiting',
        createdAt: ctx.now,
      })
      .execute()
    await enqueue(asDesk, sendMail, { id })
  })
}

/** A name for Message-IDs: an address in figures is no name, and the same on many machines. */
function hostOf(address: string) {
  const { hostname } = new URL(address)
  return isIP(hostname.replaceAll(/[[\]]/g, '')) || !hostname.includes('.') ? 'steward.localhost' : hostname
}

/** Hands one mail to the mail server; every attempt carries the same Message-ID, so that copies are known as such. */
export const sendMail = job({
  name: 'mail.send',
  input: z.object({ id: z.uuid() }),
  async run(desk, { id }) {
    const mail = await as(desk, system, ({ db }) => waitingMail(db, id), { access: 'read only' })
    if (!mail) return
    try {
      if (!desk.ports.mail) throw new Error('No mail server is set')
      await desk.ports.mail({ ...mail, to: mail.recipient, text: mail.body })
    } catch (error) {
      const reason = error instanceof Error ? error.message.slice(0, 500) : 'The mail server did not take it'
      const givenUp = isFinal(error) || Date.now() - Date.parse(mail.createdAt) > patience
      await mark(desk, id, givenUp ? { state: 'failed', error: reason } : { error: reason })
      if (givenUp) return
      throw error
    }
    // What was sent keeps no link that would still let somebody in.
    const body = mail.body.replaceAll(/(\/link\/|\/guest[^#\s]*#)[\w-]+/g, '$1…')
    await mark(desk, id, { state: 'sent', sentAt: new Date().toISOString(), error: null, body })
  },
})

function waitingMail(db: Ctx['db'], id: string) {
  return db
    .selectFrom('outgoingMail')
    .select(['messageId', 'recipient', 'subject', 'body', 'createdAt'])
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
}

interface Mark {
  readonly state?: 'sent' | 'failed'
  readonly error: string | null
  readonly sentAt?: string
  readonly body?: string
}

function mark(desk: Desk, id: string, set: Mark) {
  return as(desk, system, ({ db }) => db.updateTable('outgoingMail').set(set).where('id', '=', id).execute())
}

/** A mail server's 5xx is its last word, such as an address that does not exist; a 4xx or a broken line is not. */
function isFinal(error: unknown) {
  const code = typeof error === 'object' && error !== null && 'responseCode' in error ? error.responseCode : null
  return typeof code === 'number' && code >= 500 && code < 600
}
