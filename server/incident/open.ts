import { sql } from 'kysely'
import type { Args, Ctx } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { forbidden, invalid } from '#server/core/refusal.ts'
import { begin, checkCustom, type Fields } from '#server/item/item.ts'
import type * as api from '#shared/incident.ts'
import { requireMember } from './assign.ts'
import { leave } from './read.ts'

type Wanted = Args<typeof api.openIncident>

export async function openIncident(ctx: Ctx, wanted: Wanted) {
  return leave(ctx, await report(ctx, wanted))
}

/** Opens an incident: for oneself, or by the desk for somebody else. */
export async function report(ctx: Ctx, wanted: Wanted) {
  const requesterId = requesterFor(ctx, wanted)
  const { number, priority, organisationId } = await prepare(ctx, wanted, requesterId)
  if (!organisationId) throw invalid({ requesterId: 'There is no such person' })
  const whole = ctx.actor.channel === 'web'
  const custom = await checkCustom(ctx, 'incident', wanted.custom, { whole })
  const { teamId = null, assigneeId } = wanted
  const team = assigneeId ? await requireMember(ctx, assigneeId, teamId) : teamId
  const fields = { ...fieldsOf(wanted, ctx), priority, organisationId, requesterId, custom, teamId: team }
  return begin(ctx, 'incident', { id: newId(), number, fields }, { name: 'incident.opened', data: {} })
}

function requesterFor({ actor }: Ctx, wanted: Wanted) {
  if (actor.audience === 'requester') requireOwnWords(wanted)
  const requesterId = wanted.requesterId ?? actor.id
  if (requesterId === null) throw invalid({ requesterId: 'Say for whom' })
  const forOthers = actor.audience === 'system' || actor.permissions.has('incident.open-for-others')
  if (requesterId !== actor.id && !forOthers) throw forbidden('You may not report for somebody else')
  return requesterId
}

function fieldsOf(wanted: Wanted, { actor }: Ctx) {
  return {
    ...resting,
    title: wanted.title,
    description: wanted.description,
    impact: wanted.impact,
    urgency: wanted.urgency,
    state: wanted.assigneeId ? 'assigned' : 'new',
    serviceId: wanted.serviceId ?? null,
    assigneeId: wanted.assigneeId ?? null,
    confidential: wanted.confidential,
    tags: wanted.tags,
    source: wanted.source ?? sourceOf(actor.channel, actor.audience),
    contactId: wanted.contactId ?? null,
    callback: wanted.callback ?? null,
    category: wanted.category ?? null,
    configurationItem: wanted.configurationItem ?? null,
    openedById: actor.id,
  } satisfies Partial<Fields<'incident'>>
}

/** How an incident is before anything has happened to it. */
export const resting = {
  priorityReason: null,
  holdReason: null,
  major: false,
  parentId: null,
  reassignmentCount: 0,
  reopenCount: 0,
  resolutionCode: null,
  resolutionNotes: null,
  closeCategory: null,
  resolvedAt: null,
  resolvedById: null,
  closedAt: null,
} satisfies Partial<Fields<'incident'>>

function sourceOf(channel: Ctx['actor']['channel'], audience: Ctx['actor']['audience']) {
  if (channel === 'alert' || channel === 'email') return channel
  if (channel === 'web') return audience === 'requester' ? 'portal' : 'phone'
  return 'api'
}

/** Where the work goes is the desk's to say. */
function requireOwnWords(wanted: Wanted) {
  const first = (['teamId', 'assigneeId', 'requesterId', 'contactId'] as const).find((name) => wanted[name])
  if (wanted.tags.length > 0) throw invalid({ tags: 'Only the desk may set this' })
  if (first) throw invalid({ [first]: 'Only the desk may set this' })
}

/** All that a new incident needs to know, in one question. */
async function prepare({ db }: Ctx, { impact, urgency }: Wanted, requesterId: string) {
  const { rows } = await sql<{ number: string; priority: number; organisationId: string | null }>`
    select app.next_number('INC') as number,
      (select priority from priority_rule where impact = ${impact} and urgency = ${urgency}) as priority,
      person.organisation_id as organisation_id
    from (select 1) one left join person on person.id = ${requesterId}`.execute(db)
  return rows[0]!
}
