import { as } from '#server/core/desk.ts'
import { addCustomField } from '#shared/item/custom.ts'
import { addRule } from '#shared/rule.ts'
import type { TeamName } from './organisations.ts'
import { services, type ServiceName } from './services.ts'
import { timeOf, type Cast, type Crew } from './stage.ts'

/** Where reports of a service go without anybody looking; all others begin at the service desk. */
const straightTo: readonly { readonly name: string; readonly team: TeamName; readonly of: readonly ServiceName[] }[] = [
  { name: 'Security goes to Security', team: 'Security', of: ['Endpoint protection'] },
  {
    name: 'VPN and lines go to Network',
    team: 'Network',
    of: ['VPN & remote access', 'Internet & site links', 'Office network & Wi-Fi'],
  },
  { name: 'Databases go to Database', team: 'Database', of: ['Databases', 'Reporting warehouse'] },
  { name: 'Platforms go to Server & cloud', team: 'Server & cloud', of: ['Cloud platform', 'Backup & restore'] },
  {
    name: 'Tills, claims and depots go to Applications',
    team: 'Applications',
    of: ['Point of sale', 'Claims processing', 'Warehouse management', 'Customer portal'],
  },
]

/** The team that has a report of a service first. */
export const firstTeamOf = (service: ServiceName): TeamName =>
  straightTo.find(({ of }) => of.includes(service))?.team ?? 'Service desk'

export const homeTeamOf = (service: ServiceName): TeamName => services.find(({ name }) => name === service)!.team

export function makeRules({ desk, verb, by, at }: Crew, { teamIds }: Cast) {
  const assign = (team: TeamName) => [{ do: 'assign-team', teamId: teamIds.get(team)! } as const]
  return as(
    desk,
    by.actor,
    async (ctx) => {
      await verb(ctx, addRule, {
        name: 'Mark what VIPs report',
        on: 'opened',
        filter: 'requester.vip:true',
        then: [{ do: 'add-tag', tag: 'vip' }],
        stop: false,
      })
      await verb(ctx, addRule, {
        name: 'Mark outages of what the business lives on',
        on: 'opened',
        filter: 'service.tier:1 impact:1',
        then: [
          { do: 'add-tag', tag: 'outage' },
          { do: 'note', body: 'A tier 1 service and high impact: consider a major incident and call the team lead.' },
        ],
        stop: false,
      })
      for (const { name, team, of } of straightTo) {
        const filter = `service:${of.map((service) => `"${service}"`).join(',')}`
        await verb(ctx, addRule, { name, on: 'opened', filter, then: assign(team) })
      }
      await verb(ctx, addRule, {
        name: 'Everything else goes to the Service desk',
        on: 'opened',
        filter: 'team:none',
        then: assign('Service desk'),
      })
    },
    { at: timeOf(at) },
  )
}

export const costCentres = ['1200 Stores', '2100 Depots', '3300 Fleet', '4711 Projects', '5200 Claims', '6100 Schools']

export function makeCustomFields({ desk, verb, by, at }: Crew) {
  return as(
    desk,
    by.actor,
    async (ctx) => {
      await verb(ctx, addCustomField, {
        kind: 'incident',
        name: 'cost_centre',
        label: 'Cost centre',
        type: 'choice',
        options: costCentres,
        shownToRequesters: true,
      })
      await verb(ctx, addCustomField, {
        kind: 'incident',
        name: 'affected_users',
        label: 'Affected users',
        type: 'number',
      })
    },
    { at: timeOf(at) },
  )
}
