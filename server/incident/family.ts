import { bySystem, type Args, type Ctx } from '#server/core/desk.ts'
import { within } from '#server/core/reactions.ts'
import { conflict, invalid } from '#server/core/refusal.ts'
import { happen, hold, type Held } from '#server/item/item.ts'
import type { EventName } from '#shared/events.ts'
import type * as api from '#shared/family.ts'
import { requireGoingOn } from './change.ts'
import { close, keepWaiting, resolve, start } from './moves.ts'
import { leave } from './read.ts'
import { reopen } from './reopen.ts'

/** Makes an incident the child of another, one level deep: a parent is nobody's child. */
export async function setParent(ctx: Ctx, { id, parent }: Args<typeof api.setParent>) {
  const held = await hold(ctx, id, 'incident')
  requireGoingOn(held)
  const parentId = parent === null ? null : await findParent(ctx, held, parent)
  if (parentId === held.fields.parentId) return leave(ctx, held)
  return leave(ctx, await happen(ctx, held, { name: 'incident.parent-set', data: {}, set: { parentId } }))
}

async function findParent({ db }: Ctx, { id, number }: Held, wanted: string) {
  const parent = await db
    .selectFrom('item')
    .innerJoin('incident', 'incident.id', 'item.id')
    .select(['item.id', 'item.number', 'item.phase', 'incident.parentId'])
    .where((eb) => eb.or([eb('item.number', '=', wanted.toUpperCase()), eb(eb.cast('item.id', 'text'), '=', wanted)]))
    .executeTakeFirst()
  if (!parent) throw invalid({ parent: `There is no incident ${wanted}` })
  if (parent.id === id) throw invalid({ parent: 'An incident cannot be its own parent' })
  if (parent.parentId !== null) throw invalid({ parent: `${parent.number} is itself a child` })
  if (parent.phase === 'done') throw conflict(`${parent.number} is done`)
  const child = await db.selectFrom('incident').select('id').where('parentId', '=', id).executeTakeFirst()
  if (child) throw conflict(`${number} has children of its own`)
  return parent.id
}

/**
 * What happens to a parent happens to its children: work on it, what it waits for, its resolution, reopening and
 * closing. What is asked of the caller, and cancelling, concern the parent alone.
 */
export const flowDown = within(
  [
    'incident.started',
    'incident.resumed',
    'incident.held',
    'incident.resolved',
    'incident.reopened',
    'incident.closed',
  ],
  (ctx, { itemId, name }) =>
    bySystem(ctx, async (own) => {
      const ids = await own.db
        .selectFrom('incident')
        .select('id')
        .where('parentId', '=', itemId)
        .orderBy('id')
        .execute()
      const [first] = ids
      if (!first) return
      const parent = await hold(own, itemId, 'incident')
      for (const { id } of ids) await follow({ ...own, now: ctx.now }, await hold(own, id, 'incident'), parent, name)
    }),
)

type Follow = (ctx: Ctx, child: Held<'incident'>, parent: Held<'incident'>) => Promise<unknown>

async function follow(ctx: Ctx, child: Held<'incident'>, parent: Held<'incident'>, name: EventName) {
  const steps = child.fields.state === 'resolved' ? whenResolved : child.phase === 'done' ? {} : whenWorkedOn
  await steps[name]?.(ctx, child, parent)
}

const whenResolved: Partial<Record<EventName, Follow>> = {
  'incident.reopened': (ctx, child, parent) => reopen(ctx, child, `${parent.number} was reopened`),
  'incident.closed': (ctx, child) => close(ctx, child, { automatic: true }),
}

const goOn: Follow = async (ctx, child) => child.fields.state === 'in_progress' || start(ctx, child)

const whenWorkedOn: Partial<Record<EventName, Follow>> = {
  'incident.started': goOn,
  'incident.resumed': goOn,
  'incident.held': async (ctx, child, { fields: { holdReason } }) =>
    holdReason === null || holdReason === 'caller' || keepWaiting(ctx, child, holdReason),
  'incident.resolved': async (ctx, child, { number, fields: { resolutionCode: code, resolutionNotes: notes } }) =>
    code === null || resolve(ctx, child, { code, notes: `${number}: ${notes}` }),
}
