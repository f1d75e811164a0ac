import { as, system, type Desk } from '#server/core/desk.ts'
import { addTeam } from '#shared/people.ts'
import { addService } from '#shared/service.ts'
import { staff, teams, type TeamName } from './organisations.ts'
import { services, type ServiceName } from './services.ts'
import { timeOf, type Verb } from './stage.ts'

/** Makes the teams with their members and leads, and the services that they support. */
export function makeTeamsAndServices(desk: Desk, verb: Verb, ids: ReadonlyMap<string, string>, at: number) {
  return as(
    desk,
    system,
    async (ctx) => {
      const there = await ctx.db.selectFrom('organisation').select(['id', 'name']).execute()
      const organisations = new Map(there.map(({ id, name }) => [name, id]))
      const teamIds = new Map<TeamName, string>()
      for (const team of teams) {
        const members = staff.flatMap(({ name, team: of, role }) =>
          of === team.name ? [{ personId: ids.get(name)!, lead: role === 'team_lead' }] : [],
        )
        const organisationIds = 'serves' in team ? team.serves.map((name) => organisations.get(name)!) : []
        const { name, description } = team
        teamIds.set(name, (await verb(ctx, addTeam, { name, description, members, organisationIds })).id)
      }
      const serviceIds = new Map<ServiceName, string>()
      for (const { name, description, tier, team, owner } of services) {
        const about = { name, description, tier, teamId: teamIds.get(team)!, ownerId: ids.get(owner)! }
        serviceIds.set(name, (await verb(ctx, addService, about)).id)
      }
      return { teamIds, serviceIds }
    },
    { at: timeOf(at) },
  )
}
