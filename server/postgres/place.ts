import { createHash } from 'node:crypto'
import { accessSync, chownSync, constants, mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { findAccount, ownerOf, type Account } from './account.ts'

export interface Place {
  readonly dir: string
  /** Why the desk's data lives somewhere else than was asked for, if it does. */
  readonly moved: string | null
}

/**
 * Where the data of a desk can live. PostgreSQL refuses to run as root, so a desk started by root needs a path that
 * the system user can walk; a path closed to that user is replaced by one under /var/lib/steward, always the same one.
 */
export function placeFor(dir: string): Place {
  const asked = realPath(resolve(dir))
  if (process.getuid?.() !== 0 || isOpenTo(ownerOf(join(asked, 'db')) ?? findAccount(), dirname(asked)))
    return { dir: asked, moved: null }
  const name = `${basename(dirname(asked))}-${basename(asked)}`.replaceAll(/[^\w.-]/g, '')
  const hash = createHash('sha256').update(asked).digest('hex').slice(0, 6)
  const instead = join('/var/lib/steward', `${name}-${hash}`)
  return { dir: instead, moved: `${asked} is closed to the database's system user, so the data is in ${instead}` }
}

/** Makes the folder and gives it to the account, but never takes over a folder that holds something else. */
export function openPlace({ dir }: Place, account: Account | null) {
  mkdirSync(dirname(dir), { recursive: true, mode: 0o755 })
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  if (!account) return refuseUnlessOurs(dir)
  if (statSync(dir).uid === account.uid) return
  const names = readdirSync(dir)
  if (names.length > 0 && !names.includes('db') && !names.includes('desk.lock')) {
    throw new Error(`${dir} holds other files and no desk; give the desk an empty folder or one of its own.`)
  }
  chownSync(dir, account.uid, account.gid)
}

function refuseUnlessOurs(dir: string) {
  if (isWritable(dir) && isOurs(join(dir, 'db'))) return
  throw new Error(`${dir} belongs to another user. Start the desk as that user or as root, or give it another folder.`)
}

function isOurs(path: string) {
  const found = statSync(path, { throwIfNoEntry: false })
  return !found || found.uid === process.getuid?.()
}

function isWritable(dir: string) {
  try {
    accessSync(dir, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Can this account walk down to that folder? Asked of the modes, as the kernel would. */
export function isOpenTo(account: Account | null, dir: string): boolean {
  const existing = nearest(dir)
  const { mode, uid, gid } = statSync(existing)
  const may = (mode & searchBit(account, uid, gid)) !== 0
  return may && (existing === '/' || isOpenTo(account, dirname(existing)))
}

function searchBit(account: Account | null, uid: number, gid: number) {
  if (account?.uid === uid) return 0o100
  if (account?.gid === gid) return 0o010
  return 0o001
}

function realPath(path: string) {
  const existing = nearest(path)
  return join(realpathSync(existing), path.slice(existing.length))
}

function nearest(path: string): string {
  return statSync(path, { throwIfNoEntry: false }) ? path : nearest(dirname(path))
}
