import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export interface DeskProcess {
  readonly address: string
  readonly child: ChildProcess
  /** Milliseconds from the start of the process to its first answer. */
  readonly up: number
  stop(): Promise<void>
}

const main = fileURLToPath(new URL('../server/main.ts', import.meta.url))

/** Starts the desk as it runs in production, and waits for its first answer. */
export async function startDesk(dir: string, env: Readonly<Record<string, string>> = {}): Promise<DeskProcess> {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const began = performance.now()
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, STEWARD_DATA: dir, PORT: `${port}`, RATE_LIMIT: '100000000', LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const gone = new Promise<void>((done) => {
    child.once('exit', () => done())
  })
  while (!(await answers(address))) {
    if (child.exitCode !== null) throw new Error(`The desk ended with ${child.exitCode} at its start`)
    await wait(5)
  }
  const up = performance.now() - began
  return {
    address,
    child,
    up,
    async stop() {
      child.kill('SIGTERM')
      await gone
    },
  }
}

async function answers(address: string) {
  try {
    return (await fetch(`${address}/api/set-up`)).ok
  } catch {
    return false
  }
}

function freePort() {
  return new Promise<number>((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const found = server.address()
      server.close(() => done(typeof found === 'object' && found ? found.port : 0))
    })
  })
}

const restSeconds = 3

/** Waits until what a desk does by itself after its start is done: counting ahead, learning words, clearing up. */
export async function atRest(desk: DeskProcess, dir: string) {
  for (let before = worked(desk, dir); ;) {
    await wait(restSeconds * 1000)
    const now = worked(desk, dir)
    if (Math.abs(now - before) < restSeconds * 0.1) return
    before = now
  }
}

/** Seconds of processor time that a desk and its database have used so far. */
function worked({ child }: DeskProcess, dir: string) {
  return [child.pid!, ...serversOf(dir)].reduce((sum, pid) => sum + processorTime(pid), 0)
}

const ticksInSecond = 100

function processorTime(pid: number) {
  try {
    const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
    const fields = after.split(' ')
    return (Number(fields[11]) + Number(fields[12])) / ticksInSecond
  } catch {
    return 0
  }
}

interface Memory {
  readonly desk: number
  readonly database: number
}

/** What the desk and its database hold, in megabytes, what they share counted once. */
export function memoryOf({ child }: DeskProcess, dir: string): Memory {
  return { desk: share(child.pid!), database: serversOf(dir).reduce((sum, pid) => sum + share(pid), 0) }
}

const serversOf = (dir: string) => processes().filter((pid) => workingDirectory(pid) === join(dir, 'db'))

const processes = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)

function workingDirectory(pid: number) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return ''
  }
}

function share(pid: number) {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}
