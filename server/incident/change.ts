import type { Args, Ctx } from '#server/core/desk.ts'
import { conflict, invalid } from '#server/core/refusal.ts'
import { happen, hold, requireUntouched, type Held } from '#server/item/item.ts'
import type * as api from '#shared/incident.ts'
import { priorityOf } from './priority.ts'
import { leave } from './read.ts'

export async function changeIncident(ctx: Ctx, { id, version, ...wanted }: Args<typeof api.changeIncident>) {
  const held = await hold(ctx, id, 'incident')
  await requireUntouched(ctx, held, version, wanted)
  return leave(ctx, await change(ctx, held, wanted))
}

type Wanted = Omit<Args<typeof api.changeIncident>, 'id' | 'version'>

/** Changes what an incident says; impact and urgency bring the priority along, unless a person has set it. */
export async function change(ctx: Ctx, held: Held<'incident'>, wanted: Wanted) {
  const { fields } = held
  requireGoingOn(held)
  const set = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)) as Partial<
    typeof fields
  >
  const impact = wanted.impact ?? fields.impact
  const urgency = wanted.urgency ?? fields.urgency
  if (fields.priorityReason === null && (impact !== fields.impact || urgency !== fields.urgency))
    set.priority = await priorityOf(ctx, impact, urgency)
  if (wanted.requesterId && wanted.requesterId !== fields.requesterId)
    set.organisationId = await organisationOf(ctx, wanted.requesterId)
  return differs({ ...fields }, set) ? happen(ctx, held, { name: 'incident.changed', data: {}, set }) : held
}

const differs = (fields: Readonly<Record<string, unknown>>, set: object) =>
  Object.entries(set).some(([name, value]) => fields[name] !== value)

export function requireGoingOn({ fields, number }: Held) {
  if (fields.state === 'closed' || fields.state === 'cancelled')
    throw conflict(`${number} is over and cannot be changed`)
}

async function organisationOf({ db }: Ctx, personId: string) {
  const person = await db.selectFrom('person').select('organisationId').where('id', '=', personId).executeTakeFirst()
  if (!person) throw invalid({ requesterId: 'There is no such person' })
  return person.organisationId
}

/** Sets a priority by hand, with a reason that the history keeps; null gives it back to the matrix. */
export async function overridePriority(ctx: Ctx, { id, priority, reason }: Args<typeof api.overridePriority>) {
  const held = await hold(ctx, id, 'incident')
  requireGoingOn(held)
  if (priority !== null && reason === '') throw invalid({ reason: 'Say why the matrix is not right here' })
  const { impact, urgency } = held.fields
  const set =
    priority === null
      ? { priority: await priorityOf(ctx, impact, urgency), priorityReason: null }
      : { priority, priorityReason: reason }
  return leave(ctx, await happen(ctx, held, { name: 'incident.priority-set', data: { reason }, set }))
}
