import { expect, test } from 'vitest'
import { addPerson, changePerson, deactivatePerson, inviteAgain } from '#shared/people.ts'
import { askReset, getMe, readLink, signIn, useLink } from '#shared/session.ts'
import { browser, password, setUpDesk, tokenIn } from './browser.fixture.ts'

const { desk, ada, roles, invited } = await setUpDesk()

async function invite(name: string) {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@steward.example`
  const roleIds = [roles.get('analyst')!]
  const { person, link } = await ada.call(addPerson, { name, email, organisationId: desk.home.id, roleIds })
  await desk.settle()
  return { id: person.id, email, link, token: tokenIn(desk.mailTo({ email }).at(-1)!.text) }
}

async function reset(email: string) {
  await browser(desk).call(askReset, { email })
  await desk.settle()
  const mail = desk.mailTo({ email }).findLast(({ subject }) => subject.includes('new password'))
  return mail ? tokenIn(mail.text) : null
}

test('an invitation is mailed, tells what it is for, sets a password once, and signs in', async () => {
  const { token, link, email } = await invite('Invited Once')
  expect(link).toBeNull()
  expect(desk.mailTo({ email })[0]!.text).toContain('Ada Byron has given you access')
  const someone = browser(desk)
  await expect(someone.call(readLink, { token })).resolves.toEqual({ purpose: 'invitation', name: 'Invited Once' })
  await expect(someone.call(readLink, { token })).resolves.toBeDefined()
  await expect(someone.call(useLink, { token })).rejects.toThrow('Choose a password')
  await someone.call(useLink, { token, password })
  await expect(someone.call(getMe, {})).resolves.toMatchObject({ email })
  await expect(browser(desk).call(useLink, { token, password })).rejects.toThrow('404')
  await expect(browser(desk).call(readLink, { token })).rejects.toThrow('404')
})

test('of two who use a link at the same moment, one is let in', async () => {
  const { token } = await invite('Invited Twice')
  const replies = await Promise.all([1, 2, 3].map(() => browser(desk).send(useLink, { token, password })))
  expect(replies.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 404, 404])
})

test('an invitation is good for seven days, and a newer one takes its place', async () => {
  const late = await invite('Invited Late')
  await desk.pass(7 * 24 - 1)
  await expect(browser(desk).call(readLink, { token: late.token })).resolves.toBeDefined()
  await desk.pass(2)
  await expect(browser(desk).call(useLink, { token: late.token, password })).rejects.toThrow('too old')

  // Seven days later the administrator has to sign in again.
  await ada.call(signIn, { email: ada.email, password })
  const first = await ada.call(inviteAgain, { id: late.id })
  expect(first.link).toBeNull()
  await desk.settle()
  const earlier = tokenIn(desk.mailTo(late).at(-1)!.text)
  await ada.call(inviteAgain, { id: late.id })
  await desk.settle()
  const newest = tokenIn(desk.mailTo(late).at(-1)!.text)
  await expect(browser(desk).call(readLink, { token: earlier })).rejects.toThrow('404')
  await expect(browser(desk).call(useLink, { token: newest, password })).resolves.toBeDefined()
})

test('a reset is mailed to who is known, and the answer is the same for who is not', async () => {
  const someone = await invited('Forgot It')
  const replies = await Promise.all(
    [someone.email, 'nobody@steward.example'].map((email) => browser(desk).send(askReset, { email })),
  )
  expect(new Set(replies.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1)
  await desk.settle()
  expect(desk.mailTo({ email: 'nobody@steward.example' })).toHaveLength(0)
  const token = tokenIn(desk.mailTo(someone).at(-1)!.text)
  const own = browser(desk)
  await own.call(useLink, { token, password: 'three green kettles' })
  await expect(own.call(getMe, {})).resolves.toBeDefined()
  await expect(someone.call(getMe, {})).rejects.toThrow('401')
  await expect(browser(desk).call(useLink, { token, password })).rejects.toThrow('404')
})

test('a reset is good for half an hour', async () => {
  const someone = await invited('Late Reader')
  const token = (await reset(someone.email))!
  await desk.pass(0.55)
  await expect(browser(desk).call(useLink, { token, password })).rejects.toThrow('too old')
})

test('nobody’s mailbox can be flooded with resets', async () => {
  const someone = await invited('Flooded Box')
  for (let ask = 1; ask <= 8; ask += 1) await reset(someone.email)
  const mails = desk.mailTo(someone).filter(({ subject }) => subject.includes('new password'))
  expect(mails).toHaveLength(3)
})

test('a link mailed to an old address, or to somebody deactivated since, lets nobody in', async () => {
  const moved = await invited('Moved Address')
  const old = (await reset(moved.email))!
  await ada.call(changePerson, { id: moved.id, email: 'moved.new@steward.example' })
  await expect(browser(desk).call(useLink, { token: old, password })).rejects.toThrow('404')

  const gone = await invite('Gone Since')
  await ada.call(deactivatePerson, { id: gone.id })
  await expect(browser(desk).call(useLink, { token: gone.token, password })).rejects.toThrow('404')
  expect(await reset(gone.email)).toBeNull()
})

test.for<[weak: string, why: string]>([
  ['short', 'Use at least 12 characters'],
  ['Password2030!', 'Too many people'],
  ['p4ssw0rd p4ssw0rd', 'Too many people'],
  ['abcdefghijklmno', 'keys in a row'],
  ['aaaaaaaaaaaaaa', 'different characters'],
  ['weakling choices', 'Leave out your name'],
])('the password %s is refused: %s', async ([weak, why]) => {
  const { token } = await invite(`Weakling N${weak.length}${weak.charCodeAt(0)}`)
  await expect(browser(desk).call(useLink, { token, password: weak })).rejects.toThrow(why)
  await expect(browser(desk).call(useLink, { token, password })).resolves.toBeDefined()
})

test('what was mailed keeps no link that still lets in, and the database keeps no password or link as it is', async () => {
  const someone = await invited('Canary Bird')
  const token = (await reset(someone.email))!
  const kept = await desk.asSystem(async ({ db }) => [
    await db.selectFrom('outgoingMail').selectAll().execute(),
    await db.selectFrom('oneTimeLink').selectAll().execute(),
    await db.selectFrom('credential').selectAll().execute(),
    await db.selectFrom('session').selectAll().execute(),
    await db.selectFrom('audit').selectAll().execute(),
  ])
  const text = JSON.stringify(kept)
  for (const secret of [token, password, someone.secret()!, ada.secret()!]) expect(text).not.toContain(secret)
  expect(text).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
})
