import { sql } from 'kysely'
import { bySystem, type Args, type Ctx } from '#server/core/desk.ts'
import { requireItem } from '#server/item/item.ts'
import { kinds } from '#shared/kinds.ts'
import type * as api from '#shared/sla.ts'
import { clocksOf, type Counted } from './clock.ts'
import { historiesOf, livesOf, type Life } from './count.ts'
import { planOf, type Plan } from './plan.ts'
import { isOpen, type ClockRow } from './rows.ts'
import { setupOf, type Setup } from './setup.ts'
import { apply, clockRows } from './store.ts'
import { wakeSoon } from './wake.ts'

type Wanted = Args<typeof api.recalculate>

/** So many records at once, the newest first; whoever means more asks a promise or a record at a time. */
const most = 5000
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
    let [examined, ofAll] = [0, 0]
    for (const kind of Object.keys(kinds)) {
      const meant = affected(desk, kind, wanted)
      const rows = await meant.select('id').orderBy('id', 'desc').limit(most).execute()
      const { count } = await meant.select(sql<number>`count(*)::integer`.as('count')).executeTakeFirstOrThrow()
      examined += rows.length
      ofAll += count
      const ids = rows.map(({ id }) => id)
      for (let at = 0; at < ids.length; at += batch)
        moved.push(...(await anew(desk, kind, ids.slice(at, at + batch), wanted)))
    }
    const changes = await told(desk, moved.slice(0, shown))
    return { examined, ofAll, changed: moved.length, dry: wanted.dry, changes }
  })
}

/** The records whose clocks are meant; for a definition also those to which it might give one. */
function affected({ db }: Ctx, kind: string, { itemId, definitionId, calendarId, ended }: Wanted) {
  return db
    .selectFrom('item')
    .where('kind', '=', kind)
    .$if(itemId !== undefined, (query) => query.where('id', '=', itemId!))
    .$if(!ended && itemId === undefined, (query) => query.where('phase', '<>', 'done'))
    .$if(calendarId !== undefined && definitionId === undefined, (query) =>
      query.where((eb) =>
        eb.exists(eb.selectFrom('clock').select('clock.id').whereRef('clock.itemId', '=', 'item.id')),
      ),
    )
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
  const mine = rows.filter((row) => names.has(row.definitionId))
  const before = ended ? mine : mine.filter(isOpen)
  const now = ended ? counted : counted.filter((clock) => goesOn(clock, mine))
  const plan = planOf(life, before, now, { quiet: ctx.now, knownAt: ctx.now, anew: true })
  const others = rows.filter((row) => !before.includes(row))
  return { ...plan, now: [...plan.now, ...others] }
}

/** Where only what goes on is meant: what is open, and what came after; clocks that are over are left alone. */
function goesOn({ definition, attachedAt, endedAt }: Counted, rows: readonly ClockRow[]) {
  const own = rows.filter(({ definitionId }) => definitionId === definition.id)
  const over = own.filter((row) => !isOpen(row)).map((row) => Date.parse(row.attachedAt))
  const open = own.filter(isOpen).map((row) => Date.parse(row.attachedAt))
  if (over.includes(attachedAt)) return false
  return endedAt === null || attachedAt >= Math.min(...open)
}

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
