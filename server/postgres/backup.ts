import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { connected, type Session } from './answer.ts'
import { dataOf } from './cluster.ts'
import { inTurns } from './in-turns.ts'
import { writeManifest, type BackedUpFile, type Manifest } from './manifest.ts'
import { packFile } from './pack.ts'
import { placeFor } from './place.ts'

export interface Progress {
  readonly phase: 'files' | 'database' | 'log' | 'check' | 'restore'
  readonly done: number
  readonly total: number
}

interface Backup {
  /** The owner's url of the running server. */
  readonly url: string
  /** The desk's data, as given to startPostgres. */
  readonly dir: string
  /** A folder that does not exist yet; it appears under this name only when the backup is whole. */
  readonly to: string
  readonly progress?: (progress: Progress) => void
}

/**
 * Copies the whole desk while it works: its database, what is attached to its records, and its secrets. Whatever was
 * acknowledged before the copy of the log began is in it, and it needs nothing else to be restored.
 */
export async function backup({ url, dir: asked, to: target, progress = () => {} }: Backup): Promise<Manifest> {
  const { dir } = placeFor(asked)
  const to = resolve(target)
  if (existsSync(to)) throw new Error(`${to} exists already; a backup makes a folder of its own.`)
  const folder = `${to}.part`
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    const manifest = await connected(url, (session) => copyDesk(session, { dir, folder, progress }))
    await writeManifest(folder, manifest)
    await rename(folder, to)
    return manifest
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

interface Copy {
  readonly dir: string
  readonly folder: string
  readonly progress: (progress: Progress) => void
}

// Attachments go first and, for those that came meanwhile, last: each record in the copy of the database has its own.
async function copyDesk(session: Session, copy: Copy): Promise<Manifest> {
  const { version, id } = await servedFrom(session, dataOf(copy.dir))
  const attached = await copyFiles(copy, 'files', await attachments(copy.dir))
  await session.query('set statement_timeout = 0; set idle_session_timeout = 0')
  await session.query(`select pg_create_physical_replication_slot('backup_' || pg_backend_pid(), true, true)`)
  await session.query(`select pg_backup_start('steward', true)`)
  const { directories, files } = await databaseFiles(copy.dir)
  const database = await copyFiles(copy, 'database', files)
  const control = await copyControl(copy)
  const [label] = await session.query<{ text: string }>('select labelfile as text from pg_backup_stop(false)')
  const { files: log, end } = await copyLog(session, copy, label?.text ?? '')
  const known = new Set(attached.map(({ path }) => path))
  const late = (await attachments(copy.dir)).filter((path) => !known.has(path))
  const rest = await copyFiles(copy, 'files', late)
  return {
    format: 'steward-backup-1',
    made: new Date().toISOString(),
    postgres: version,
    systemIdentifier: id,
    end,
    directories,
    files: [...attached, ...database, control, ...log, ...rest],
  }
}

async function servedFrom(session: Session, data: string) {
  const [server] = await session.query<{ data: string; version: string; id: string }>(
    `select current_setting('data_directory') as data, current_setting('server_version') as version,
            system_identifier::text as id from pg_control_system()`,
  )
  if (server?.data === data) return server
  throw new Error(`This desk's database is not the one in ${data}; back up the server that holds it.`)
}

async function copyFiles({ dir, folder, progress }: Copy, phase: Progress['phase'], paths: readonly string[]) {
  const copied: BackedUpFile[] = []
  await inTurns(paths, async (path, i) => {
    const file = await packFile({ from: join(dir, path), folder, path })
    if (file) copied.push(file)
    progress({ phase, done: i + 1, total: paths.length })
  })
  return copied
}

// The server rewrites its control file in place, so a single read could catch it half-written.
async function copyControl({ dir, folder }: Copy) {
  const path = join('db', 'global', 'pg_control')
  const still = await readTwiceAlike(join(dir, path))
  return packText(folder, path, still)
}

async function readTwiceAlike(file: string): Promise<Buffer> {
  const [first, second] = [await readFile(file), await readFile(file)]
  return first.equals(second) ? first : readTwiceAlike(file)
}

async function copyLog(session: Session, copy: Copy, label: string) {
  const first = label.match(/START WAL LOCATION: .* \(file ([0-9A-F]{24})\)/)?.[1]
  if (!first) throw new Error('The server ended the backup without a label.')
  copy.progress({ phase: 'log', done: 0, total: 1 })
  const [now] = await session.query<{ end: string; last: string }>(
    'select pg_current_wal_flush_lsn()::text as end, pg_walfile_name(pg_current_wal_flush_lsn()) as last',
  )
  const { end, last } = now ?? { end: '', last: first }
  const segments = (await readdir(join(dataOf(copy.dir), 'pg_wal'))).filter(
    (name) => name.endsWith('.history') || (/^[0-9A-F]{24}$/.test(name) && name >= first && name <= last),
  )
  const files = await copyFiles(
    copy,
    'log',
    segments.map((name) => join('db', 'pg_wal', name)),
  )
  return { end, files: [await packText(copy.folder, join('db', 'backup_label'), label), ...files] }
}

async function packText(folder: string, path: string, content: string | Buffer) {
  const from = join(folder, basename(path))
  await writeFile(from, content, { mode: 0o600 })
  const file = await packFile({ from, folder, path })
  await rm(from)
  if (!file) throw new Error(`${path} could not be copied.`)
  return file
}

async function attachments(dir: string) {
  const beside = (await readdir(dir, { withFileTypes: true })).filter(
    (entry) => entry.isFile() && !ofThisRun.test(entry.name),
  )
  const inside = existsSync(join(dir, 'files'))
    ? await readdir(join(dir, 'files'), { withFileTypes: true, recursive: true })
    : []
  return [...beside, ...inside].filter((entry) => entry.isFile()).map((entry) => within(dir, entry))
}

/** What belongs to the desk that runs here, or to its disk, and to no other. */
const ofThisRun = /^(desk\.|ballast)/

const emptied = /^db\/(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\//
const passing =
  /^(postmaster\.(pid|opts)|backup_label.*|tablespace_map.*|current_logfiles.*|pg_internal\.init.*|pgsql_tmp.*)$/

async function databaseFiles(dir: string) {
  const entries = await readdir(dataOf(dir), { withFileTypes: true, recursive: true })
  if (entries.some((entry) => entry.isSymbolicLink())) {
    throw new Error('The database has parts outside its folder (tablespaces), which a backup does not follow.')
  }
  const kept = entries.filter((entry) => !entry.parentPath.includes('pgsql_tmp') && !passing.test(entry.name))
  const paths = (some: typeof kept) => some.map((entry) => within(dir, entry)).filter((path) => !emptied.test(path))
  return {
    directories: ['db', ...paths(kept.filter((entry) => entry.isDirectory()))],
    files: paths(kept.filter((entry) => entry.isFile() && entry.name !== 'pg_control')),
  }
}

function within(dir: string, { parentPath, name }: { parentPath: string; name: string }) {
  return relative(dir, join(parentPath, name))
}
