import { parseCronItems, run, runOnce, type RunnerOptions } from 'graphile-worker'
import { Pool } from 'pg'
import type { Desk, Job } from './desk.ts'

function options(desk: Desk, jobs: readonly Job[], stopping?: AbortSignal): RunnerOptions {
  const runOf = (job: Job) => async (payload: unknown) => job.run(desk, job.input.parse(fromCron(payload)), stopping)
  const taskList = Object.fromEntries(jobs.map((job) => [job.name, runOf(job)]))
  const parsedCronItems = parseCronItems(
    jobs.flatMap(({ name, cron }) => (cron ? [{ task: name, match: cron, options: onceAtATime(name) }] : [])),
  )
  return { taskList, parsedCronItems, useNodeTime: true, noHandleSignals: true }
}

/** A round that takes longer than until the next one is followed by one, not joined by many. */
export const onceAtATime = (name: string) => ({ backfillPeriod: 0, queueName: name, jobKey: name })

/** A job that comes round by itself is handed only when it was due; what it works on it reads. */
function fromCron(payload: unknown) {
  return typeof payload === 'object' && payload !== null && '_cron' in payload ? {} : payload
}

/** Works on jobs until it is stopped, or until its promise ends because it cannot go on. */
export async function startWorker(desk: Desk, jobs: readonly Job[], url: string) {
  const pool = poolFor(url)
  const stopping = new AbortController()
  try {
    await takeUpLeft(pool)
    const runner = await run({
      ...options(desk, jobs, stopping.signal),
      // What became of a job is told to the database in a batch of its own, since only of a batch that cannot be told the
      // worker ends: of a single job nobody would hear that the database is gone, and the whole process would end.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      pgPool: pool,
      concurrency: 4,
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

/**
 * What a killed process was at is still locked in its name, and would be for four hours. Where no other process works on
 * this database it is nobody's, so it is taken up at once: a job may be run twice.
 */
async function takeUpLeft(pool: Pool) {
  await pool.query(`
    select graphile_worker.force_unlock_workers(array(
      select locked_by from graphile_worker._private_jobs where locked_by is not null union
      select locked_by from graphile_worker._private_job_queues where locked_by is not null))
    where not exists (select from pg_stat_activity
      where datname = current_database() and application_name = '${worker}' and pid <> pg_backend_pid())`)
}

const worker = 'steward worker'

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
  const pool = new Pool({ connectionString, max: 3, application_name: worker })
  pool.on('error', () => {})
  pool.on('connect', (client) => void client.on('error', () => {}))
  return pool
}
