import type { Args, Ctx } from '#server/core/desk.ts'
import { conflict, forbidden, invalid } from '#server/core/refusal.ts'
import { happen, hold, openMandatoryTasks, requireMove, writeComment, type Held } from '#server/item/item.ts'
import type * as api from '#shared/incident.ts'
import { leave } from './read.ts'

type Incident = Held<'incident'>

export async function startIncident(ctx: Ctx, { id }: Args<typeof api.startIncident>) {
  const held = await hold(ctx, id, 'incident')
  if (held.fields.state === 'resolved') throw conflict(`${held.number} is resolved; reopen it instead`)
  return leave(ctx, await start(ctx, held))
}

export async function start(ctx: Ctx, held: Incident) {
  requireMove(held, 'in_progress')
  const set = { state: 'in_progress', holdReason: null }
  if (held.fields.state === 'waiting')
    return happen(ctx, held, { name: 'incident.resumed', data: { because: 'staff' }, set })
  return happen(ctx, held, { name: 'incident.started', data: {}, set })
}

/** To wait for the caller is to ask them something: it takes a comment that they can read. */
export async function holdIncident(ctx: Ctx, { id, reason, comment = '' }: Args<typeof api.holdIncident>) {
  let held = await hold(ctx, id, 'incident')
  if (reason === 'caller' && comment === '') throw invalid({ comment: 'Write what you need from the caller' })
  if (held.fields.state !== 'waiting') requireMove(held, 'waiting')
  if (comment !== '') held = (await writeComment(ctx, held, comment)).held
  return leave(ctx, await keepWaiting(ctx, held, reason))
}

export function keepWaiting(ctx: Ctx, held: Incident, reason: Args<typeof api.holdIncident>['reason']) {
  return happen(ctx, held, { name: 'incident.held', data: { reason }, set: { state: 'waiting', holdReason: reason } })
}

export async function resolveIncident(ctx: Ctx, { id, ...how }: Args<typeof api.resolveIncident>) {
  const held = await hold(ctx, id, 'incident')
  const open = await openMandatoryTasks(ctx, id)
  if (open.length > 0) throw conflict(`Finish first: ${open.map(({ title }) => title).join(', ')}`)
  return leave(ctx, await resolve(ctx, held, how))
}

interface How {
  readonly code: Args<typeof api.resolveIncident>['code']
  readonly notes: string
  readonly closeCategory?: string | null | undefined
}

export function resolve(ctx: Ctx, held: Incident, { code, notes, closeCategory }: How) {
  requireMove(held, 'resolved')
  return happen(ctx, held, {
    name: 'incident.resolved',
    data: { code },
    set: {
      state: 'resolved',
      holdReason: null,
      resolutionCode: code,
      resolutionNotes: notes,
      closeCategory: closeCategory ?? held.fields.category,
      resolvedAt: ctx.now,
      resolvedById: ctx.actor.id,
    },
  })
}

/** A requester agrees with the resolution, or the desk decides that it is done. */
export async function closeIncident(ctx: Ctx, { id }: Args<typeof api.closeIncident>) {
  const held = await hold(ctx, id, 'incident')
  requireOwn(ctx, held)
  return leave(ctx, await close(ctx, held, { automatic: false }))
}

export function close(ctx: Ctx, held: Incident, data: { automatic: boolean }) {
  requireMove(held, 'closed')
  return happen(ctx, held, { name: 'incident.closed', data, set: { state: 'closed', closedAt: ctx.now } })
}

/** A requester may take back a report that nobody has begun to work on. */
export async function cancelIncident(ctx: Ctx, { id, reason }: Args<typeof api.cancelIncident>) {
  const held = await hold(ctx, id, 'incident')
  requireOwn(ctx, held)
  const begun = held.fields.state !== 'new' && held.fields.state !== 'assigned'
  if (begun && !ctx.actor.permissions.has('item.work'))
    throw conflict(`${held.number} is being worked on; write a comment instead`)
  requireMove(held, 'cancelled')
  const set = { state: 'cancelled', holdReason: null, closedAt: ctx.now }
  return leave(ctx, await happen(ctx, held, { name: 'incident.cancelled', data: { reason }, set }))
}

export function requireOwn({ actor }: Ctx, { fields }: Incident) {
  if (!actor.permissions.has('item.work') && fields.requesterId !== actor.id)
    throw forbidden('This is somebody else’s to decide')
}
