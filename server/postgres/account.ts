import { execFileSync, spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { userInfo } from 'node:os'

/** The operating system's user that PostgreSQL runs as. */
export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

const name = 'steward'

export function findAccount(): Account | null {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }))
  if (uid?.status !== 0 || gid?.status !== 0) return null
  return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

/** Whom existing data belongs to, if that is an ordinary user: root serves it as that user, and changes no owner. */
export function ownerOf(data: string): Account | null {
  const found = statSync(data, { throwIfNoEntry: false })
  return found && found.uid !== 0 ? { name: `user ${found.uid}`, uid: found.uid, gid: found.gid } : null
}

/** PostgreSQL refuses to run as root: a desk started by root gets a system user, once; anybody else needs none. */
export function accountForServer(data: string, say: (line: string) => void): Account | null {
  if (process.getuid?.() !== 0) return null
  const existing = findAccount()
  const owner = ownerOf(data)
  if (owner && owner.uid !== existing?.uid) return owner
  if (existing) return existing
  createAccount()
  const created = findAccount()
  if (!created) {
    throw new Error(
      'PostgreSQL refuses to run as root, and no system user could be created for it. ' +
        `Create one with "useradd --system --user-group ${name}", or start the desk as an ordinary user.`,
    )
  }
  say(`Created the system user "${name}": PostgreSQL refuses to run as root.`)
  return created
}

export function accountName(account: Account | null) {
  return account?.name ?? userInfo().username
}

function createAccount() {
  const home = ['--home-dir', '/nonexistent', '--no-create-home', '--shell', '/usr/sbin/nologin']
  const ways = [
    ['useradd', '--system', '--user-group', ...home, name],
    ['adduser', '--system', '--group', '--no-create-home', '--home', '/nonexistent', name],
    ['adduser', '-S', '-D', '-H', '-h', '/nonexistent', name],
  ]
  ways.some(([command, ...args]) => succeeds(command ?? '', args))
}

function succeeds(command: string, args: string[]) {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return findAccount() !== null
  }
}
