import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { scratchName } from '#server/core/migrate.ts'
import { placeFor } from '#server/postgres/postgres.ts'
import { admin, ownerUrl } from '#test/template.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))
const data = join(await mkdtemp(join(tmpdir(), 'steward-start-')), 'data')
const folders = [data, `${data}-1`, `${data}-2`, `${data}-demo`].map((folder) => placeFor(folder).dir)
const begun: ChildProcess[] = []
afterAll(async () => {
  for (const child of begun) child.kill('SIGKILL')
  for (const folder of [...folders, dirname(data)]) await rm(folder, { recursive: true, force: true })
})

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** The desk as people start it; `said` is all that it has printed. */
function start(env: Record<string, string>, ...words: string[]) {
  const child = spawn(process.execPath, [main, ...words], {
    env: { PATH: process.env['PATH'], STEWARD_DATA: data, ...env },
  })
  begun.push(child)
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => void said.push(part.toString()))
  const ended = once(child, 'close').then(() => child.exitCode)
  return {
    ended,
    said: () => said.join(''),
    stop: (signal: NodeJS.Signals) => child.kill(signal),
    async saying(pattern: RegExp) {
      for (;;) {
        const found = pattern.exec(said.join(''))
        if (found) return found
        const code = await Promise.race([ended, new Promise((again) => setTimeout(again, 20, 'again'))])
        if (code !== 'again') throw new Error(`It ended with ${String(code)}: ${said.join('')}`)
      }
    },
  }
}

/** Waits until the log tells of this many sign-ins that have begun. */
async function arrived(log: string, wanted: number) {
  for (;;) {
    const lines = (await readFile(log, 'utf8')).split('\n')
    const signIns = lines.filter((line) => line.includes('/api/session') && line.includes('incoming request'))
    if (signIns.length >= wanted) return
    await new Promise((again) => setTimeout(again, 10))
  }
}

const json = { 'content-type': 'application/json' }
const password = 'a slow green kettle'

test('one command starts a desk that is set up by a link, keeps what it is told, and stops when it is asked', async () => {
  const port = await freePort()
  const first = start({ PORT: `${port}` })
  const [, token] = await first.saying(/Open http:\/\/127\.0\.0\.1:\d+\/set-up\?token=([\w-]+)/)
  const at = `http://127.0.0.1:${port}/api`
  const about = { organisation: 'Halyard', name: 'Ada Byron', email: 'ada@halyard.example', password, start: 'empty' }
  const body = JSON.stringify({ ...about, token, deskName: 'IT desk' })
  const made = await fetch(`${at}/set-up`, { method: 'POST', headers: json, body })
  expect(made.status).toBe(200)
  await expect((await fetch(`${at}/health`)).json()).resolves.toMatchObject({ wrong: expect.any(Array) })

  const second = start({ PORT: `${await freePort()}` })
  expect(await second.ended).toBe(1)
  expect(second.said()).toContain('Another desk')

  first.stop('SIGTERM')
  expect(await first.ended, first.said()).toBe(0)
  const { dir } = placeFor(data)
  expect(await readdir(join(dir, 'db'))).not.toContain('postmaster.pid')
  const log = await readFile(join(dir, 'log', 'steward.log'), 'utf8')
  for (const secret of [token!, password, made.headers.get('set-cookie')!.split(/[=;]/)[1]!])
    expect(log).not.toContain(secret)

  const again = start({ PORT: `${port}` })
  await again.saying(/Steward is running\. Open http:\/\/127\.0\.0\.1:\d+\n/)
  const signIn = JSON.stringify({ email: about.email, password })
  // What was begun before the desk was asked to stop is finished.
  const answers = Array.from({ length: 4 }, () =>
    fetch(`${at}/session`, { method: 'POST', headers: json, body: signIn }),
  )
  await arrived(join(dir, 'log', 'steward.log'), 4)
  again.stop('SIGINT')
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect(await again.ended, again.said()).toBe(0)
}, 120_000)

/** Sets the desk on this port up by a link's token, and says how that was answered. */
async function setUp(port: number, token: string) {
  const about = { organisation: 'Halyard', name: 'Ada Byron', email: 'ada@halyard.example', password, start: 'empty' }
  const body = JSON.stringify({ ...about, token, deskName: 'IT desk' })
  return (await fetch(`http://127.0.0.1:${port}/api/set-up`, { method: 'POST', headers: json, body })).status
}

test('two processes that set up one empty database each print a link that works', async () => {
  const database = scratchName('steward_test')
  await admin(`create database ${database}`)
  const desks = [1, 2].map(async (which) => {
    const port = await freePort()
    const env = { PORT: `${port}`, DATABASE_URL: ownerUrl(database), STEWARD_DATA: `${data}-${which}` }
    const desk = start(env)
    const [, token] = await desk.saying(/Open http:\/\/127\.0\.0\.1:\d+\/set-up\?token=([\w-]+)/)
    return { desk, port, token: token! }
  })
  const [one, other] = await Promise.all([desks[0]!, desks[1]!])
  expect(await setUp(other.port, one.token)).toBe(200)
  expect(await setUp(one.port, other.token)).toBe(409)
  for (const { desk } of [one, other]) desk.stop('SIGTERM')
  expect(await Promise.all([one.desk.ended, other.desk.ended])).toEqual([0, 0])
  for (const which of [1, 2]) await rm(placeFor(`${data}-${which}`).dir, { recursive: true, force: true })
}, 120_000)

test('a port that is taken is told, and no database is left running', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const desk = start({ PORT: `${port}` })
  expect(await desk.ended).toBe(1)
  expect(desk.said().trimEnd().split('\n').at(-1)).toContain(`Another program listens on 127.0.0.1:${port}`)
  expect(await readdir(join(placeFor(data).dir, 'db'))).not.toContain('postmaster.pid')
  server.close()
}, 60_000)

test('settings that make no sense are named one by one', async () => {
  const desk = start({ PORT: '99999', SMTP_URL: 'mail.example.org', RATE_LIMIT: 'much' })
  expect(await desk.ended).toBe(2)
  expect(desk.said()).toBe(
    'PORT must be a port, 65535 at most\nSMTP_URL must be an address that begins with smtp:// or smtps://\n' +
      'RATE_LIMIT must be requests a minute\n',
  )
})

test('a demo that was cut short is made anew by the next start, which says how far it is', async () => {
  const port = await freePort()
  const first = start({ PORT: `${port}` }, '--demo')
  await first.saying(/^10 %$/m)
  first.stop('SIGKILL')
  await first.ended

  const second = start({ PORT: `${port}` }, '--demo')
  await second.saying(
    /The demo was cut short when it was made, so it is made anew\.[^]*^Making the demo organisation…$/m,
  )
  const about = async () => (await fetch(`http://127.0.0.1:${port}/api/set-up`)).json()
  await expect.poll(about, { timeout: 60_000 }).toMatchObject({ done: true, name: 'Halyard IT' })
  second.stop('SIGTERM')
  expect(await second.ended, second.said()).toBe(0)
  await rm(placeFor(`${data}-demo`).dir, { recursive: true, force: true })
}, 900_000)
