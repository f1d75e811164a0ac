import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

export interface Living {
  readonly pid: number
  readonly stopped: boolean
  readonly command: string
  /** Tells two processes apart that had the same number, one after the other. */
  readonly born: string
}

/** The process behind a number, or null when it is gone; a zombie that nobody has reaped counts as gone. */
export function living(pid: number): Living | null {
  const found = process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
  if (!found || /^[ZXx]/.test(found.state)) return null
  return { pid, stopped: /^[Tt]/.test(found.state), command: found.command, born: found.born }
}

/** Every living server process whose working directory is this data directory: postmaster, backends, helpers. */
export function serversIn(data: string): Living[] {
  const pids = process.platform === 'linux' ? pidsByProc(data) : pidsByLsof(data)
  return pids.map(living).filter((found) => found !== null)
}

/** Believes a number only when a living PostgreSQL works in that very directory. */
export function isServerOf(pid: number, data: string) {
  const found = living(pid)
  return found !== null && found.command.startsWith('postgres') && worksIn(pid, data)
}

export function parentOf(pid: number): number | null {
  try {
    if (process.platform !== 'linux') return Number(ps(pid, 'ppid='))
    return Number(statOf(pid).rest[1])
  } catch {
    return null
  }
}

export function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (!isCode(error, 'ESRCH')) throw error
  }
}

export function isCode(error: unknown, ...codes: string[]) {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code)
}

function fromProc(pid: number) {
  try {
    const { command, rest } = statOf(pid)
    return { state: rest[0] ?? '', command, born: rest[19] ?? '' }
  } catch {
    return null
  }
}

// The name stands in brackets and may hold brackets and blanks itself, so the rest is counted from the last one.
function statOf(pid: number) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const end = stat.lastIndexOf(')')
  return {
    command: stat.slice(stat.indexOf('(') + 1, end),
    rest: stat
      .slice(end + 2)
      .trimEnd()
      .split(' '),
  }
}

function fromPs(pid: number) {
  try {
    return { state: ps(pid, 'stat='), command: ps(pid, 'comm=').replace(/^.*\//, ''), born: ps(pid, 'lstart=') }
  } catch {
    return null
  }
}

function ps(pid: number, column: string) {
  return execFileSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' }).trim()
}

function worksIn(pid: number, data: string) {
  if (process.platform !== 'linux') return pidsByLsof(data).includes(pid)
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === data
  } catch {
    return false
  }
}

function pidsByProc(data: string) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isServerOf(pid, data))
}

function pidsByLsof(data: string): number[] {
  let listed = ''
  try {
    listed = execFileSync('lsof', ['-a', '-c', 'postgres', '-d', 'cwd', '-Fpn'], { encoding: 'utf8' })
  } catch {
    return []
  }
  const lines = listed.split('\n')
  return lines.flatMap((line, i) => {
    const owner = lines.slice(0, i).findLast((earlier) => earlier.startsWith('p'))
    return line === `n${data}` && owner ? [Number(owner.slice(1))] : []
  })
}
