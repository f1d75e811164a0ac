import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { appendFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { isOpenTo } from './place.ts'

/** One desk's database on disk: where its parts lie and how to reach the server that serves it. */
export interface Cluster {
  readonly dir: string
  readonly data: string
  readonly logs: string
  /** The private directory of the Unix socket. */
  readonly run: string
  readonly account: Account | null
}

export const owner = 'steward'
export const port = 5432

// A socket's path has 107 bytes in the kernel, of which its own name takes 15.
const longestRun = 90

export const dataOf = (dir: string) => join(dir, 'db')
export const ownRun = (dir: string) => join(dir, 'run')
export const socketIn = (run: string) => join(run, `.s.PGSQL.${port}`)

export function urlOf({ dir, run }: Pick<Cluster, 'dir' | 'run'>, database: string) {
  const secret = readFileSync(join(dir, 'secret'), 'utf8').trim()
  return `postgres://${owner}:${secret}@${encodeURIComponent(run)}:${port}/${encodeURIComponent(database)}?sslmode=disable`
}

/** The data, initialised if this is the first start, and a directory short enough for its socket. */
export function openCluster(dir: string, run: string | null, account: Account | null): Cluster {
  const cluster = { dir, data: dataOf(dir), logs: join(dir, 'log'), run: run ?? runDirectory(dir, account), account }
  makeFor(account, cluster.logs)
  makeFor(account, cluster.run)
  return cluster
}

/** The number that tells one initialised database from every other, as its control file says it. */
export function systemIdentifier(data: string) {
  return readFileSync(join(data, 'global', 'pg_control'))
    .readBigUInt64LE(0)
    .toString()
}

/** Initialises the data beside its place and moves it there when whole, so a half-made one is never taken for data. */
export function initialise({ dir, data, account }: Cluster, { initdb }: Binaries) {
  if (existsSync(data)) return false
  for (const half of readdirSync(dir).filter((name) => name.startsWith('db.new'))) {
    rmSync(join(dir, half), { recursive: true })
  }
  const fresh = join(dir, 'db.new')
  makeFor(account, fresh)
  const secret = makeSecret(dir, account)
  const { status, stdout, stderr, error } = spawnSync(initdb, [...initialOptions, '--pwfile', secret, '-D', fresh], {
    encoding: 'utf8',
    ...runAs(account, fresh),
  })
  if (status !== 0) throw new Error(`The database could not be initialised: ${error?.message ?? stderr ?? stdout}`)
  appendFileSync(join(fresh, 'postgresql.conf'), confTail)
  renameSync(fresh, data)
  return true
}

/** How a program of the server is run: as its account, in its directory, and with none of the desk's environment. */
export function runAs(account: Account | null, cwd: string) {
  const env = { LC_ALL: process.platform === 'darwin' ? 'C' : 'C.UTF-8', TZ: 'UTC', PATH: '/usr/bin:/bin' }
  return { cwd, env, ...(account && { uid: account.uid, gid: account.gid }) }
}

function makeFor(account: Account | null, dir: string) {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  if (account) chownSync(dir, account.uid, account.gid)
}

const locale =
  process.platform === 'darwin' ? ['--locale=C', '--lc-ctype=UTF-8', '--builtin-locale=C.UTF-8'] : ['--locale=C.UTF-8']

const initialOptions = [
  '--username',
  owner,
  '--auth-local=scram-sha-256',
  '--auth-host=reject',
  '--encoding=UTF8',
  '--locale-provider=builtin',
  ...locale,
  '--data-checksums',
]

const confTail = `
# The desk's own settings, in a file written anew at each start. A line of yours below this one wins.
include_if_exists 'steward.conf'
`

function makeSecret(dir: string, account: Account | null) {
  const file = join(dir, 'secret')
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 })
  if (account) chownSync(file, account.uid, account.gid)
  return file
}

function runDirectory(dir: string, account: Account | null) {
  const run = ownRun(dir)
  if (Buffer.byteLength(run) <= longestRun) return run
  const base = Buffer.byteLength(tmpdir()) <= longestRun - 20 && isOpenTo(account, tmpdir()) ? tmpdir() : '/tmp'
  return mkdtempSync(join(base, 'steward-'))
}
