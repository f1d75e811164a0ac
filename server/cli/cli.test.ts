import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { getMe, useLink } from '#shared/session.ts'
import { browser, password, setUpDesk, tokenIn } from '#server/session/browser.fixture.ts'
import { steward as called } from './program.ts'

const { desk, invited } = await setUpDesk()
// The command line has no clock but the machine's.
vi.useRealTimers()

/** The command as people call it, on the database of the test's desk. */
async function steward(line: string, env: Record<string, string> = { DATABASE_URL: desk.ownerUrl }) {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word!)
  const [out, err]: string[][] = [[], []]
  const code = await called(words, {
    env,
    say: (said) => void out!.push(`${said}\n`),
    note: (said) => void err!.push(`${said}\n`),
    progress() {},
  })
  return { code, out: out!.join(''), err: err!.join('') }
}

test('a person added from the command line sets a password by the link, and ends when they are deactivated', async () => {
  const added = await steward('user add Cleo@steward.example --name "Cleo Line" --role analyst,team_lead')
  expect(added).toMatchObject({ code: 0, err: '' })
  const own = browser(desk)
  await own.call(useLink, { token: tokenIn(added.out), password: 'six purple kettles' })
  await expect(own.call(getMe, {})).resolves.toMatchObject({ email: 'cleo@steward.example', audience: 'staff' })
  const listed = await steward('user list')
  expect(listed.out).toMatch(/^Cleo Line\s+cleo@steward\.example\s+analyst, team_lead$/m)
  const ended = await steward('user deactivate cleo@steward.example --json')
  expect(JSON.parse(ended.out)).toMatchObject({ recordCount: 0, leads: [] })
  await expect(own.call(getMe, {})).rejects.toThrow('401')
  expect(await steward('user link cleo@steward.example')).toMatchObject({
    code: 1,
    err: 'cleo@steward.example is deactivated\n',
  })
})

test('a link and a token printed by themselves can be piped on, and work', async () => {
  const link = await steward('user link ada@steward.example')
  expect(link.out).toMatch(/^http:\/\/127\.0\.0\.1:8484\/link\/[\w-]{43}\n$/)
  const own = browser(desk)
  await own.call(useLink, { token: tokenIn(link.out) })
  await expect(own.call(getMe, {})).resolves.toMatchObject({ name: 'Ada Byron' })
  await expect(browser(desk).call(useLink, { token: tokenIn(link.out), password })).rejects.toThrow('404')

  const token = await steward('token ada@steward.example --scopes people.read --days 1')
  expect(token.out).toMatch(/^stw_[\w-]{43}\n$/)
  const reply = await browser(desk).send(getMe, {}, { authorization: `Bearer ${token.out.trim()}` })
  expect(reply.json()).toMatchObject({ permissions: ['people.read'] })
})

test('a source made from the command line prints where to and with what, as JSON', async () => {
  const made = await steward('source add alertmanager --name Prometheus --json')
  const { url, token } = JSON.parse(made.out)
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const empty = { version: '4', status: 'firing', alerts: [], groupLabels: {}, commonLabels: {}, receiver: 'x' }
  const reply = await desk.app.inject({ method: 'POST', url: new URL(url).pathname, headers, payload: empty })
  expect(reply.statusCode).toBeLessThan(300)
  expect(await steward('source add alertmanager --name Prometheus')).toMatchObject({
    code: 1,
    err: 'There is a source of that name\n',
  })
})

test('the history is verified, and the database brought up, beside a desk that works', async () => {
  expect(await steward('verify')).toMatchObject({ code: 0, out: expect.stringContaining('all is as it was written') })
  expect(await steward('migrate')).toMatchObject({ code: 0, out: 'The database is at this release already.\n' })
})

test('what an operator does in the command line is traced, and no name is put to it', async () => {
  const someone = await invited('Traced One')
  await steward(`user deactivate ${someone.email}`)
  const [change] = await desk.asSystem(({ db }) =>
    db.selectFrom('audit').selectAll().where('rowId', '=', someone.id).orderBy('id', 'desc').limit(1).execute(),
  )
  expect(change).toMatchObject({ table: 'person', act: 'update', byId: null, after: { active: false } })
})

test.for<[line: string, code: number, says: string]>([
  ['nonsense', 2, `unknown command 'nonsense'`],
  ['user add --name Cleo', 2, `missing required argument 'email'`],
  ['user add cleo', 2, `required option '--name <name>' not specified`],
  ['user add cleo --name Cleo', 2, 'Write an e-mail address'],
  ['user add new@steward.example --name New --role king', 1, 'There is no role king'],
  ['user add new@steward.example --name New --organisation Nowhere', 1, 'There is no organisation Nowhere'],
  ['user add ada@steward.example --name New', 1, 'Another person has that address'],
  ['user link nobody@steward.example', 1, 'There is nobody with the address'],
  ['user deactivate ada@steward.example', 1, 'without an administrator'],
  ['token ada@steward.example --days 0', 2, 'days'],
  ['token ada@steward.example --scopes all', 2, 'scopes'],
  ['source add nagios', 1, 'A source is of type alertmanager'],
  ['backup --to /nowhere', 1, 'a database of its own server'],
])('steward %s ends with %i and says: %s', async ([line, code, says]) => {
  const ended = await steward(line)
  expect(ended).toMatchObject({ code, out: '', err: expect.stringContaining(says) })
})

test('where there is no desk, or the settings make no sense, it says so', async () => {
  expect(await steward('user list', { STEWARD_DATA: '/tmp/no-desk-here' })).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no desk in'),
  })
  expect(await steward('user list', { PORT: 'abc', LOG: 'x' })).toMatchObject({
    code: 2,
    err: 'PORT must be a port\nLOG must be file or stdout\n',
  })
})

test('an import makes the desk that it fills where there is none, and says what it is not sure of', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'steward-import-'))
  await chmod(dir, 0o711)
  const file = join(dir, 'tickets.csv')
  await writeFile(file, 'Number,Title,State,Opened\nA-1,Printer on fire,New,05/01/2026 09:00\n')
  const env = { STEWARD_DATA: join(dir, 'desk') }
  const brought = await steward(`import tickets ${file} --json`, env)
  expect(brought).toMatchObject({ code: 0, err: expect.stringContaining('Made a new database') })
  expect(brought.err).toContain('days are taken to come first. If they do not, say --dates mdy.')
  expect(JSON.parse(brought.out)).toMatchObject({ incidents: 1, rejected: [] })
  await rm(dir, { recursive: true, force: true })
})

test.for(['', 'start', 'migrate', 'verify', 'backup', 'restore', 'user add', 'token', 'source add', 'import'])(
  'steward %s --help explains it',
  async (words) => {
    expect(await steward(`${words} --help`)).toMatchObject({ code: 0, out: expect.stringContaining('Usage: steward') })
  },
)

test('the program itself ends with that code, and writes the answer apart from the rest', async () => {
  const cli = fileURLToPath(new URL('cli.ts', import.meta.url))
  const env = { PATH: process.env['PATH'], DATABASE_URL: desk.ownerUrl }
  const child = spawn(process.execPath, [cli, 'user', 'link', 'nobody@steward.example'], { env })
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  expect({ code: child.exitCode, out, err }).toEqual({
    code: 1,
    out: '',
    err: 'There is nobody with the address nobody@steward.example\n',
  })
}, 120_000)
