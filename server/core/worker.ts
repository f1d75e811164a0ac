import { parseCronItems, run, runOnce, type RunnerOptions } from 'graphile-worker'
import { Pool } from 'pg'
import type { Desk, Job } from './desk.ts'

function options(desk: Desk, jobs: readonly Job[], stopping?: AbortSignal): RunnerOptions {
  const runOf = (job: Job) => async (payload: unknown) => job.run(desk, job.input.parse(fromCron(payload)), stopping)
  const taskList = Object.fromEntries(jobs.map((job) => [job.name, runOf(job)]))
  const parsedCronItems = parseCronItems(
    jobs.flatMap(({ name, cron }) => (cron ? [{ task: name, match: cron, options: { backfillPeriod: 0 } }] : [])),
  )
  return { taskList, parsedCronItems, useNodeTime: true, noHandleSignals: true }
}

/** A job that comes round by itself is handed only when it was due; what it works on it reads. */
function fromCron(payload: unknown) {
  return typeof payload === 'object' && payload !== null && '_cron' in payload ? {} : payload
}

/** Works on jobs until it is stopped, or until its promise ends because it cannot go on. */
export async function startWorker(desk: Desk, jobs: readonly Job[], url: string) {
  const pool = poolFor(url)
  const stopping = new AbortController()
  try {
    const runner = await run({
      ...options(desk, jobs, stopping.signal),
      pgPool: pool,
      concurrency: 2,
      pollInterval: 1000,
    })
    const promise = runner.promise.finally(() => pool.end())
    return {
      promise,
      async stop() {
        stopping.abort()
        await runner.stop()
        await promise
      },
    }
  } catch (error) {
    await pool.end()
    throw error
  }
}

/** Runs every job that is due, then stops: how tests let time pass. */
export async function settle(desk: Desk, jobs: readonly Job[], url: string) {
  const pool = poolFor(url)
  try {
    await runOnce({ ...options(desk, jobs), pgPool: pool, concurrency: 1 })
  } finally {
    await pool.end()
  }
}

/** Connections may break until the very last of them is closed, and a database that stops breaks them. */
function poolFor(connectionString: string) {
  const pool = new Pool({ connectionString, max: 3, application_name: 'steward worker' })
  pool.on('error', () => {})
  pool.on('connect', (client) => void client.on('error', () => {}))
  return pool
}
