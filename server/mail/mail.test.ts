import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { as, system, type Mail } from '#server/core/desk.ts'
import { openIncident } from '#shared/incident.ts'
import { addComment } from '#shared/item/conversation.ts'
import { testDesk } from '#test/desk.ts'
import { post } from './mail.ts'

const desk = await testDesk()
const letter = { to: 'rita@example.com', subject: 'Hello', text: 'Hello, Rita.' }

const kept = (to: string) =>
  desk.asSystem(({ db }) => db.selectFrom('outgoingMail').selectAll().where('recipient', '=', to).execute())

/** Until it is told to recover, the mail server answers with this error. */
function ailing(error: Error) {
  const tried: Mail[] = []
  const healthy = desk.desk.ports.mail!
  Object.assign(desk.desk.ports, {
    async mail(mail: Mail) {
      tried.push(mail)
      throw error
    },
  })
  return { tried, recover: () => Object.assign(desk.desk.ports, { mail: healthy }) }
}

test('a mail goes out if what it tells of happened, and not otherwise', async () => {
  const to = 'undone@example.com'
  const undone = desk.asSystem(async (ctx) => {
    await post(ctx, desk.desk, { ...letter, to })
    throw new Error('changed my mind')
  })
  await expect(undone).rejects.toThrow('changed my mind')
  await desk.settle()
  expect(desk.mailTo({ email: to })).toHaveLength(0)
  await desk.asSystem((ctx) => post(ctx, desk.desk, letter))
  await desk.settle()
  expect(desk.mailTo({ email: letter.to })).toMatchObject([{ subject: 'Hello', text: 'Hello, Rita.' }])
  expect(await kept(letter.to)).toMatchObject([{ state: 'sent', error: null }])
})

test('a mail that the server does not take is sent again, under the same Message-ID, until it goes', async () => {
  const to = 'again@example.com'
  const { tried, recover } = ailing(Object.assign(new Error('greylisted'), { responseCode: 451 }))
  await desk.asSystem((ctx) => post(ctx, desk.desk, { ...letter, to }))
  await desk.settle()
  await desk.pass(1)
  expect(await kept(to)).toMatchObject([{ state: 'waiting', error: 'greylisted' }])
  recover()
  await desk.pass(1)
  const [sent] = desk.mailTo({ email: to })
  expect(tried.length).toBeGreaterThanOrEqual(2)
  expect(new Set([...tried, sent!].map(({ messageId }) => messageId)).size).toBe(1)
  expect(sent!.messageId).toMatch(/^<[\da-f-]{36}@steward\.localhost>$/)
  expect(desk.mailTo({ email: to })).toHaveLength(1)
})

test('a desk that was stopped in between sends what it had not', async () => {
  const to = 'restart@example.com'
  await desk.asSystem((ctx) => post(ctx, desk.desk, { ...letter, to }))
  // Nothing but the database outlives a restart; the next worker finds the mail there.
  await desk.settle()
  await desk.settle()
  expect(desk.mailTo({ email: to })).toHaveLength(1)
})

test('an address that the server refuses for good is not tried for ever', async () => {
  const to = 'nobody@example.com'
  const { tried, recover } = ailing(Object.assign(new Error('no such user'), { responseCode: 550 }))
  await desk.asSystem((ctx) => post(ctx, desk.desk, { ...letter, to }))
  await desk.settle()
  await desk.pass(5)
  recover()
  expect(tried).toHaveLength(1)
  expect(await kept(to)).toMatchObject([{ state: 'failed', error: 'no such user' }])
})

test('a server that is away for three days is given up', async () => {
  const to = 'patience@example.com'
  const { recover } = ailing(new Error('connection refused'))
  await desk.asSystem((ctx) => post(ctx, desk.desk, { ...letter, to }))
  await desk.pass(71)
  expect(await kept(to)).toMatchObject([{ state: 'waiting' }])
  await desk.pass(2)
  recover()
  expect(await kept(to)).toMatchObject([{ state: 'failed', error: 'connection refused' }])
})

test('a subject cannot smuggle in another header', async () => {
  const to = 'header@example.com'
  await desk.asSystem((ctx) => post(ctx, desk.desk, { ...letter, to, subject: 'Hi\r\nBcc: eve@example.com' }))
  await desk.settle()
  expect(desk.mailTo({ email: to })[0]!.subject).toBe('Hi Bcc: eve@example.com')
})

test('Message-IDs carry the name that people know the desk by', async () => {
  const named = { ...desk.desk, address: 'https://desk.example.org' }
  await as(desk.desk, system, (ctx) => post(ctx, named, { ...letter, to: 'named@example.com' }))
  expect((await kept('named@example.com'))[0]!.messageId).toMatch(/@desk\.example\.org>$/)
})

test('a desk without a mail server keeps no letters that it cannot send, and sets nothing about to write them', async () => {
  const silent = await testDesk({ mail: false })
  const [rita, sam] = [await silent.person('Rita'), await silent.person('Sam', { role: 'analyst' })]
  const opened = await sam.call(openIncident, { title: 'Lift stands still', requesterId: rita.id })
  await sam.call(addComment, { itemId: opened.id, body: 'Somebody is on the way.' })
  const { rows } = await silent.asSystem(({ db }) => sql`select waiting from app.job_counts()`.execute(db))
  expect(rows).toEqual([{ waiting: 0 }])

  await silent.asSystem((ctx) => post(ctx, silent.desk, letter))
  await silent.settle()
  expect(await silent.asSystem(({ db }) => db.selectFrom('outgoingMail').selectAll().execute())).toEqual([])
})
