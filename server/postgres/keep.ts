import { setTimeout as wait } from 'node:timers/promises'
import { halt, type Postmaster } from './postmaster.ts'

export interface Crash {
  readonly reason: string
  /** How often in a row it is being started again, this time included. */
  readonly attempt: number
  /** Milliseconds until that start. */
  readonly wait: number
}

const waits = [100, 500, 2_000, 5_000, 10_000, 30_000, 60_000]
const steadyAfter = 60_000

/** Keeps a server up: one that ends unasked is started again, ever more patiently, until `stop`. */
export function keep(first: Postmaster, again: () => Promise<Postmaster>, say: (line: string) => void) {
  const listeners: ((crash: Crash) => void)[] = []
  const stopping = new AbortController()
  let current: Postmaster | null = first
  let backSince = performance.now()
  const kept = watch()

  async function watch() {
    let attempt = 0
    let reason = await endOf(first)
    while (reason !== null) {
      attempt += 1
      const crash = { reason, attempt, wait: waits[Math.min(attempt, waits.length) - 1] ?? 0 }
      say(`The database server ${reason}; starting it again in ${crash.wait / 1_000} s (attempt ${attempt}).`)
      for (const listener of listeners) listener(crash)
      reason = await restart(crash.wait)
      if (performance.now() - backSince > steadyAfter) attempt = 0
    }
  }

  async function restart(delay: number) {
    current = null
    backSince = Infinity
    await wait(delay, undefined, { signal: stopping.signal, ref: false }).catch(() => {})
    if (stopping.signal.aborted) return null
    try {
      current = await again()
    } catch (error) {
      return `did not start: ${error instanceof Error ? error.message : String(error)}`
    }
    backSince = performance.now()
    say('The database server is back.')
    return endOf(current)
  }

  async function endOf({ ended }: Postmaster) {
    const stopped = new Promise<null>((done) => {
      stopping.signal.addEventListener('abort', () => done(null))
    })
    return Promise.race([ended, stopped])
  }

  return {
    crashed: (listener: (crash: Crash) => void) => void listeners.push(listener),
    async stop() {
      stopping.abort()
      await kept
      if (current) await halt(current.pid, current.ended)
      current = null
    },
  }
}
