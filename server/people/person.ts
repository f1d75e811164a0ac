import { sql } from 'kysely'
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres'
import type { Args, Ctx, Desk } from '#server/core/desk.ts'
import { bySystem } from '#server/core/desk.ts'
import type { Call } from '#server/core/http.ts'
import { newId } from '#server/core/id.ts'
import { conflict, invalid, notFound } from '#server/core/refusal.ts'
import type { addPerson, changePerson, inviteAgain, listPeople, Person } from '#shared/people.ts'
import { keepAnAdministrator } from './administrators.ts'
import { invite } from './invitation.ts'
import { voidLinks } from './links.ts'
import { organisationRef } from './refs.ts'

/** People as they are shown. Whether they have a password only the desk itself can see. */
function personRows({ db }: Ctx) {
  return db
    .selectFrom('person')
    .select(['person.id', 'person.name', 'person.email', 'person.jobTitle', 'person.phone', 'person.zone'])
    .select(['person.vip', 'person.active', 'person.audience', 'person.lastSeenAt'])
    .select((eb) => [
      organisationRef('person.organisationId').as('organisation'),
      jsonObjectFrom(
        eb
          .selectFrom('person as above')
          .select(['above.id', 'above.name'])
          .whereRef('above.id', '=', 'person.managerId'),
      ).as('manager'),
      jsonArrayFrom(
        eb
          .selectFrom('personRole')
          .innerJoin('role', 'role.id', 'personRole.roleId')
          .select(['role.id', 'role.key', 'role.name'])
          .whereRef('personRole.personId', '=', 'person.id')
          .orderBy('role.name'),
      ).as('roles'),
      jsonArrayFrom(
        eb
          .selectFrom('member')
          .innerJoin('team', 'team.id', 'member.teamId')
          .select(['team.id', 'team.name', 'member.lead'])
          .whereRef('member.personId', '=', 'person.id')
          .where('team.retired', '=', false)
          .orderBy('team.name'),
      ).as('teams'),
      eb
        .exists(
          eb
            .selectFrom('credential')
            .select('personId')
            .whereRef('credential.personId', '=', 'person.id')
            .where('password', 'is not', null),
        )
        .$castTo<boolean>()
        .as('hasPassword'),
    ])
}

const key = sql<string>`lower(person.name)`

export function findPeople(ctx: Ctx, { q, limit, after, ...where }: Args<typeof listPeople>) {
  return bySystem(ctx, async (asDesk) => {
    // What stands for a monitoring tool is nobody whom one would look up.
    let rows = personRows(asDesk).select(key.as('key')).where('person.email', 'not like', '%@monitoring.invalid')
    for (const word of q.toLowerCase().split(/\s+/).filter(Boolean)) {
      const like = `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
      rows = rows.where(sql<boolean>`lower(person.name || ' ' || person.email) like ${like}`)
    }
    const { teamId, organisationId, audience, active } = where
    if (organisationId) rows = rows.where('person.organisationId', '=', organisationId)
    if (audience) rows = rows.where('person.audience', '=', audience)
    if (active) rows = rows.where('person.active', '=', active === 'true')
    if (teamId)
      rows = rows.where('person.id', 'in', (eb) =>
        eb.selectFrom('member').select('member.personId').where('member.teamId', '=', teamId),
      )
    if (after) rows = rows.where(sql<boolean>`(${key}, person.id) > ${cursorOf(after)}`)
    const found = await rows
      .orderBy(key)
      .orderBy('person.id')
      .limit(limit + 1)
      .execute()
    const people = found.slice(0, limit)
    const last = found.length > limit ? people.at(-1) : undefined
    return { people, next: last ? Buffer.from(JSON.stringify([last.key, last.id])).toString('base64url') : null }
  })
}

function cursorOf(after: string) {
  try {
    const [name, id]: unknown[] = JSON.parse(Buffer.from(after, 'base64url').toString())
    if (typeof name === 'string' && typeof id === 'string' && /^[\da-f-]{36}$/.test(id))
      return sql`(${name}, ${id}::uuid)`
  } catch {
    // Whatever is no cursor of ours is refused alike.
  }
  throw invalid({ after: 'This is no place in the list' })
}

export function person(ctx: Ctx, id: string): Promise<Person> {
  return bySystem(ctx, async (asDesk) => {
    const found = await personRows(asDesk).where('person.id', '=', id).executeTakeFirst()
    if (!found) throw notFound('person')
    return found
  })
}

interface NewPerson {
  readonly name: string
  readonly email: string
  readonly organisationId: string
  readonly roleIds: readonly string[]
  readonly teamIds?: readonly string[]
  readonly jobTitle?: string | null | undefined
  readonly phone?: string | null | undefined
  readonly managerId?: string | null | undefined
  readonly zone?: string
  readonly vip?: boolean
}

/** Writes a person, their roles and their teams; which side of the counter they stand on follows from the roles. */
export async function createPerson(ctx: Ctx, { roleIds, teamIds = [], ...about }: NewPerson) {
  const id = newId()
  const audience = await audienceOf(ctx, roleIds)
  if (audience === 'requester' && teamIds.length > 0)
    throw invalid({ teamIds: 'Only staff can be in a team; give them a role of staff first' })
  await ctx.db
    .insertInto('person')
    .values({ id, ...about, audience, createdAt: ctx.now })
    .execute()
  await setRoles(ctx, id, roleIds)
  const memberships = [...new Set(teamIds)].map((teamId) => ({ personId: id, teamId }))
  if (memberships.length > 0) await ctx.db.insertInto('member').values(memberships).execute()
  return id
}

export async function add(ctx: Ctx, { invite: asked, ...about }: Args<typeof addPerson>, _: Call, desk: Desk) {
  const id = await createPerson(ctx, about)
  const link = asked ? await invite(ctx, desk, { ...about, id, active: true }) : null
  return { person: await person(ctx, id), link }
}

export async function inviteOnceMore(ctx: Ctx, { id }: Args<typeof inviteAgain>, _: Call, desk: Desk) {
  return { link: await invite(ctx, desk, await person(ctx, id)) }
}

export async function change(ctx: Ctx, { id, roleIds, ...about }: Args<typeof changePerson>) {
  const before = await person(ctx, id)
  if (about.managerId === id) throw invalid({ managerId: 'Nobody is their own manager' })
  if (Object.keys(about).length > 0) await ctx.db.updateTable('person').set(about).where('id', '=', id).execute()
  // A link that was mailed to the old address must not let its reader in.
  if (about.email && about.email !== before.email) await voidLinks(ctx, id)
  if (roleIds) {
    const audience = await audienceOf(ctx, roleIds)
    if (audience === 'requester' && before.teams.length > 0)
      throw conflict(`${before.name} is in ${before.teams[0]!.name}. Take them out of their teams first.`)
    await setRoles(ctx, id, roleIds)
    await ctx.db.updateTable('person').set({ audience }).where('id', '=', id).execute()
    await keepAnAdministrator(ctx)
  }
  return person(ctx, id)
}

async function audienceOf({ db }: Ctx, roleIds: readonly string[]) {
  const roles = await db
    .selectFrom('role')
    .select('audience')
    .where('id', 'in', [...roleIds])
    .execute()
  if (roles.length < new Set(roleIds).size) throw invalid({ roleIds: 'There is no such role' })
  return roles.some(({ audience }) => audience === 'staff') ? 'staff' : 'requester'
}

async function setRoles({ db }: Ctx, personId: string, roleIds: readonly string[]) {
  const wanted = [...new Set(roleIds)]
  await db.deleteFrom('personRole').where('personId', '=', personId).where('roleId', 'not in', wanted).execute()
  await db
    .insertInto('personRole')
    .values(wanted.map((roleId) => ({ personId, roleId })))
    .onConflict((conflicting) => conflicting.doNothing())
    .execute()
}
