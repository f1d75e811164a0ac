import { expect, test } from 'vitest'
import type { Endpoint, Input } from '#shared/core/endpoint.ts'
import { getDesk } from '#shared/desk.ts'
import { changePerson, deactivatePerson, listPeople } from '#shared/people.ts'
import { addToken, changePassword, getMe, listTokens, removeToken } from '#shared/session.ts'
import { browser, password, setUpDesk, signedIn } from './browser.fixture.ts'

const { desk, ada, roles, invited } = await setUpDesk()

const by = (token: string) => {
  const own = browser(desk)
  return <E extends Endpoint>(endpoint: E, input: Input<E>) =>
    own.send(endpoint, input, { authorization: `Bearer ${token}`, 'x-steward': '' })
}

const ask = (url: string, token: string) =>
  desk.app.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } })

test('a token does what its owner may, as far as its scopes reach', async () => {
  const { token, about } = await ada.call(addToken, { name: 'Reader', scopes: ['people.read'] })
  expect(token).toMatch(/^stw_[\w-]{43}$/)
  expect((await by(token)(listPeople, {})).statusCode).toBe(200)
  expect((await by(token)(getDesk, {})).statusCode).toBe(403)
  const whole = await ada.call(addToken, { name: 'Everything' })
  expect((await by(whole.token)(getDesk, {})).statusCode).toBe(200)
  const listed = await ada.call(listTokens, {})
  expect(listed.find(({ id }) => id === about.id)).toMatchObject({ name: 'Reader', scopes: ['people.read'] })
  expect(listed.find(({ id }) => id === about.id)!.lastUsedAt).not.toBeNull()
  expect(JSON.stringify(listed)).not.toContain(token)
})

test('a token gains nothing when a right is taken from its owner', async () => {
  const someone = await invited('Token Holder')
  const { token } = await someone.call(addToken, { name: 'Mine', scopes: ['people.read'] })
  expect((await by(token)(listPeople, {})).statusCode).toBe(200)
  await ada.call(changePerson, { id: someone.id, roleIds: [roles.get('requester')!] })
  expect((await by(token)(listPeople, {})).statusCode).toBe(403)
  await expect(someone.call(addToken, { name: 'More', scopes: ['desk.manage'] })).rejects.toThrow('403')
})

test('a token ends when its time is over, when it is revoked, and with its owner’s access', async () => {
  const someone = await invited('Token Ender')
  const short = await someone.call(addToken, { name: 'Short', days: 1 })
  const revoked = await someone.call(addToken, { name: 'Revoked' })
  const last = await someone.call(addToken, { name: 'Last' })
  await someone.call(removeToken, { id: revoked.about.id })
  expect((await by(revoked.token)(getMe, {})).statusCode).toBe(401)
  await expect(ada.call(removeToken, { id: last.about.id })).rejects.toThrow('404')
  expect((await by(short.token)(getMe, {})).statusCode).toBe(200)
  await desk.pass(24.1)
  expect((await by(short.token)(getMe, {})).statusCode).toBe(401)
  expect((await by(last.token)(getMe, {})).statusCode).toBe(200)
  const admin = await signedIn(desk, ada.email)
  await admin.call(deactivatePerson, { id: someone.id })
  expect((await by(last.token)(getMe, {})).statusCode).toBe(401)
})

test('a token cannot change how its owner signs in, or make another token', async () => {
  const admin = await signedIn(desk, ada.email)
  const { token } = await admin.call(addToken, { name: 'Narrow', scopes: ['people.read'] })
  expect((await by(token)(addToken, { name: 'Wide' })).statusCode).toBe(403)
  expect((await by(token)(changePassword, { current: password, password: 'five green kettles' })).statusCode).toBe(403)
})

test('a token that is no token is refused, and one beside a good cookie is not passed over', async () => {
  const admin = await signedIn(desk, ada.email)
  expect((await by('stw_made-up')(getMe, {})).statusCode).toBe(401)
  const reply = await admin.send(getMe, {}, { authorization: 'Bearer stw_made-up' })
  expect(reply.statusCode).toBe(401)
})

test('the collector of metrics reads the metrics with its own secret, and nothing else', async () => {
  expect((await ask('/api/metrics', 'collector-of-nothing')).statusCode).toBe(401)
  const right = await ask('/api/metrics', 'collector-of-metrics')
  expect(right.statusCode).toBe(200)
  expect(right.body).toContain('steward_http_request_seconds')
  expect((await ask('/api/desk', 'collector-of-metrics')).statusCode).toBe(401)
})
