import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask, connected } from './answer.ts'
import { backup, type Progress } from './backup.ts'
import { readManifest } from './manifest.ts'
import { note, notes, scratch, scratchDesk } from './scratch.ts'
import { restore, restoreCheck } from './restore.ts'
import { startPostgres, type Postgres } from './postgres.ts'

vi.setConfig({ testTimeout: 600_000, hookTimeout: 120_000 })

const desk = scratchDesk({ after: afterAll })
const shelf = scratch(afterAll)
const kept = join(shelf, 'kept')
const quiet = { say: () => {} }
let server: Postgres

beforeAll(async () => {
  server = await desk.start()
  await note(server, 'first')
  mkdirSync(join(server.dir, 'files', 'ab'), { recursive: true })
  writeFileSync(join(server.dir, 'files', 'ab', 'abcd'), 'a photograph')
  writeFileSync(join(server.dir, 'ballast'), 'room for a full disk')
  await backup({ url: server.url, dir: desk.dir, to: kept })
  return () => server.stop()
})

test('a backup made while people write holds all that was acknowledged, and starts by itself elsewhere', async () => {
  const acknowledged: number[] = []
  const enough = new AbortController()
  const write = connected(server.url, async (session) => {
    while (!enough.signal.aborted) {
      const [row] = await session.query<{ id: string }>(`insert into note (text) values ('hello') returning id`)
      acknowledged.push(Number(row?.id))
      if (acknowledged.length % 200 === 0) await session.query('select pg_switch_wal()')
      if (acknowledged.length % 600 === 0) await session.query('checkpoint')
    }
  })
  await vi.waitUntil(() => acknowledged.length > 20)
  const before = acknowledged.length
  let due = 0
  const progress = ({ phase }: Progress) => {
    if (phase === 'log' && due === 0) due = acknowledged.at(-1) ?? 0
  }
  const to = join(shelf, 'under-writes')
  const { files } = await backup({ url: server.url, dir: desk.dir, to, progress })
  enough.abort()
  await write

  expect(due).toBeGreaterThan(before)
  expect(files.map(({ path }) => path)).toContain('files/ab/abcd')
  expect(files.map(({ path }) => path)).not.toContain('ballast')
  const dir = join(scratch(), 'elsewhere')
  await restore({ from: to, dir })
  const restored = await startPostgres({ dir, ...quiet })
  const [row] = await ask<{ ids: string[] }>(restored.url, 'select array_agg(id order by id) as ids from note')
  await restored.stop()
  const ids = new Set(row?.ids.map(Number))
  expect(acknowledged.filter((id) => id <= due && !ids.has(id))).toEqual([])
  expect([...ids].filter((id) => id > 1 && !acknowledged.includes(id))).toEqual([])
  expect(readFileSync(join(dir, 'files', 'ab', 'abcd'), 'utf8')).toBe('a photograph')
})

test('a backup is proved by restoring it, reading every table and index, and looking at it as the desk would', async () => {
  let seen: string[] = []
  const scratchDir = scratch()
  const look = async (restored: { url: string }) => {
    seen = await notes(restored)
  }
  const { tables, indexes } = await restoreCheck({ from: kept, scratch: scratchDir, look })
  expect(seen[0]).toBe('first')
  expect(tables).toBeGreaterThan(60)
  expect(indexes).toBeGreaterThan(100)
  expect(readdirSync(scratchDir)).toEqual([])
  await expect(restoreCheck({ from: kept, look: wrong })).rejects.toThrow('the chain of history is broken')
})

test('a backup with one flipped byte is refused by name, and nothing of it is restored', async () => {
  const from = join(shelf, 'flipped')
  cpSync(kept, from, { recursive: true })
  const { files } = await readManifest(from)
  const largest = files.toSorted((a, b) => b.size - a.size).find(({ path }) => path.startsWith('db/base')) ?? files[0]
  const stored = join(from, `${largest?.path}.zst`)
  flip(stored, Math.floor(statSync(stored).size / 2))
  const dir = join(scratch(), 'new')
  await expect(restore({ from, dir })).rejects.toThrow(`The backup is damaged: ${largest?.path} is not what was`)
  expect(() => readdirSync(dir)).toThrow('ENOENT')
  flip(stored, Math.floor(statSync(stored).size / 2))
  await restore({ from, dir })

  flip(join(from, 'manifest.json'), 200)
  await expect(restore({ from, dir: join(scratch(), 'new') })).rejects.toThrow(
    'manifest.json is not what was backed up',
  )
})

test('a backup is restored only into an empty folder', async () => {
  await expect(restore({ from: kept, dir: desk.dir })).rejects.toThrow(`${desk.dir} is not empty`)
  await expect(backup({ url: server.url, dir: desk.dir, to: kept })).rejects.toThrow('exists already')
  await expect(restore({ from: join(shelf, 'nothing'), dir: join(shelf, 'x') })).rejects.toThrow('it has no manifest')
})

test('a backup that cannot be finished leaves no folder that looks like one', async () => {
  const other = scratchDesk()
  mkdirSync(join(other.dir, 'db'), { recursive: true })
  const to = join(shelf, 'unfinished')
  await expect(backup({ url: server.url, dir: other.dir, to })).rejects.toThrow('is not the one in')
  expect(readdirSync(shelf).filter((name) => name.startsWith('unfinished'))).toEqual([])
})

async function wrong() {
  throw new Error('the chain of history is broken')
}

function flip(file: string, at: number) {
  const bytes = readFileSync(file)
  bytes[at] = (bytes[at] ?? 0) ^ 0x10
  writeFileSync(file, bytes)
}
