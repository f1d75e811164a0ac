import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readLink, signIn, useLink } from '#shared/session.ts'
import { getMe } from '#shared/session.ts'
import { browser, password, setUpDesk, tokenIn } from '#server/session/browser.fixture.ts'
import { addPerson } from '#shared/people.ts'
import { openLogFile } from './log-file.ts'
import { logTo, openLog, withoutSecrets } from './log.ts'

test('the log holds no secret, whatever is sent, and each request with its id', async () => {
  const lines: string[] = []
  const log = logTo({ write: (line: string) => void lines.push(line) }, 'trace')
  const { desk, ada, roles } = await setUpDesk({ log })
  const email = 'canary@steward.example'
  await ada.call(addPerson, { name: 'Tweety', email, organisationId: desk.home.id, roleIds: [roles.get('analyst')!] })
  await desk.settle()
  const token = tokenIn(desk.mailTo({ email })[0]!.text)
  const own = browser(desk)
  await own.call(readLink, { token })
  await own.call(useLink, { token, password })
  await own.send(signIn, { email, password: 'canary-wrong-password' })
  await own.send(getMe, {}, { authorization: 'Bearer stw_canary-token' })
  await desk.inject({ method: 'GET', url: `/set-up?token=${token}` })
  log.error({ err: Object.assign(new Error('broken'), { detail: `Failing row contains (${password})` }) }, 'unexpected')

  const text = lines.join('')
  const secrets = [token, password, 'canary-wrong-password', 'stw_canary-token', own.secret()!, ada.secret()!]
  for (const secret of secrets) expect(text).not.toContain(secret)
  expect(text).toContain('/api/links/…')
  expect(text).toContain('"statusCode":401')
  const first = JSON.parse(lines.find((line) => line.includes('incoming request'))!)
  expect(first).toMatchObject({ reqId: expect.stringMatching(/^[\da-f-]{36}$/), req: { ip: '127.0.0.1' } })
})

test('what a stranger sends cannot forge a line of the log', async () => {
  const lines: string[] = []
  const { desk } = await setUpDesk({ log: logTo({ write: (line: string) => void lines.push(line) }, 'info') })
  lines.length = 0
  await desk.inject({ method: 'GET', url: '/api/people?q=%0A{"level":60}', headers: { 'user-agent': 'a\u001B[31mb' } })
  for (const line of lines) expect(() => JSON.parse(line)).not.toThrow()
  expect(lines.every((line) => line.endsWith('\n') && line.indexOf('\n') === line.length - 1)).toBe(true)
})

async function scratch() {
  const dir = await mkdtemp(join(tmpdir(), 'steward-log-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

test('what comes after the log was closed is dropped, and hides nothing', async () => {
  const { log, place, close } = await openLog({ log: 'file', logLevel: 'info' }, await scratch())
  for (let line = 0; line < 100; line += 1) log.info(`line ${line}`)
  await close()
  expect(() => log.error('too late')).not.toThrow()
  const written = (await readFile(place, 'utf8')).trimEnd().split('\n')
  expect(written.map((line) => JSON.parse(line).msg)).toEqual(Array.from({ length: 100 }, (_, line) => `line ${line}`))
})

test('a log that has grown large is put aside, and no line is lost', async () => {
  const dir = await scratch()
  const path = join(dir, 'steward.log')
  const log = await openLogFile(path, 5_000)
  const lines = Array.from({ length: 80 }, (_, at) => `${at} ${'x'.repeat(100)}\n`)
  for (const line of lines) {
    log.write(line)
    await new Promise((later) => setTimeout(later, 1))
  }
  await log.close()
  expect((await readdir(dir)).toSorted()).toEqual(['steward.log', 'steward.log.1'])
  const [before, after] = await Promise.all([`${path}.1`, path].map((file) => readFile(file, 'utf8')))
  expect(before! + after!).toBe(lines.join(''))
})

test.skipIf(!existsSync('/dev/full'))('a disk without room for the log holds up nothing', async () => {
  const dir = await scratch()
  await mkdir(join(dir, 'log'))
  await symlink('/dev/full', join(dir, 'log', 'steward.log'))
  const { log, close } = await openLog({ log: 'file', logLevel: 'info' }, dir)
  for (let line = 0; line < 20; line += 1) {
    log.info(`line ${line}`)
    await new Promise((later) => setTimeout(later, 1))
  }
  await expect(close()).resolves.toBeUndefined()
})

test.for<[from: string, to: string]>([
  ['/api/links/abc123/use', '/api/links/…/use'],
  ['/link/abc123?x=1', '/link/…?x=1'],
  ['/set-up?token=abc', '/set-up?token=…'],
  ['/x?a=1&token=abc&b=2', '/x?a=1&token=…&b=2'],
  ['/api/people?q=ada', '/api/people?q=ada'],
])('the address %s is written down as %s', ([from, to]) => {
  expect(withoutSecrets(from)).toBe(to)
})
