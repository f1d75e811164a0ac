import { expect, test } from 'vitest'
import { getMe, changePassword, endSession, listSessions, signIn, signOut } from '#shared/session.ts'
import { deactivatePerson, activatePerson } from '#shared/people.ts'
import { browser, password, setUpDesk, signedIn } from './browser.fixture.ts'

const { desk, ada, invited } = await setUpDesk()

const wrong = (email: string, address: string) =>
  browser(desk, { address }).send(signIn, { email, password: 'guess after guess' })

/** How long the processor worked on a wrong sign-in, whatever else the machine did meanwhile. */
async function work(email: string, address: string) {
  const before = process.cpuUsage()
  await wrong(email, address)
  const { user, system } = process.cpuUsage(before)
  return user + system
}

test('a password signs in, and the cookie is out of reach of scripts and other sites', async () => {
  const someone = await invited('Rita Cookie')
  const reply = await browser(desk).send(signIn, { email: someone.email, password })
  expect(reply.json()).toEqual({ outcome: 'signed-in' })
  const cookie = String(reply.headers['set-cookie'])
  expect(cookie).toMatch(/^steward=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/)
  expect(reply.headers['cache-control']).toBe('no-store')
})

test('an unknown address, a wrong password and a deactivated person are answered alike', async () => {
  const gone = await invited('Gone Away')
  await ada.call(deactivatePerson, { id: gone.id })
  const tries = [
    { email: 'nobody@steward.example', password: 'not this one either' },
    { email: ada.email, password: 'not this one either' },
    { email: gone.email, password },
  ]
  const replies = await Promise.all(
    tries.map((one, at) => browser(desk, { address: `10.1.0.${at}` }).send(signIn, one)),
  )
  const answers = replies.map((reply) => ({ status: reply.statusCode, detail: reply.json().detail }))
  expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1)
  expect(answers[0]!.status).toBe(401)
})

test('an unknown address is as much work as a known one', async () => {
  await work(ada.email, '10.2.0.0')
  const least = { known: Infinity, unknown: Infinity }
  for (let round = 1; round <= 9; round += 1) {
    least.known = Math.min(least.known, await work(ada.email, `10.2.1.${round}`))
    least.unknown = Math.min(least.unknown, await work(`nobody${round}@steward.example`, `10.2.2.${round}`))
  }
  // Hashing takes tens of milliseconds of the processor and a look-up less than one, so a missing hash would show.
  expect(least.unknown).toBeGreaterThan(least.known / 2)
  expect(least.unknown).toBeLessThan(least.known * 2)
})

test('the session that a browser came with is worth nothing once it has signed in', async () => {
  const someone = await invited('Fixed Session')
  const before = someone.secret()!
  await someone.call(signIn, { email: someone.email, password })
  expect(someone.secret()).not.toBe(before)
  await expect(browser(desk, { cookie: before }).call(getMe, {})).rejects.toThrow('401')
  await expect(someone.call(getMe, {})).resolves.toMatchObject({ email: someone.email })
})

test('signing out ends the session on the server, not only in the browser', async () => {
  const someone = await invited('Leaving Now')
  const secret = someone.secret()!
  const reply = await someone.send(signOut, {})
  expect(reply.headers['clear-site-data']).toContain('storage')
  expect(someone.secret()).toBeNull()
  await expect(browser(desk, { cookie: secret }).call(getMe, {})).rejects.toThrow('401')
})

test('a made-up session is refused, and does not keep anybody from signing in', async () => {
  const stranger = browser(desk, { cookie: 'x'.repeat(43) })
  await expect(stranger.call(getMe, {})).rejects.toThrow('401')
  await expect(stranger.call(signIn, { email: ada.email, password })).resolves.toEqual({ outcome: 'signed-in' })
})

test('a write from another site is refused though the cookie comes along', async () => {
  const headers = [{ 'x-steward': '' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]
  for (const more of headers) {
    const reply = await ada.send(changePassword, { current: password, password: 'another green kettle' }, more)
    expect(reply.statusCode).toBe(403)
  }
  await expect(browser(desk).call(signIn, { email: ada.email, password })).resolves.toEqual({ outcome: 'signed-in' })
})

test('after five failures the next guess has to wait, ever longer, and the owner elsewhere does not', async () => {
  const someone = await invited('Guessed At')
  for (let guess = 1; guess <= 5; guess += 1) expect((await wrong(someone.email, '10.3.0.1')).statusCode).toBe(401)
  const sixth = await wrong(someone.email, '10.3.0.1')
  expect(sixth.statusCode).toBe(429)
  expect(Number(sixth.headers['retry-after'])).toBeGreaterThan(0)
  const right = await browser(desk, { address: '10.3.0.1' }).send(signIn, { email: someone.email, password })
  expect(right.statusCode).toBe(429)

  await expect(signedIn(desk, someone.email, { address: '10.3.0.2' })).resolves.toBeDefined()

  await desk.pass(0.01)
  expect((await wrong(someone.email, '10.3.0.1')).statusCode).toBe(401)
  const waits = Number((await wrong(someone.email, '10.3.0.1')).headers['retry-after'])
  expect(waits).toBeGreaterThan(Number(sixth.headers['retry-after']))
  await desk.pass(1)
  await expect(signedIn(desk, someone.email, { address: '10.3.0.1' })).resolves.toBeDefined()
})

test('guesses sent at the same moment count as many, not as one', async () => {
  const someone = await invited('Guessed Atonce')
  const replies = await Promise.all(Array.from({ length: 20 }, () => wrong(someone.email, '10.4.0.1')))
  expect(replies.filter(({ statusCode }) => statusCode === 401)).toHaveLength(5)
  expect(replies.filter(({ statusCode }) => statusCode === 429)).toHaveLength(15)
})

test('an address that tries many accounts is slowed down as a whole', async () => {
  const codes: number[] = []
  for (let guess = 1; guess <= 55; guess += 1)
    codes.push((await wrong(`nobody${guess}@steward.example`, '10.5.0.1')).statusCode)
  expect(codes.slice(0, 50)).not.toContain(429)
  expect(codes.at(-1)).toBe(429)
  await expect(signedIn(desk, ada.email, { address: '10.5.0.2' })).resolves.toBeDefined()
  await desk.pass(1)
  expect((await wrong('nobody@steward.example', '10.5.0.1')).statusCode).toBe(401)
})

test('people see where they are signed in, and can end one of their sessions but nobody else’s', async () => {
  const someone = await invited('Many Places', 'analyst', { agent: 'Firefox', address: '10.6.0.1' })
  const other = await signedIn(desk, someone.email, { agent: 'Safari', address: '10.6.0.2' })
  const listed = await someone.call(listSessions, {})
  expect(listed.map(({ agent, address, current }) => ({ agent, address, current }))).toEqual(
    expect.arrayContaining([
      { agent: 'Firefox', address: '10.6.0.1', current: true },
      { agent: 'Safari', address: '10.6.0.2', current: false },
    ]),
  )
  const theirs = listed.find(({ current }) => !current)!.id
  await expect(ada.call(endSession, { id: theirs })).rejects.toThrow('404')
  await someone.call(endSession, { id: theirs })
  await expect(other.call(getMe, {})).rejects.toThrow('401')
  await expect(someone.call(getMe, {})).resolves.toBeDefined()
})

test('a new password ends every other session', async () => {
  const someone = await invited('New Secret')
  const other = await signedIn(desk, someone.email)
  await expect(someone.call(changePassword, { current: 'not this', password: 'two green kettles' })).rejects.toThrow(
    'not your password',
  )
  await someone.call(changePassword, { current: password, password: 'two green kettles' })
  await expect(other.call(getMe, {})).rejects.toThrow('401')
  await expect(someone.call(getMe, {})).resolves.toBeDefined()
  await expect(signedIn(desk, someone.email)).rejects.toThrow('401')
})

test('who is deactivated is out at the next request, and stays out of old sessions when they return', async () => {
  const someone = await invited('Sacked Today')
  await ada.call(deactivatePerson, { id: someone.id })
  await expect(someone.call(getMe, {})).rejects.toThrow('401')
  await ada.call(activatePerson, { id: someone.id })
  await expect(someone.call(getMe, {})).rejects.toThrow('401')
  await expect(signedIn(desk, someone.email)).resolves.toBeDefined()
})

test('staff are signed out after half a day away, requesters after a week, and everyone after thirty days', async () => {
  const staff = await invited('Idle Staff')
  const requester = await invited('Idle Requester', 'requester')
  await desk.pass(11.9)
  await expect(staff.call(getMe, {})).resolves.toBeDefined()
  await desk.pass(11.9)
  await expect(staff.call(getMe, {})).resolves.toBeDefined()
  await desk.pass(12.1)
  await expect(staff.call(getMe, {})).rejects.toThrow('401')
  await expect(requester.call(getMe, {})).resolves.toBeDefined()
  await desk.pass(7 * 24 + 1)
  await expect(requester.call(getMe, {})).rejects.toThrow('401')

  const busy = await signedIn(desk, requester.email)
  for (let day = 0; day < 29; day += 1) {
    await desk.pass(24)
    await busy.call(getMe, {})
  }
  await desk.pass(25)
  await expect(busy.call(getMe, {})).rejects.toThrow('401')
})
