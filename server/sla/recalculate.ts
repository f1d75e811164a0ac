import { sql } from 'kysely'
import { bySystem, type Args, type Ctx } from '#server/core/desk.ts'
import { requireItem } from '#server/item/item.ts'
import { kinds } from '#shared/kinds.ts'
import type * as api from '#shared/sla.ts'
import { clocksOf } from './clock.ts'
import { historiesOf, livesOf, type Life } from './count.ts'
import { planOf, type Plan } from './plan.ts'
import type { ClockRow } from './rows.ts'
import { setupOf, type Setup } from './setup.ts'
import { apply, clockRows } from './store.ts'
import { wakeSoon } from './wake.ts'

type Wanted = Args<typeof api.recalculate>

const most = 20_000
const batch = 250
const shown = 200

interface Moved {
  readonly itemId: string
  readonly before: ClockRow | null
  readonly after: ClockRow | null
}

/**
 * Counts clocks anew from the whole history, by today's calendars and by the terms that were in force when each began.
 * What comes out otherwise is kept beside as it was. What passed by now is told to nobody.
 */
export async function recalculate(ctx: Ctx, wanted: Wanted) {
  if (wanted.itemId) await requireItem(ctx, wanted.itemId)
  return bySystem(ctx, async (own) => {
    const desk = { ...own, now: ctx.now }
    const moved: Moved[] = []
    let examined = 0
    for (const kind of Object.keys(kinds)) {
      const ids = await affected(desk, kind, wanted)
      examined += ids.length
      for (let at = 0; at < ids.length; at += batch)
        moved.push(...(await anew(desk, kind, ids.slice(at, at + batch), wanted)))
    }
    const changes = await told(desk, moved.slice(0, shown))
    return { examined, changed: moved.length, dry: wanted.dry, changes }
  })
}

/** The records whose clocks are meant; for a definition also those to which it might give one. */
async function affected({ db }: Ctx, kind: string, { itemId, definitionId, calendarId, ended }: Wanted) {
  const rows = await db
    .selectFrom('item')
    .select('id')
    .where('kind', '=', kind)
    .$if(itemId !== undefined, (query) => query.where('id', '=', itemId!))
    .$if(!ended && itemId === undefined, (query) => query.where('phase', '<>', 'done'))
    .$if(calendarId !== undefined && definitionId === undefined, (query) =>
      query.where((eb) =>
        eb.exists(eb.selectFrom('clock').select('clock.id').whereRef('clock.itemId', '=', 'item.id')),
      ),
    )
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ id }) => id)
}

async function anew(ctx: Ctx, kind: string, ids: readonly string[], wanted: Wanted): Promise<Moved[]> {
  const setup = await setupOf(ctx, kind)
  if (!wanted.dry) await hold(ctx, ids)
  const rows = Map.groupBy(await clockRows(ctx, ids), ({ itemId }) => itemId)
  const lives = await livesOf(ctx, setup, await historiesOf(ctx, ids))
  const plans = lives.map((life) => planAnew(ctx, setup, life, { rows: rows.get(life.itemId) ?? [], wanted }))
  if (!wanted.dry) {
    await apply(ctx, plans)
    await wakeSoon(ctx, plans)
  }
  return plans.flatMap(({ itemId, moved }) => moved.map((one) => ({ itemId, ...one })))
}

async function hold({ db }: Ctx, ids: readonly string[]) {
  await db
    .selectFrom('item')
    .select('id')
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute()
}

interface Anew {
  readonly rows: readonly ClockRow[]
  readonly wanted: Wanted
}

function planAnew(ctx: Ctx, setup: Setup, life: Life, { rows, wanted: { definitionId, ended } }: Anew): Plan {
  const meant = setup.definitions.filter(({ id }) => definitionId === undefined || id === definitionId)
  const names = new Set(meant.map(({ id }) => id))
  const asOf = Date.parse(ctx.now)
  const counted = meant.flatMap((definition) => clocksOf(definition, life.story, asOf))
  const now = ended
    ? counted
    : counted.filter(({ endedAt, attachedAt }) => endedAt === null || isOpenIn(rows, attachedAt))
  const mine = rows.filter((row) => names.has(row.definitionId))
  const before = ended ? mine : mine.filter((row) => row.stoppedAt === null && row.cancelledAt === null)
  const plan = planOf(life, before, now, { quiet: ctx.now, knownAt: ctx.now, anew: true })
  const others = rows.filter((row) => !before.includes(row))
  return { ...plan, now: [...plan.now, ...others] }
}

const isOpenIn = (rows: readonly ClockRow[], attachedAt: number) =>
  rows.some((row) => Date.parse(row.attachedAt) === attachedAt && row.stoppedAt === null && row.cancelledAt === null)

async function told({ db }: Ctx, moved: readonly Moved[]) {
  const ids = [...new Set(moved.map(({ itemId }) => itemId))]
  const items = await db
    .selectFrom('item')
    .select(['id', 'number', 'title'])
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute()
  const definitions = await db.selectFrom('slaDefinition').select(['id', 'name']).execute()
  const itemOf = new Map(items.map((item) => [item.id, item]))
  const nameOf = new Map(definitions.map(({ id, name }) => [id, name]))
  const facts = (row: ClockRow | null) =>
    row && {
      name: nameOf.get(row.definitionId) ?? '',
      state: row.state,
      startedAt: row.startedAt,
      dueAt: row.dueAt,
      breachedAt: row.breachedAt,
      businessMs: row.businessMs,
    }
  return moved.flatMap(({ itemId, before, after }) => {
    const item = itemOf.get(itemId)
    const { number = '', title = '' } = item ?? {}
    return item ? [{ itemId, number, title, before: facts(before), after: facts(after) }] : []
  })
}
