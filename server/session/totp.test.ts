import { Secret, TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import { inviteAgain } from '#shared/people.ts'
import { askReset, confirmTotp, getMe, signIn, startTotp, stopTotp, useLink } from '#shared/session.ts'
import { browser, password, setUpDesk, tokenIn } from './browser.fixture.ts'

const { desk, ada, invited } = await setUpDesk()

const codeOf = (secret: string, off = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + off * 30_000 })

/** The seconds that an authenticator takes to show its next code. */
const nextCode = () => desk.pass(30 / 3600)

async function withCodes(name: string) {
  const someone = await invited(name)
  const { secret, uri } = await someone.call(startTotp, { password })
  const { recoveryCodes } = await someone.call(confirmTotp, { code: codeOf(secret) })
  return { ...someone, secret, uri, recoveryCodes }
}

let addresses = 0
/** A sign-in from an address of its own, so that no failure before makes it wait. */
const enter = (email: string, code?: string) => {
  addresses += 1
  return browser(desk, { address: `10.9.0.${addresses}` }).call(signIn, { email, password, ...(code && { code }) })
}

test('with an authenticator, sign-in asks for a code, and takes each one once', async () => {
  const someone = await withCodes('Coded Twice')
  expect(someone.uri).toMatch(/^otpauth:\/\/totp\/Service%20desk:coded\.twice%40steward\.example\?/)
  await expect(someone.call(getMe, {})).resolves.toMatchObject({ totp: true })
  await expect(enter(someone.email)).resolves.toEqual({ outcome: 'code-needed' })
  // The code that confirmed the authenticator has been used.
  await expect(enter(someone.email, codeOf(someone.secret))).rejects.toThrow('401')
  await nextCode()
  const code = codeOf(someone.secret)
  await expect(enter(someone.email, code)).resolves.toEqual({ outcome: 'signed-in' })
  await expect(enter(someone.email, code)).rejects.toThrow('used already')
  await expect(enter(someone.email, codeOf(someone.secret, -1))).rejects.toThrow('401')
  await expect(enter(someone.email, codeOf(someone.secret, 5))).rejects.toThrow('401')
})

test('one code sent twenty times at once signs in once', async () => {
  const someone = await withCodes('Coded Race')
  await nextCode()
  const code = codeOf(someone.secret)
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => enter(someone.email, code)))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('guessing at codes has to wait as guessing at passwords does', async () => {
  const someone = await withCodes('Coded Guess')
  const guess = (code: string) =>
    browser(desk, { address: '10.8.0.1' }).send(signIn, { email: someone.email, password, code })
  const codes: number[] = []
  for (let at = 0; at < 6; at += 1) codes.push((await guess(`00000${at}`)).statusCode)
  expect(codes).toEqual([401, 401, 401, 401, 401, 429])
})

test('a recovery code stands in for the authenticator, once', async () => {
  const someone = await withCodes('Coded Lost')
  expect(new Set(someone.recoveryCodes).size).toBe(10)
  const [one, other] = someone.recoveryCodes
  await expect(enter(someone.email, one)).resolves.toEqual({ outcome: 'signed-in' })
  await expect(enter(someone.email, one)).rejects.toThrow('used already')
  await expect(enter(someone.email, other!.toLowerCase().replace('-', ' '))).resolves.toEqual({ outcome: 'signed-in' })
})

test('a reset by mail asks for the code as well, and an administrator’s invitation starts afresh', async () => {
  const someone = await withCodes('Coded Reset')
  await browser(desk).call(askReset, { email: someone.email })
  await desk.settle()
  const token = tokenIn(desk.mailTo(someone).at(-1)!.text)
  const own = browser(desk)
  const next = 'four green kettles'
  await expect(own.call(useLink, { token, password: next })).resolves.toEqual({ outcome: 'code-needed' })
  await expect(own.call(getMe, {})).rejects.toThrow('401')
  await expect(own.call(useLink, { token, password: next, code: '000000' })).rejects.toThrow('401')
  await nextCode()
  const code = codeOf(someone.secret)
  await expect(own.call(useLink, { token, password: next, code })).resolves.toEqual({ outcome: 'signed-in' })

  await ada.call(inviteAgain, { id: someone.id })
  await desk.settle()
  const invitation = tokenIn(desk.mailTo(someone).at(-1)!.text)
  await own.call(useLink, { token: invitation, password })
  await expect(own.call(getMe, {})).resolves.toMatchObject({ totp: false })
})

test('turning it on or off takes the password, and its secret is kept sealed', async () => {
  const someone = await invited('Coded Off')
  await expect(someone.call(startTotp, { password: 'not this one' })).rejects.toThrow('not your password')
  const { secret } = await someone.call(startTotp, { password })
  await expect(someone.call(confirmTotp, { code: codeOf(secret, 9) })).rejects.toThrow('does not fit')
  await expect(enter(someone.email)).resolves.toEqual({ outcome: 'signed-in' })
  const { recoveryCodes } = await someone.call(confirmTotp, { code: codeOf(secret) })
  const kept = JSON.stringify(await desk.asSystem(({ db }) => db.selectFrom('credential').selectAll().execute()))
  for (const hidden of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replace('-', ''))])
    expect(kept).not.toContain(hidden)

  await expect(someone.call(startTotp, { password })).rejects.toThrow('409')
  await expect(someone.call(stopTotp, { password: 'not this one' })).rejects.toThrow('not your password')
  await someone.call(stopTotp, { password })
  await expect(enter(someone.email)).resolves.toEqual({ outcome: 'signed-in' })
})
