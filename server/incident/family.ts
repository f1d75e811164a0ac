import { bySystem, type Args, type Ctx } from '#server/core/desk.ts'
import { within } from '#server/core/reactions.ts'
import { conflict, invalid } from '#server/core/refusal.ts'
import { happen, hold, type Held } from '#server/item/item.ts'
import type * as api from '#shared/incident.ts'
import type { IncidentState } from '#shared/incident.ts'
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
  (ctx, { itemId, name, data }) =>
    bySystem(ctx, async (own) => {
      const ids = await own.db
        .selectFrom('incident')
        .select('id')
        .where('parentId', '=', itemId)
        .orderBy('id')
        .execute()
      if (ids.length === 0) return
      const parent = await hold(own, itemId, 'incident')
      for (const { id } of ids)
        await follow({ ...own, now: ctx.now }, await hold(own, id, 'incident'), parent, name, data)
    }),
)

const working: readonly string[] = ['new', 'assigned', 'in_progress', 'waiting'] satisfies IncidentState[]

async function follow(ctx: Ctx, child: Held<'incident'>, parent: Held<'incident'>, name: string, data: object) {
  const { state } = child.fields
  const { holdReason, resolutionCode, resolutionNotes } = parent.fields
  if (name === 'incident.reopened' && state === 'resolved') await reopen(ctx, child, `${parent.number} was reopened`)
  else if (name === 'incident.closed' && state === 'resolved')
    await close(ctx, child, { automatic: 'automatic' in data })
  else if (!working.includes(state)) return
  else if (name === 'incident.resolved' && resolutionCode && resolutionNotes)
    await resolve(ctx, child, { code: resolutionCode, notes: `${parent.number}: ${resolutionNotes}` })
  else if (name === 'incident.held' && holdReason && holdReason !== 'caller') await keepWaiting(ctx, child, holdReason)
  else if ((name === 'incident.started' || name === 'incident.resumed') && state !== 'in_progress')
    await start(ctx, child)
}
