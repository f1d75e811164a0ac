import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { startWorker } from '#server/core/worker.ts'
import { jobs } from '#server/modules.ts'
import { verifyHistory } from '#server/item/item.ts'
import { getBulk, startBulk } from '#shared/item/bulk.ts'
import { assignIncident } from '#shared/incident.ts'
import { admin } from '#test/template.ts'
import { bulkDesk, many } from './bulk.fixture.ts'

const desk = await bulkDesk()
vi.useRealTimers()
const working = fileURLToPath(new URL('process.fixture.ts', import.meta.url))

async function count(sql: string) {
  const [row] = await admin<{ count: number }>(`select count(*)::integer as count from ${sql}`, desk.database)
  return row!.count
}

const timesAssigned = `(select item_id from event where name = 'incident.assigned' group by item_id having count(*)`

test('a change of many that is killed in its middle goes on, and changes no record twice', async () => {
  const sam = await desk.employ(await desk.agent('Sam'))
  const ids = await desk.opened(150)
  const { id } = await sam.call(startBulk, { ids, ...many(assignIncident, { assigneeId: sam.id }) })

  const killed = spawn(process.execPath, [working, desk.ownerUrl], { stdio: 'ignore' })
  await vi.waitFor(async () => expect((await sam.call(getBulk, { id })).changed).toBeGreaterThan(10), 20_000)
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  await vi.waitFor(async () => {
    const left = await count(
      `pg_stat_activity where datname = current_database() and application_name = 'steward worker'`,
    )
    expect(left).toBe(0)
  }, 10_000)
  expect((await sam.call(getBulk, { id })).waiting).toBeGreaterThan(0)

  const worker = await startWorker(desk.desk, jobs, desk.ownerUrl)
  await vi.waitFor(async () => expect(await sam.call(getBulk, { id })).toMatchObject({ state: 'done' }), 60_000)
  await worker.stop()
  expect(await sam.call(getBulk, { id })).toMatchObject({ changed: 150, waiting: 0, refused: 0 })
  expect(await count(`${timesAssigned} = 1) once`)).toBe(150)
  expect(await count(`${timesAssigned} > 1) more`)).toBe(0)
  expect((await desk.asSystem((ctx) => verifyHistory(ctx))).faults).toEqual([])
}, 120_000)
