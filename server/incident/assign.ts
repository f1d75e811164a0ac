import type { Args, Ctx } from '#server/core/desk.ts'
import { conflict, invalid } from '#server/core/refusal.ts'
import { happen, hold, requireUntouched, type Fields, type Held } from '#server/item/item.ts'
import type * as api from '#shared/incident.ts'
import { leave } from './read.ts'

/** Gives an incident to a team, a person, or nobody. Each time it changes hands is counted. */
export async function assignIncident(ctx: Ctx, { id, version, ...to }: Args<typeof api.assignIncident>) {
  const held = await hold(ctx, id, 'incident')
  await requireUntouched(ctx, held, version, to)
  return leave(ctx, await assign(ctx, held, to))
}

interface To {
  readonly teamId?: string | null | undefined
  readonly assigneeId?: string | null | undefined
}

export async function assign(ctx: Ctx, held: Held<'incident'>, to: To) {
  const { fields, number } = held
  if (fields.state === 'closed' || fields.state === 'cancelled') throw conflict(`${number} is over; nobody works on it`)
  const { team, person } = await handsFor(ctx, held, to)
  if (team === fields.teamId && person === fields.assigneeId) return held

  const reassignmentCount = fields.reassignmentCount + (changesHands(fields, { team, person }) ? 1 : 0)
  const state = stateFor(fields.state, person)
  const after = await happen(ctx, held, {
    name: 'incident.assigned',
    data: {},
    set: { teamId: team, assigneeId: person, reassignmentCount, state },
  })
  return warnOfBounces(ctx, after, fields.reassignmentCount)
}

/** What is left out stays, but whoever had it keeps it only where they belong to the team that has it now. */
async function handsFor(ctx: Ctx, { fields }: Held<'incident'>, { teamId, assigneeId }: To) {
  const team = teamId === undefined ? fields.teamId : teamId
  if (assigneeId) return { team: await requireMember(ctx, assigneeId, team), person: assigneeId }
  const person = assigneeId === undefined ? fields.assigneeId : null
  const keeps = person === null || team === null || (await isMember(ctx, person, team))
  return { team, person: keeps ? person : null }
}

/** To be given to a team or person for the first time is no reassignment; to be given to another one is. */
export function changesHands(
  before: Pick<Fields<'incident'>, 'teamId' | 'assigneeId'>,
  after: { readonly team: string | null; readonly person: string | null },
) {
  const teamChanged = before.teamId !== null && before.teamId !== after.team
  const personChanged = before.assigneeId !== null && after.person !== null && before.assigneeId !== after.person
  return teamChanged || personChanged
}

function stateFor(state: string, person: string | null) {
  if (state === 'new' && person) return 'assigned'
  return state === 'assigned' && !person ? 'new' : state
}

/** Says so when an incident has been passed on as often as the desk's limit, once. */
async function warnOfBounces(ctx: Ctx, held: Held<'incident'>, before: number) {
  const count = held.fields.reassignmentCount
  const { bounceLimit } = await ctx.db.selectFrom('setting').select('bounceLimit').executeTakeFirstOrThrow()
  if (before >= bounceLimit || count < bounceLimit) return held
  return happen(ctx, held, { name: 'incident.bounced', data: { count }, internal: true })
}

/** The team that a person is to have an incident in: the one named, or their only one. */
export async function requireMember(ctx: Ctx, personId: string, teamId: string | null) {
  const person = await ctx.db
    .selectFrom('person')
    .select(['name', 'active', 'audience'])
    .where('id', '=', personId)
    .executeTakeFirst()
  if (person?.audience !== 'staff') throw invalid({ assigneeId: 'There is no such person on the staff' })
  if (!person.active) throw invalid({ assigneeId: `${person.name} has left` })
  if (teamId === null) {
    const teams = await ctx.db.selectFrom('member').select('teamId').where('personId', '=', personId).limit(2).execute()
    return teams.length === 1 ? teams[0]!.teamId : null
  }
  if (!(await isMember(ctx, personId, teamId))) throw invalid({ assigneeId: `${person.name} is not in that team` })
  return teamId
}

async function isMember({ db }: Ctx, personId: string, teamId: string) {
  const member = await db
    .selectFrom('member')
    .select('personId')
    .where('personId', '=', personId)
    .where('teamId', '=', teamId)
    .executeTakeFirst()
  return member !== undefined
}
