import { chmod, chown, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accountForServer, type Account } from './account.ts'
import { ask } from './answer.ts'
import type { Progress } from './backup.ts'
import { dataOf } from './cluster.ts'
import { inTurns } from './in-turns.ts'
import { lockPlace } from './lock.ts'
import { readManifest, type Manifest } from './manifest.ts'
import { checkFile, unpackFile } from './pack.ts'
import { openPlace, placeFor } from './place.ts'
import { startPostgres } from './postgres.ts'

interface Restore {
  readonly from: string
  readonly dir: string
  readonly say?: (line: string) => void
  readonly progress?: (progress: Progress) => void
}

/** Puts a backup into an empty folder, ready to start, once every byte of it has been proved right; else nothing. */
export async function restore({ from, dir, say = () => {}, progress = () => {} }: Restore): Promise<Manifest> {
  const manifest = await readManifest(from)
  const place = placeFor(dir)
  await refuseUnlessEmpty(place.dir)
  await eachFile(manifest, 'check', progress, (file) => checkFile(from, file))
  if (place.moved) say(`${place.moved}.`)
  const account = accountForServer(dataOf(place.dir), say)
  openPlace(place, account)
  const unlock = lockPlace(place.dir, account)
  const half = join(place.dir, 'restoring')
  try {
    await inTurns(manifest.directories, (path) => mkdir(join(half, path), { recursive: true, mode: 0o700 }))
    await eachFile(manifest, 'restore', progress, (file) => unpackFile(from, file, half))
    await giveTo(account, half)
    await settle(half, place.dir)
    return manifest
  } finally {
    await rm(half, { recursive: true, force: true })
    unlock()
  }
}

export interface Checked {
  readonly tables: number
  readonly indexes: number
  readonly seconds: number
}

interface Check {
  readonly from: string
  /** Where the scratch copy may lie; it is as large as the desk. */
  readonly scratch?: string
  /** Looks at the restored desk, for instance at its chain of history, and throws if it is not right. */
  readonly look?: (restored: { url: string; dir: string }) => Promise<void>
  readonly say?: (line: string) => void
}

/** Proves a backup by restoring it: every table and index is read and compared, then the copy is thrown away. */
export async function restoreCheck({ from, scratch = tmpdir(), look, say = () => {} }: Check): Promise<Checked> {
  const started = performance.now()
  const above = await mkdtemp(join(scratch, 'steward-check-'))
  await chmod(above, 0o711)
  const { dir } = placeFor(join(above, 'desk'))
  try {
    await restore({ from, dir, say })
    const server = await startPostgres({ dir, say })
    try {
      const counts = await readEverything(server.url)
      await look?.({ url: server.url, dir })
      return { ...counts, seconds: (performance.now() - started) / 1_000 }
    } finally {
      await server.stop()
    }
  } finally {
    await Promise.all([above, dir].map((each) => rm(each, { recursive: true, force: true })))
  }
}

async function readEverything(url: string) {
  const hour = 3_600_000
  await ask(url, 'create extension if not exists amcheck', hour)
  const faults = await ask<{ relation: string; msg: string }>(
    url,
    `select c.oid::regclass::text as relation, fault.msg
       from pg_class c cross join lateral verify_heapam(c.oid) fault
      where c.relkind in ('r', 'm', 't') and c.relpersistence = 'p' limit 10`,
    hour,
  )
  const [fault] = faults
  if (fault) throw new Error(`The restored table ${fault.relation} is damaged: ${fault.msg}.`)
  const [counted] = await ask<{ tables: number; indexes: number }>(
    url,
    `select count(*) filter (where c.relkind in ('r', 'm'))::int as tables,
            count(bt_index_check(c.oid, true)) filter (where c.relkind = 'i')::int as indexes
       from pg_class c left join pg_index i on i.indexrelid = c.oid left join pg_am a on a.oid = c.relam
      where c.relpersistence = 'p'
        and (c.relkind in ('r', 'm') or (c.relkind = 'i' and a.amname = 'btree' and i.indisvalid))`,
    hour,
  )
  return { tables: counted?.tables ?? 0, indexes: counted?.indexes ?? 0 }
}

async function refuseUnlessEmpty(dir: string) {
  const found = await readdir(dir).catch(() => [])
  if (found.some((name) => name !== 'desk.lock'))
    throw new Error(`${dir} is not empty; a backup is restored only into an empty folder.`)
}

// The database gets its name last, so a restore that was cut short is never started as if it were whole.
async function settle(half: string, dir: string) {
  const beside = (await readdir(half)).filter((name) => name !== 'db')
  await Promise.all(beside.map((name) => rename(join(half, name), join(dir, name))))
  await rename(join(half, 'db'), join(dir, 'db'))
}

function eachFile(
  { files }: Manifest,
  phase: Progress['phase'],
  progress: (progress: Progress) => void,
  work: (file: Manifest['files'][number]) => Promise<void>,
) {
  return inTurns(files, async (file, i) => {
    await work(file)
    progress({ phase, done: i + 1, total: files.length })
  })
}

async function giveTo(account: Account | null, dir: string) {
  if (!account) return
  const inside = await readdir(dir, { recursive: true })
  await inTurns([dir, ...inside.map((path) => join(dir, path))], (path) => chown(path, account.uid, account.gid))
}
