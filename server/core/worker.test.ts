import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { testDesk } from '#test/desk.ts'
import { admin } from '#test/template.ts'
import { enqueue, job } from './jobs.ts'
import { onceAtATime, startWorker } from './worker.ts'

const desk = await testDesk()
vi.useRealTimers()
const asOwner = <T extends object>(text: string) => admin<T>(text, desk.database)

let worker: Awaited<ReturnType<typeof startWorker>> | null = null
afterEach(async () => {
  await worker?.stop()
  worker = null
})

/** A job that notes whom it was done for. */
function greeting() {
  const done: string[] = []
  const input = z.object({ who: z.string() })
  return { done, greet: job({ name: 'test.greet', input, run: async (_, { who }) => void done.push(who) }) }
}

test('a job that was being worked on by a process that was killed is taken up at the next start', async () => {
  const { greet, done } = greeting()
  await desk.asSystem((ctx) => enqueue(ctx, greet, { who: 'Ann' }))
  await asOwner(`update graphile_worker._private_jobs set locked_by = 'worker-gone', locked_at = now(), attempts = 1`)
  worker = await startWorker(desk.desk, [greet], desk.ownerUrl)
  await vi.waitFor(() => expect(done).toEqual(['Ann']), 5000)
})

test('a job that another process is at is left to it', async () => {
  const { greet, done } = greeting()
  worker = await startWorker(desk.desk, [], desk.ownerUrl)
  await desk.asSystem((ctx) => enqueue(ctx, greet, { who: 'Bea' }))
  await asOwner(`update graphile_worker._private_jobs set locked_by = 'worker-there', locked_at = now(), attempts = 1`)
  const second = await startWorker(desk.desk, [greet], desk.ownerUrl)
  await desk.asSystem((ctx) => enqueue(ctx, greet, { who: 'Cleo' }))
  await vi.waitFor(() => expect(done).toEqual(['Cleo']), 5000)
  await second.stop()
})

test('a round that comes by itself is never at work twice, however long it takes', async () => {
  let [now, most, rounds] = [0, 0, 0]
  const round = job({
    name: 'test.round',
    input: z.object({}),
    cron: '* * * * *',
    async run() {
      rounds += 1
      now += 1
      most = Math.max(most, now)
      await wait(300)
      now -= 1
    },
  })
  worker = await startWorker(desk.desk, [round], desk.ownerUrl)
  // What the schedule adds each minute, three minutes at once.
  const { queueName, jobKey } = onceAtATime(round.name)
  for (let minute = 0; minute < 3; minute += 1)
    await asOwner(
      `select graphile_worker.add_job('${round.name}', queue_name => '${queueName}', job_key => '${jobKey}'), pg_sleep(0.1)`,
    )
  await vi.waitFor(() => expect(rounds).toBeGreaterThan(0), 5000)
  await wait(1000)
  expect(most).toBe(1)
})
