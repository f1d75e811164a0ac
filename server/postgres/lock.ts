import { chownSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Account } from './account.ts'
import { living } from './processes.ts'

/**
 * One desk to a data directory. The kernel holds the lock and lets go of it with the process, however it ends and in
 * whatever container it ran; the number and birth of the process beside it are only there to name it.
 */
export function lockPlace(dir: string, account: Account | null) {
  const [file, note] = [join(dir, 'desk.lock'), join(dir, 'desk.pid')]
  const lock = new DatabaseSync(file, { timeout: 300 })
  try {
    lock.exec('pragma journal_mode = memory; begin exclusive')
  } catch (error) {
    lock.close()
    if (!isBusy(error)) throw error
    throw new Error(`Another desk${whoFrom(note)} is running on ${dir}. Stop it first, or choose another folder.`, {
      cause: error,
    })
  }
  writeFileSync(note, `${process.pid} ${living(process.pid)?.born ?? ''}\n`, { mode: 0o600 })
  if (account) for (const path of [file, note]) chownSync(path, account.uid, account.gid)
  return () => {
    if (!lock.isOpen) return
    rmSync(note, { force: true })
    lock.close()
  }
}

function isBusy(error: unknown) {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}

function whoFrom(note: string) {
  try {
    const [pid, ...born] = readFileSync(note, 'utf8').trim().split(' ')
    return living(Number(pid))?.born === born.join(' ') ? ` (process ${pid})` : ''
  } catch {
    return ''
  }
}
