import { z } from 'zod'
import { as, system, type Ctx, type Desk } from '#server/core/desk.ts'
import { enqueue, job } from '#server/core/jobs.ts'
import { happen, holdItem, type Held } from '#server/item/item.ts'
import type { Counted } from './clock.ts'
import { countAll, historiesOf, livesOf } from './count.ts'
import { planOf, type Plan } from './plan.ts'
import { keyOf, newsOf, type ClockRow } from './rows.ts'
import { setupOf } from './setup.ts'
import { apply, clockRows, revisionsIn } from './store.ts'
import { tellPeople } from './tell.ts'

/** Wakes one record at the time that one of its clocks has something to tell. To be woken early or twice is harmless. */
export const wakeItem = job({
  name: 'sla.wake',
  input: z.object({ itemId: z.uuid() }),
  run: (desk, { itemId }) => wake(desk, itemId),
})

const soon = 75_000

/** What is up within the minute is not left to the round that comes by each minute. */
export async function wakeSoon(ctx: Ctx, plans: readonly Plan[]) {
  const before = new Date(Date.now() + soon).toISOString()
  for (const { itemId, insert, update } of plans) {
    const [at] = [...insert, ...update].flatMap(({ wakeAt }) => wakeAt ?? []).toSorted()
    if (at !== undefined && at <= before) await enqueue(ctx, wakeItem, { itemId }, { at, key: `sla.wake ${itemId}` })
  }
}

const round = 100

/** Wakes what is due, also what came due while the desk was down, and sets the alarm for what is up within a minute. */
export const wakeRound = job({
  name: 'sla.wake-round',
  input: z.object({}),
  cron: '* * * * *',
  async run(desk) {
    const failed: unknown[] = []
    const tried = new Set<string>()
    for (;;) {
      const due = (await dueItems(desk, new Date().toISOString())).filter((id) => !tried.has(id))
      for (const itemId of due) {
        tried.add(itemId)
        await wake(desk, itemId).catch((error: unknown) => failed.push(error))
      }
      if (due.length === 0) break
    }
    await as(desk, system, async (ctx) => {
      for (const { itemId, wakeAt } of await upSoon(ctx))
        await enqueue(ctx, wakeItem, { itemId }, { at: wakeAt, key: `sla.wake ${itemId}` })
    })
    if (failed.length > 0) throw failed[0]
  },
})

function dueItems(desk: Desk, now: string) {
  return as(
    desk,
    system,
    async ({ db }) => {
      const rows = await db
        .selectFrom('clock')
        .select('itemId')
        .where('wakeAt', '<=', now)
        .orderBy('wakeAt')
        .limit(10 * round)
        .execute()
      return [...new Set(rows.map(({ itemId }) => itemId))]
    },
    { access: 'read only' },
  )
}

async function upSoon({ db }: Ctx) {
  const rows = await db
    .selectFrom('clock')
    .select(['itemId', 'wakeAt'])
    .where('wakeAt', '<=', new Date(Date.now() + soon).toISOString())
    .orderBy('wakeAt', 'desc')
    .execute()
  const soonest = new Map(rows.map(({ itemId, wakeAt }) => [itemId, wakeAt] as const))
  return [...soonest].flatMap(([itemId, wakeAt]) => (wakeAt === null ? [] : [{ itemId, wakeAt }]))
}

/** Counts a record's clocks as of now and tells what there is to tell, once, in one transaction. */
async function wake(desk: Desk, itemId: string) {
  await as(desk, system, async (ctx) => {
    const held = await holdItem(ctx, itemId)
    const rows = await clockRows(ctx, [itemId])
    const setup = await setupOf(ctx, held.kind)
    const [life] = await livesOf(ctx, setup, await historiesOf(ctx, [itemId]), revisionsIn(rows))
    if (!life) return
    const counted = countAll(setup, life, Date.parse(ctx.now), rows)
    const news = newsIn(counted, rows)
    const told = rows.map((row) => ({ ...row, told: news.find((one) => one.row.id === row.id)?.percent ?? row.told }))
    const plan = planOf(life, told, counted, { quiet: null, knownAt: ctx.now, anew: false })
    await apply(ctx, [plan])
    await say(ctx, held, news)
    for (const one of news) await tellPeople(ctx, desk, held, one)
  })
}

/** What passed on a clock that nobody was told yet: of several at once, the highest alone. */
export interface News {
  readonly clock: Counted
  readonly row: ClockRow
  readonly percent: number
  readonly at: string
}

function newsIn(counted: readonly Counted[], rows: readonly ClockRow[]): News[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]))
  return counted.flatMap((clock) => {
    const attachedAt = new Date(clock.attachedAt).toISOString()
    const row = byKey.get(keyOf({ definitionId: clock.definition.id, attachedAt }))
    const mark = row && newsOf(clock, row)
    return row && mark ? [{ clock, row, percent: mark.percent, at: new Date(mark.at).toISOString() }] : []
  })
}

const lateBy = 120_000

async function say(ctx: Ctx, held: Held, news: readonly News[]) {
  let now = held
  for (const { clock, percent, at } of news) {
    const { id: definitionId, name } = clock.definition
    const dueAt = clock.dueAt === null ? null : new Date(clock.dueAt).toISOString()
    const late = Date.parse(ctx.now) - Date.parse(at) > lateBy
    now =
      percent === 100
        ? await happen(ctx, now, {
            name: 'sla.breached',
            data: { definitionId, name, dueAt: at, late },
            internal: true,
          })
        : await happen(ctx, now, {
            name: 'sla.warned',
            data: { definitionId, name, percent, dueAt },
            internal: true,
          })
  }
}
