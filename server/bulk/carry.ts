import { z } from 'zod'
import { as, system, type Desk, type Job } from '#server/core/desk.ts'
import { enqueue, job } from '#server/core/jobs.ts'
import type { Doables } from './doable.ts'
import { doNext, takeBackNext } from './one.ts'
import { byThem, type ByThem } from './them.ts'

const input = z.object({ id: z.uuid() })
export type GoOn = Job<typeof input>

/** Under one key, so that what is taken up again is not done by two. */
export const keyOf = (id: string) => `bulk ${id}`

/** Carries a change of many out, or back, from wherever it stands. */
export function goingOn(doables: Doables): GoOn {
  const goOn: GoOn = job({
    name: 'bulk.go-on',
    input,
    async run(desk, { id }, stopping) {
      const bulk = await bulkNow(desk, id)
      if (bulk?.state !== 'working' && bulk?.state !== 'undoing') return
      const work = { desk, doables, bulk, by: byThem(desk, bulk), stopping }
      const { broke } = await goThrough(work, bulk.state === 'working' ? forth : back)
      if (stopping?.aborted) await as(desk, system, (ctx) => enqueue(ctx, goOn, { id }, { key: keyOf(id) }))
      // The others are done all the same; now it is told of where faults are told.
      else if (broke !== null) throw broke
    },
  })
  return goOn
}

const bulkNow = (desk: Desk, id: string) =>
  as(desk, system, ({ db }) => db.selectFrom('bulk').selectAll().where('id', '=', id).executeTakeFirst())

export type Order = NonNullable<Awaited<ReturnType<typeof bulkNow>>>

export interface Work {
  readonly desk: Desk
  readonly doables: Doables
  readonly bulk: Order
  readonly by: ByThem
  readonly stopping: AbortSignal | undefined
}

const forth = { from: 'waiting', order: 'asc', ends: 'done', without: 'refused', next: doNext } as const
/** Backwards, as what came later may rest upon what came before. */
const back = { from: 'changed', order: 'desc', ends: 'undone', without: 'kept', next: takeBackNext } as const
type Way = typeof forth | typeof back

async function goThrough(work: Work, way: Way) {
  const { desk, bulk, by, stopping } = work
  let broke: Error | null = null
  for (;;) {
    const ids = await some(work, way)
    for (const itemId of ids) {
      if (stopping?.aborted) return { broke }
      const outcome = await by((ctx) => way.next(ctx, work, itemId))
      if (outcome === 'gone') return leave(work, way)
      broke ??= outcome?.broke ?? null
    }
    if (ids.length === 0) break
  }
  await as(desk, system, ({ db, now }) =>
    db
      .updateTable('bulk')
      .set({ state: way.ends, endedAt: now })
      .where('id', '=', bulk.id)
      .where('state', '=', bulk.state)
      .execute(),
  )
  return { broke }
}

const atOnce = 50

/** The next of its records, unless it was called off; and a sign that somebody is at it. */
const some = ({ desk, bulk }: Work, { from, order }: Way) =>
  as(desk, system, async ({ db, now }) => {
    const { numUpdatedRows } = await db
      .updateTable('bulk')
      .set({ beatAt: now })
      .where('id', '=', bulk.id)
      .where('state', '=', bulk.state)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return []
    const rows = await db
      .selectFrom('bulkRecord')
      .select('itemId')
      .where('bulkId', '=', bulk.id)
      .where('state', '=', from)
      .orderBy('itemId', order)
      .limit(atOnce)
      .execute()
    return rows.map(({ itemId }) => itemId)
  })

/** Nobody is there any more in whose name the rest could be done. */
async function leave({ desk, bulk }: Work, { from, ends, without }: Way) {
  await as(desk, system, async ({ db, now }) => {
    await db
      .updateTable('bulkRecord')
      .set({ state: without, reason: 'Whoever asked for this may no longer sign in' })
      .where('bulkId', '=', bulk.id)
      .where('state', '=', from)
      .execute()
    await db.updateTable('bulk').set({ state: ends, endedAt: now }).where('id', '=', bulk.id).execute()
  })
  return { broke: null }
}
