import { sql } from 'kysely'
import type { Permission } from '#shared/access.ts'
import type { Channel } from '#shared/item/history.ts'
import type { Tx } from '#server/core/db.ts'
import type { Actor } from '#server/core/desk.ts'

/** Who stands behind a request that nobody has signed in for. */
export const nobody: Actor = {
  id: null,
  name: 'Nobody',
  audience: 'requester',
  permissions: new Set(),
  channel: 'web',
  organisation: null,
  teams: [],
  serves: [],
  everywhere: false,
  zone: 'UTC',
}

const permissionsOf = sql<Permission[]>`array(select distinct unnest(role.permissions)
  from role join person_role on person_role.role_id = role.id where person_role.person_id = person.id)`
const teamsOf = sql<string[]>`array(select team_id from member where member.person_id = person.id)`
const organisationsServedBy = sql<string[]>`array(select distinct team_organisation.organisation_id
  from team_organisation join member using (team_id) join team on team.id = member.team_id and not team.retired
  where member.person_id = person.id)`
const servesAll = sql<boolean>`exists(select from member join team on team.id = member.team_id and not team.retired
  where member.person_id = person.id
    and not exists (select from team_organisation where team_organisation.team_id = team.id))`

/** Everyone who may come in, with all that decides what they may do and see: one query, to be narrowed to one. */
export function actorRows(db: Tx) {
  return db
    .selectFrom('person')
    .select([
      ...(['person.id', 'person.name', 'person.audience', 'person.organisationId', 'person.zone'] as const),
      permissionsOf.as('permissions'),
      teamsOf.as('teams'),
      organisationsServedBy.as('serves'),
      servesAll.as('servesAll'),
    ])
    .where('person.active', '=', true)
}

interface ActorRow {
  readonly id: string
  readonly name: string
  readonly audience: 'staff' | 'requester'
  readonly organisationId: string
  readonly zone: string
  readonly permissions: readonly Permission[]
  readonly teams: readonly string[]
  readonly serves: readonly string[]
  readonly servesAll: boolean
}

/** The person as they act through a channel; with scopes, as far as those reach. */
export function actorOf(row: ActorRow, channel: Channel, scopes: readonly string[] | null = null): Actor {
  const { id, name, audience, organisationId: organisation, zone, teams, servesAll: all } = row
  const permissions = new Set(scopes ? row.permissions.filter((one) => scopes.includes(one)) : row.permissions)
  const staff = audience === 'staff'
  const everywhere = staff && (all || permissions.has('item.read-everywhere'))
  // Staff of no team work for their own organisation.
  const serves = staff && row.serves.length === 0 ? [organisation] : row.serves
  return { id, name, audience, permissions, channel, organisation, teams, serves, everywhere, zone }
}

/** Somebody as an actor, for what is done in their name outside a request. Needs the eyes of the desk itself. */
export async function actorFor(db: Tx, personId: string, channel: Channel): Promise<Actor | null> {
  const row = await actorRows(db).where('person.id', '=', personId).executeTakeFirst()
  return row ? actorOf(row, channel) : null
}
