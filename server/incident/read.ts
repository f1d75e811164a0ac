import { sql } from 'kysely'
import type { z } from 'zod'
import { bySystem, type Args, type Ctx } from '#server/core/desk.ts'
import { notFound } from '#server/core/refusal.ts'
import {
  customFields,
  itemSelection,
  referenceColumn,
  requireItem,
  tellReferences,
  type Held,
} from '#server/item/item.ts'
import { incidentMoves, type Incident, type IncidentAct, type IncidentState } from '#shared/incident.ts'
import type * as api from '#shared/family.ts'

type Act = z.infer<typeof IncidentAct>

export async function getIncident(ctx: Ctx, { id }: { id: string }): Promise<Incident> {
  const incident = await read(ctx, id)
  if (!incident) throw notFound('incident')
  return incident
}

/** An incident as the person who changed it leaves it, even where it is no longer theirs to see. */
export async function leave(ctx: Ctx, { id }: Held): Promise<Incident> {
  const incident = (await read(ctx, id)) ?? (await bySystem(ctx, (own) => read(own, id)))
  if (!incident) throw notFound('incident')
  return incident
}

async function read(ctx: Ctx, id: string) {
  const fields = await customFields(ctx, 'incident')
  const staff = ctx.actor.audience !== 'requester'
  const person = (column: string) => referenceColumn({ staff }, 'person', sql.ref(column))
  const hidden = fields.filter(({ shownToRequesters }) => !staff && !shownToRequesters).map(({ name }) => name)
  const { rows } = await sql<Omit<Incident, 'can'>>`
    select ${itemSelection({ staff, hidden })}, description, impact, urgency, priority_reason, source, callback, category,
      configuration_item, hold_reason, major, reassignment_count, reopen_count, resolution_code, resolution_notes,
      close_category, resolved_at, closed_at, ${person('incident.contact_id')} as contact,
      ${person('incident.opened_by_id')} as opened_by, ${person('incident.resolved_by_id')} as resolved_by,
      (select json_build_object('id', up.id, 'number', up.number, 'title', up.title)
        from item up where up.id = incident.parent_id) as parent,
      (select count(*)::integer from incident child where child.parent_id = item.id) as child_count,
      coalesce((select sum(signals)::integer from app.signals_of(item.id) signals), 0) as occurrence_count,
      case when item.state = 'resolved' then resolved_at + make_interval(days => (select reopen_days from setting)) end
        as reopenable_until
    from item join incident on incident.id = item.id where item.id = ${id}`.execute(ctx.db)
  await tellReferences(ctx, { staff }, rows, ['contact', 'openedBy', 'resolvedBy'])
  const [row] = rows
  return row && { ...row, can: actsOf(ctx, row) }
}

const moving: readonly (readonly [Act, IncidentState])[] = [
  ['start', 'in_progress'],
  ['hold', 'waiting'],
  ['resolve', 'resolved'],
  ['close', 'closed'],
  ['cancel', 'cancelled'],
]

/** What this person may do with the incident as it is. */
function actsOf({ actor }: Ctx, { state, requester }: Pick<Incident, 'state' | 'requester'>): Act[] {
  const may = actor.permissions
  const over = state === 'closed' || state === 'cancelled'
  const acts: Act[] = []
  if (may.has('item.work')) acts.push(...workOn(state))
  else if (requester.id === actor.id) acts.push(...ownActsOf(actor, state))
  if (may.has('item.comment') && !over) acts.push('comment')
  if (may.has('item.note')) acts.push('note')
  if (may.has('incident.override-priority') && !over) acts.push('override_priority')
  return acts
}

function workOn(state: IncidentState): Act[] {
  const moves: readonly IncidentState[] = incidentMoves[state]
  const legal = moving.filter(([, to]) => moves.includes(to)).map(([act]) => act)
  if (state === 'closed') return ['reopen']
  if (state === 'cancelled') return []
  if (state === 'resolved') return ['edit', 'assign', 'reopen', 'close']
  return ['edit', 'assign', ...legal]
}

/** Whoever came by a link to one record opens no other: what is closed has come back under a new number. */
const ownActsOf = ({ only }: Ctx['actor'], state: IncidentState) =>
  only !== undefined && state === 'closed' ? [] : ownActs[state]

/** What is a requester's own to decide. */
const ownActs: Readonly<Record<IncidentState, readonly Act[]>> = {
  new: ['cancel'],
  assigned: ['cancel'],
  in_progress: [],
  waiting: [],
  resolved: ['reopen', 'close'],
  closed: ['reopen'],
  cancelled: [],
}

export async function listChildren(ctx: Ctx, { id }: Args<typeof api.listChildren>) {
  await requireItem(ctx, id)
  return ctx.db
    .selectFrom('incident')
    .innerJoin('item', 'item.id', 'incident.id')
    .select(['item.id', 'item.number', 'item.title'])
    .select((eb) => eb.ref('item.state').$castTo<IncidentState>().as('state'))
    .where('incident.parentId', '=', id)
    .orderBy('item.id')
    .execute()
}
