import { bySystem, type Ctx } from '#server/core/desk.ts'
import { within, type Derive, type Happening } from '#server/core/reactions.ts'
import { namesOf } from '#shared/access.ts'
import { events, type EventName } from '#shared/events.ts'
import { historiesOf, livesOf, type Known } from './count.ts'
import { refersBy } from './refs.ts'
import { forEver } from './rows.ts'
import { setupOf, type Setup } from './setup.ts'
import { apply, clockRows, planFor, revisionsIn } from './store.ts'
import { wakeSoon } from './wake.ts'

const own: ReadonlySet<EventName> = new Set(['sla.warned', 'sla.breached'])

/** Keeps the clocks of a record, and when it is due, in step with its history, in the same transaction. */
export const keepClocks = within(
  namesOf(events).filter((name) => !own.has(name)),
  async (ctx, happening) => {
    const setup = await setupOf(ctx, happening.kind)
    if (setup.definitions.length === 0 || !mayMove(ctx, setup, happening)) return
    await bySystem(ctx, (desk) => settleNow({ ...desk, now: ctx.now }, setup, happening, eventOf(ctx, happening)))
  },
)

/** Most of what happens moves no clock: that is known without asking. */
function mayMove({ actor }: Ctx, { heeded }: Setup, { seq, changed }: Happening) {
  if (seq === 1 || (heeded.has('answered') && actor.audience === 'staff')) return true
  return [...changed].some((field) => heeded.has(refersBy(field) ? field.slice(0, -2) : field))
}

function eventOf({ actor }: Ctx, { seq, name, at, recordedAt, changes }: Happening): Known {
  const byStaff = actor.audience === 'staff' && actor.id !== null
  return { seq, name, at, recordedAt, changes, byStaff, actorId: actor.id }
}

const lag = 3_600_000

async function settleNow(ctx: Ctx, setup: Setup, { itemId, seq }: Happening, event: Known) {
  const first = seq === 1
  const [histories, rows] = await Promise.all([
    first ? new Map([[itemId, [event]]]) : historiesOf(ctx, [itemId]),
    first ? [] : clockRows(ctx, [itemId]),
  ])
  const late = Date.parse(event.recordedAt) - Date.parse(event.at) > lag
  const [life] = await livesOf(ctx, setup, histories, revisionsIn(rows))
  if (!life) return
  const plan = planFor(setup, life, rows, { asOf: ctx.now, quiet: late ? event.recordedAt : null })
  await apply(ctx, [plan])
  await wakeSoon(ctx, [plan])
}

/** The clocks of items that came with their past: counted as they would have been, and nobody is ever told of them. */
export const deriveClocks: Derive = async (ctx, kind, itemIds) => {
  if (itemIds.length === 0) return
  const setup = await setupOf(ctx, kind)
  if (setup.definitions.length === 0) return
  const [histories, rows] = [await historiesOf(ctx, itemIds), await clockRows(ctx, itemIds)]
  const of = Map.groupBy(rows, ({ itemId }) => itemId)
  const lives = await livesOf(ctx, setup, histories, revisionsIn(rows))
  const asOf = new Date().toISOString()
  const plans = lives.map((life) => planFor(setup, life, of.get(life.itemId) ?? [], { asOf, quiet: forEver }))
  await apply(ctx, plans, { due: false })
}
