import { parseCronItems, run, runOnce, type RunnerOptions } from 'graphile-worker'
import type { Desk, Job } from './desk.ts'

function options(desk: Desk, jobs: readonly Job[], connectionString: string): RunnerOptions {
  const taskList = Object.fromEntries(
    jobs.map((job) => [job.name, async (payload: unknown) => job.run(desk, job.input.parse(fromCron(payload)))]),
  )
  const parsedCronItems = parseCronItems(
    jobs.flatMap(({ name, cron }) => (cron ? [{ task: name, match: cron, options: { backfillPeriod: 0 } }] : [])),
  )
  return { connectionString, taskList, parsedCronItems, useNodeTime: true, noHandleSignals: true, maxPoolSize: 3 }
}

/** A job that comes round by itself is handed only when it was due; what it works on it reads. */
function fromCron(payload: unknown) {
  return typeof payload === 'object' && payload !== null && '_cron' in payload ? {} : payload
}

export const startWorker = (...[desk, jobs, url]: Parameters<typeof options>) =>
  run({ ...options(desk, jobs, url), concurrency: 2, pollInterval: 1000 })

/** Runs every job that is due, then stops: how tests let time pass. */
export const settle = (...of: Parameters<typeof options>) => runOnce({ ...options(...of), concurrency: 1 })
