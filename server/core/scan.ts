import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

const longest = 5 * 60_000

/** Asks a command whether a file is harmless. One that cannot be run throws, so that the file is looked at again. */
export const scanWith = (command: string) => async (content: Readable) => {
  const dir = await mkdtemp(join(tmpdir(), 'steward-scan-'))
  try {
    const path = join(dir, 'file')
    await pipeline(content, createWriteStream(path, { mode: 0o600 }))
    return (await exitCode(command, path)) === 0
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

function exitCode(command: string, path: string) {
  const [program = '', ...options] = command.split(/\s+/).filter(Boolean)
  return new Promise<number>((ended, failed) => {
    const scanner = spawn(program, [...options, path], { stdio: 'ignore', timeout: longest, killSignal: 'SIGKILL' })
    scanner.once('error', failed)
    scanner.once('exit', (code, signal) => {
      if (code === null) failed(new Error(`The scanner was ended by ${signal}`))
      else ended(code)
    })
  })
}
