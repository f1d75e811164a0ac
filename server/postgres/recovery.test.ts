import { spawn } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { findAccount } from './account.ts'
import { ask } from './answer.ts'
import { runAs } from './cluster.ts'
import { findPostgres } from './postgres.ts'
import { postmasterOf } from './postmaster.ts'
import { living, serversIn, signal } from './processes.ts'
import { firstWord, killed, note, notes, scratchDesk } from './scratch.ts'

vi.setConfig({ testTimeout: 300_000 })

const account = () => (process.getuid?.() === 0 ? findAccount() : null)

function pidOf(data: string) {
  const found = postmasterOf(data)
  if (!found) throw new Error('no server')
  return found.pid
}

test('a desk that is stopped and started again keeps what it knew, and leaves nothing running between', async () => {
  const desk = scratchDesk()
  const first = await desk.start()
  await note(first, 'before')
  await first.stop()
  expect(serversIn(desk.data)).toEqual([])
  expect(await findPostgres(desk.dir)).toBeNull()

  const second = await desk.start()
  expect(second.adopted).toBe(false)
  expect(await notes(second)).toEqual(['before'])
  expect(await findPostgres(desk.dir)).toBe(second.url)
  await second.stop()
})

test('a server left running by a desk that was killed is adopted by the next desk', async () => {
  const desk = scratchDesk()
  await killed(await desk.startElsewhere())
  const orphan = pidOf(desk.data)

  const next = await desk.start()
  expect(next.adopted).toBe(true)
  expect(pidOf(desk.data)).toBe(orphan)
  await note(next, 'adopted')
  await next.stop()
  expect(living(orphan)).toBeNull()
})

test('when desk and server are killed together, the next desk has all that was saved', async () => {
  const desk = scratchDesk()
  const child = await desk.startElsewhere()
  await note({ url: (await findPostgres(desk.dir)) ?? '' }, 'saved')
  const pids = serversIn(desk.data).map(({ pid }) => pid)
  await killed(child)
  for (const pid of pids) signal(pid, 'SIGKILL')

  const next = await desk.start()
  expect(next.adopted).toBe(false)
  expect(await notes(next)).toEqual(['saved'])
  await next.stop()
})

test('a dead server that nobody has reaped counts as dead', async () => {
  const desk = scratchDesk()
  const first = await desk.start()
  await note(first, 'kept')
  const [program, ...args] = commandOf(pidOf(desk.data))
  await first.stop()
  const careless = desk.inline(`
    import { spawn } from 'node:child_process'
    import { writeSync } from 'node:fs'
    const server = spawn(${JSON.stringify(program)}, ${JSON.stringify(args)}, ${JSON.stringify(runAs(account(), desk.data))})
    writeSync(1, String(server.pid))
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)`)
  const pid = Number(await firstWord(careless))
  await vi.waitUntil(() => findPostgres(desk.dir), { timeout: 60_000 })
  signal(pid, 'SIGKILL')
  await vi.waitUntil(() => / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')))

  const next = await desk.start()
  expect(next.adopted).toBe(false)
  expect(await notes(next)).toEqual(['kept'])
  await next.stop()
})

test('the number in a stale pid file is not believed when another program has it now', async () => {
  const desk = scratchDesk()
  const first = await desk.start()
  await note(first, 'kept')
  const [pidFile, lockFile] = [join(desk.data, 'postmaster.pid'), join(desk.dir, 'run', '.s.PGSQL.5432.lock')]
  const [pid, lock] = [readFileSync(pidFile, 'utf8'), readFileSync(lockFile, 'utf8')]
  await first.stop()
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore', ...runAs(account(), '/') })
  onTestFinished(() => void stranger.kill())
  writeFileSync(pidFile, pid.replace(/^\d+/, String(stranger.pid)))
  writeFileSync(lockFile, lock.replace(/^\d+/, String(stranger.pid)))

  const next = await desk.start()
  expect(await notes(next)).toEqual(['kept'])
  expect(living(stranger.pid ?? 0)).not.toBeNull()
  await next.stop()
})

test('an empty pid file, as a full disk leaves it, does not keep the desk from starting', async () => {
  const desk = scratchDesk()
  const first = await desk.start()
  await note(first, 'kept')
  await first.stop()
  writeFileSync(join(desk.data, 'postmaster.pid'), '')

  const next = await desk.start()
  expect(await notes(next)).toEqual(['kept'])
  await next.stop()
})

test('a server whose pid file was deleted is brought down before another is started on its data', async () => {
  const desk = scratchDesk()
  await killed(await desk.startElsewhere())
  const orphan = pidOf(desk.data)
  rmSync(join(desk.data, 'postmaster.pid'))

  const next = await desk.start()
  expect(next.adopted).toBe(false)
  expect(living(orphan)).toBeNull()
  await next.stop()
})

test('an orphan that was stopped and does not answer is replaced', async () => {
  const desk = scratchDesk()
  const child = await desk.startElsewhere()
  await note({ url: (await findPostgres(desk.dir)) ?? '' }, 'kept')
  await killed(child)
  const orphan = pidOf(desk.data)
  signal(orphan, 'SIGSTOP')

  const next = await desk.start()
  expect(next.adopted).toBe(false)
  expect(living(orphan)).toBeNull()
  expect(desk.said.join('\n')).toContain(`(process ${orphan}) does not answer; replacing it`)
  expect(await notes(next)).toEqual(['kept'])
  await next.stop()
})

test('a second desk on the same data is refused by a sentence that names the first, which is unharmed', async () => {
  const desk = scratchDesk()
  const child = await desk.startElsewhere()
  await expect(desk.start()).rejects.toThrow(`Another desk (process ${child.pid}) is running on ${desk.dir}`)
  expect(await findPostgres(desk.dir)).not.toBeNull()
  await killed(child)

  const next = await desk.start()
  await expect(desk.start()).rejects.toThrow(`(process ${process.pid})`)
  await next.stop()
})

test('a server that falls under a running desk is told of and started again at the same address', async () => {
  const desk = scratchDesk()
  const server = await desk.start()
  await note(server, 'kept')
  const crashes: string[] = []
  server.crashed(({ reason }) => void crashes.push(reason))
  for (const round of [1, 2]) {
    const fallen = pidOf(desk.data)
    signal(fallen, 'SIGKILL')
    const back = () => desk.said.filter((line) => line === 'The database server is back.').length
    await vi.waitUntil(() => back() === round, { timeout: 120_000 })
    expect(pidOf(desk.data)).not.toBe(fallen)
  }
  expect(crashes).toEqual(['was killed by SIGKILL', 'was killed by SIGKILL'])
  expect(await notes(server)).toEqual(['kept'])
  await server.stop()
  expect(serversIn(desk.data)).toEqual([])
})

test('an adopted server that falls is started again too', async () => {
  const desk = scratchDesk()
  await killed(await desk.startElsewhere())
  const server = await desk.start()
  const fallen = pidOf(desk.data)
  signal(fallen, 'SIGKILL')
  await vi.waitUntil(() => desk.said.includes('The database server is back.'), { timeout: 120_000 })
  expect(pidOf(desk.data)).not.toBe(fallen)
  await server.stop()
})

test('a server that cannot start says why, and the desk can be started once that is mended', async () => {
  const desk = scratchDesk()
  const first = await desk.start()
  await first.stop()
  await first.stop()
  const conf = join(desk.data, 'postgresql.conf')
  const sound = readFileSync(conf, 'utf8')
  writeFileSync(conf, `${sound}max_connections = 'lots'\n`)
  await expect(desk.start()).rejects.toThrow(/ended with code 1 at start.*max_connections.*\(see log\/start.log\)/)
  writeFileSync(conf, `${sound}max_connections = 33\n`)
  const next = await desk.start()
  expect(await ask(next.url, 'show max_connections')).toEqual([{ max_connections: '33' }])
  await next.stop()
})

test('a path with blanks, commas and quotes is as good as any', async () => {
  const desk = scratchDesk({ under: 'our "new" desk, 50 % ä' })
  const server = await desk.start()
  await note(server, 'there')
  expect(await notes({ url: (await findPostgres(desk.dir)) ?? '' })).toEqual(['there'])
  await server.stop()
})

test('stopping while the server is down and waiting to be started again ends at once', async () => {
  const desk = scratchDesk()
  const server = await desk.start()
  signal(pidOf(desk.data), 'SIGKILL')
  await vi.waitUntil(() => desk.said.some((line) => line.includes('starting it again')))
  await server.stop()
  await wait(300)
  expect(serversIn(desk.data)).toEqual([])
})

test('a data path too long for a socket gets a short private one, which the next desk finds', async () => {
  const desk = scratchDesk({
    under: 'a-rather-long-name-for-a-folder/and-another-one-within-it/and-a-third-for-good-measure',
  })
  await killed(await desk.startElsewhere())
  const found = await findPostgres(desk.dir)
  expect(found).not.toContain('long-name')
  const next = await desk.start()
  expect(next.adopted).toBe(true)
  expect(next.url).toBe(found)
  await next.stop()
})

function commandOf(pid: number) {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1)
}
