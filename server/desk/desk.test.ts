import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as api from '#shared/desk.ts'
import { addOrganisation } from '#shared/people.ts'
import { getMe, signIn } from '#shared/session.ts'
import { prepareSetUp } from '#server/desk/desk.ts'
import { ballastIn } from '#server/postgres/ballast.ts'
import { browser, password, setUpDesk } from '#server/session/browser.fixture.ts'
import { testDesk } from '#test/desk.ts'
import { admin } from '#test/template.ts'
import { watch } from './watch.ts'

const about = {
  deskName: 'Service desk',
  organisation: 'Steward Ltd',
  name: 'Ada Byron',
  email: 'ada@steward.example',
  password,
  start: 'empty' as const,
}
const tokenOf = (link: string | null) => link!.split('token=')[1]!

test('a new desk has no user, and is set up once, by a link that one of its starts printed', async () => {
  const desk = await testDesk({ authenticate: 'real' })
  const visitor = browser(desk)
  await expect(visitor.call(api.getSetUp, {})).resolves.toMatchObject({ done: false })
  await expect(visitor.call(signIn, { email: 'admin@steward.example', password: 'admin' })).rejects.toThrow('401')

  const token = tokenOf(await prepareSetUp(desk.desk))
  const other = tokenOf(await prepareSetUp(desk.desk))
  await expect(visitor.call(api.setUp, { ...about, token: 'x'.repeat(43) })).rejects.toThrow('404')
  await expect(visitor.call(api.setUp, { ...about, token, password: 'PasswordPassword' })).rejects.toThrow('400')

  const replies = await Promise.all([1, 2].map(() => browser(desk).send(api.setUp, { ...about, token })))
  expect(replies.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 404])
  await expect(visitor.call(api.setUp, { ...about, token })).rejects.toThrow('404')
  await expect(visitor.call(api.setUp, { ...about, token: other })).rejects.toThrow('409')
  expect(await prepareSetUp(desk.desk)).toBeNull()
  await expect(visitor.call(api.getSetUp, {})).resolves.toEqual({ done: true, name: 'Service desk' })
  await visitor.call(signIn, { email: about.email, password })
  await expect(visitor.call(getMe, {})).resolves.toMatchObject({
    audience: 'staff',
    organisation: { name: 'Steward Ltd' },
  })
})

test('the set-up link is good for a day', async () => {
  const desk = await testDesk({ authenticate: 'real' })
  const token = tokenOf(await prepareSetUp(desk.desk))
  await desk.pass(24.1)
  await expect(browser(desk).call(api.setUp, { ...about, token })).rejects.toThrow('too old')
})

test('settings are changed by those who manage the desk, and leave their trace', async () => {
  const { ada, invited } = await setUpDesk()
  const analyst = await invited('No Manager')
  const settings = { name: 'IT desk', reopenDays: 7, autoCloseDays: 3, bounceLimit: 2 }
  await expect(analyst.call(api.renameDesk, settings)).rejects.toThrow('it needs desk.manage')
  await ada.call(api.renameDesk, settings)
  await expect(ada.call(api.getDesk, {})).resolves.toMatchObject({
    ...settings,
    database: expect.stringMatching(/^PostgreSQL \d/),
    jobs: { waiting: 0, failing: 0 },
  })
  const [change] = await ada.call(api.listAudit, { table: 'setting', limit: 1 })
  expect(change).toMatchObject({ act: 'update', by: 'Ada Byron' })
  expect(change!.before).toMatchObject({ desk_name: 'Service desk', reopen_days: 14 })
  expect(change!.after).toMatchObject({ desk_name: 'IT desk', reopen_days: 7 })
  const older = await ada.call(api.listAudit, { before: change!.id, limit: 200 })
  expect(older.every(({ id }) => id < change!.id)).toBe(true)
})

test('a change made behind the desk’s back in psql leaves its trace, too', async () => {
  const { desk, ada } = await setUpDesk()
  await admin(`update setting set bounce_limit = 9`, desk.database)
  const [change] = await ada.call(api.listAudit, { table: 'setting', limit: 1 })
  expect(change).toMatchObject({ by: null, after: { bounce_limit: 9 } })
})

test('where the disk runs full nothing is written, everybody is told why, and reading goes on', async () => {
  const { desk, ada } = await setUpDesk()
  const said: string[] = []
  const turns: boolean[] = []
  const unwatch = await watch(desk.desk, {
    dir: '/',
    maxWal: Number.MAX_SAFE_INTEGER,
    say: (line) => said.push(line),
    turned: async (readOnly) => void turns.push(readOnly),
  })
  await unwatch()
  expect(turns).toEqual([true])
  expect(said[0]).toMatch(/^The disk is almost full: [\d.]+ GB left\. The desk is read-only/)
  const reply = await ada.send(addOrganisation, { name: 'One more' })
  expect(reply.statusCode).toBe(503)
  expect(reply.headers['retry-after']).toBe('60')
  expect(reply.json().detail).toBe(said[0])
  const me = await ada.call(getMe, {})
  expect(me.desk.readOnly).toBe(said[0])
  const health = await browser(desk).send(api.getHealth, {})
  expect(health.json()).toMatchObject({ status: 'degraded', wrong: [said[0]] })

  await (
    await watch(desk.desk, { dir: '/', maxWal: 0, say: (line) => said.push(line), turned: async () => {} })
  )()
  await expect(ada.call(addOrganisation, { name: 'One more' })).resolves.toBeDefined()
})

test('on a full disk the room that was set aside is given back, and set aside again once there is plenty', async () => {
  const desk = await testDesk()
  const dir = await mkdtemp(join(tmpdir(), 'steward-watch-'))
  const ballast = ballastIn(dir, 1024 ** 2)
  const gigabyte = 1024 ** 3
  const lookAt = async (free: number) => {
    const said: string[] = []
    const read = async () => ({ free, total: 100 * gigabyte })
    const how = { dir, maxWal: 0, ballast, read, say: (line: string) => said.push(line), turned: async () => {} }
    const unwatch = await watch(desk.desk, how)
    await new Promise((later) => setTimeout(later, 100))
    await unwatch()
    return { said, kept: (await readdir(dir)).length === 1 }
  }
  expect(await lookAt(50 * gigabyte)).toEqual({ said: [], kept: true })
  expect((await lookAt(gigabyte / 2)).kept).toBe(true)
  const { said, kept } = await lookAt(100_000)
  expect([said[0], kept]).toEqual([expect.stringContaining('1 MB that were set aside for this were given back'), false])
  expect((await lookAt(gigabyte + 1)).kept).toBe(false)
  expect((await lookAt(50 * gigabyte)).kept).toBe(true)
  await rm(dir, { recursive: true })
})

test('health answers, and says what is wrong, when the database does not', async () => {
  const desk = await testDesk({ authenticate: 'real' })
  await expect(browser(desk).call(api.getHealth, {})).resolves.toMatchObject({ status: 'ok', wrong: [] })
  await admin(`alter database ${desk.database} allow_connections false`)
  await admin(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${desk.database}'`)
  const reply = await browser(desk, { cookie: 'x'.repeat(43) }).send(api.getHealth, {})
  expect(reply.statusCode).toBe(503)
  expect(reply.json()).toMatchObject({ status: 'down', wrong: ['The database does not answer.'] })
})

test('the documentation is a page of our own, without inline scripts or anything from elsewhere', async () => {
  const desk = await testDesk()
  const page = await desk.inject({ method: 'GET', url: '/api/docs' })
  expect(page.headers['content-type']).toContain('text/html')
  expect(page.headers['content-security-policy']).toContain(`script-src 'self'`)
  expect(page.body).not.toMatch(/<script>|https?:\/\//)
  const parts = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url = '']) => url)
  expect(parts).toHaveLength(3)
  for (const url of parts) expect((await desk.inject({ method: 'GET', url })).statusCode).toBe(200)
  for (const url of ['/api/docs/package.json', '/api/docs/..%2F..%2Fpackage.json', '/api/docs/constructor'])
    expect((await desk.inject({ method: 'GET', url })).statusCode).toBe(404)
})

test('metrics are for those who manage the desk', async () => {
  const { ada, invited, desk } = await setUpDesk()
  const { measureDesk } = await import('./watch.ts')
  measureDesk(desk.desk)
  const get = (cookie: string | null) =>
    desk.app.inject({ method: 'GET', url: '/api/metrics', headers: { cookie: `steward=${cookie}` } })
  const analyst = await invited('No Metrics')
  expect((await get(analyst.secret())).statusCode).toBe(403)
  const text = (await get(ada.secret())).body
  expect(text).toMatch(/^steward_jobs_waiting 0$/m)
  expect(text).toMatch(/^steward_pool_connections [1-9]/m)
})

test('behind TLS the cookie is bound to the host and the connection, and browsers are told to stay with it', async () => {
  const { ada, desk } = await setUpDesk({ secure: true })
  const reply = await browser(desk, { secure: true }).send(signIn, { email: ada.email, password })
  expect(String(reply.headers['set-cookie'])).toMatch(
    /^__Host-steward=[^;]+;.* Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  )
  expect(reply.headers['strict-transport-security']).toContain('max-age=31536000')
  await expect(ada.call(getMe, {})).resolves.toBeDefined()
})
