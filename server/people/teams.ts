import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Args, Ctx } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { invalid, notFound } from '#server/core/refusal.ts'
import type { addTeam, changeTeam } from '#shared/people.ts'

function teamRows({ db }: Ctx) {
  return db
    .selectFrom('team')
    .select((eb) => [
      ...(['team.id', 'team.name', 'team.description', 'team.retired'] as const),
      jsonArrayFrom(
        eb
          .selectFrom('member')
          .innerJoin('person', 'person.id', 'member.personId')
          .select(['person.id', 'person.name', 'member.lead', 'person.active'])
          .whereRef('member.teamId', '=', 'team.id')
          .orderBy('person.name'),
      ).as('members'),
      jsonArrayFrom(
        eb
          .selectFrom('teamOrganisation')
          .innerJoin('organisation', 'organisation.id', 'teamOrganisation.organisationId')
          .select(['organisation.id', 'organisation.name'])
          .whereRef('teamOrganisation.teamId', '=', 'team.id')
          .orderBy('organisation.name'),
      ).as('organisations'),
    ])
}

export function teams(ctx: Ctx) {
  return teamRows(ctx).orderBy('team.name').execute()
}

async function team(ctx: Ctx, id: string) {
  const found = await teamRows(ctx).where('team.id', '=', id).executeTakeFirst()
  if (!found) throw notFound('team')
  return found
}

export async function createTeam(ctx: Ctx, { name, description, members, organisationIds }: Args<typeof addTeam>) {
  const id = newId()
  await ctx.db
    .insertInto('team')
    .values({ id, name, ...(description && { description }) })
    .execute()
  if (members) await setMembers(ctx, id, members)
  if (organisationIds) await setOrganisations(ctx, id, organisationIds)
  return team(ctx, id)
}

export async function alterTeam(ctx: Ctx, { id, members, organisationIds, ...about }: Args<typeof changeTeam>) {
  await team(ctx, id)
  if (Object.keys(about).length > 0) await ctx.db.updateTable('team').set(about).where('id', '=', id).execute()
  if (members) await setMembers(ctx, id, members)
  if (organisationIds) await setOrganisations(ctx, id, organisationIds)
  return team(ctx, id)
}

type Members = readonly { readonly personId: string; readonly lead: boolean }[]

async function setMembers({ db }: Ctx, teamId: string, members: Members) {
  const ids = members.map(({ personId }) => personId)
  if (new Set(ids).size < ids.length) throw invalid({ members: 'Somebody is named twice' })
  await db
    .deleteFrom('member')
    .where('teamId', '=', teamId)
    .$if(ids.length > 0, (all) => all.where('personId', 'not in', ids))
    .execute()
  if (ids.length === 0) return
  const staff = await db
    .selectFrom('person')
    .select('id')
    .where('id', 'in', ids)
    .where('audience', '=', 'staff')
    .execute()
  if (staff.length < ids.length) throw invalid({ members: 'Only staff can be in a team' })
  await db
    .insertInto('member')
    .values(members.map(({ personId, lead }) => ({ teamId, personId, lead })))
    .onConflict((there) =>
      there.columns(['personId', 'teamId']).doUpdateSet((eb) => ({ lead: eb.ref('excluded.lead') })),
    )
    .execute()
}

async function setOrganisations({ db }: Ctx, teamId: string, organisationIds: readonly string[]) {
  const ids = [...new Set(organisationIds)]
  await db
    .deleteFrom('teamOrganisation')
    .where('teamId', '=', teamId)
    .$if(ids.length > 0, (all) => all.where('organisationId', 'not in', ids))
    .execute()
  if (ids.length === 0) return
  await db
    .insertInto('teamOrganisation')
    .values(ids.map((organisationId) => ({ teamId, organisationId })))
    .onConflict((there) => there.doNothing())
    .execute()
}
