import { as, system, type Ctx, type Desk } from '#server/core/desk.ts'
import { actorOf, actorRows, addStartingRoles, createOrganisation, createPerson } from '#server/people/people.ts'
import { mailbox, namesIn } from './names.ts'
import { customers, provider, staff, type DemoOrganisation, type TeamName } from './organisations.ts'
import type { Random } from './random.ts'
import { timeOf, type Player } from './stage.ts'

type Planned = Omit<Player, 'id' | 'actor'> & {
  readonly manager: string | null
}

/** Brings everybody in: the provider's staff and those whom they serve. Whoever is there already stays as they are. */
export async function makePeople(desk: Desk, random: Random, at: number) {
  const planned = [...staffOf(random), ...customers.flatMap((one) => callersOf(random.fork(one.name), one))]
  const ids = await as(
    desk,
    system,
    async (ctx) => {
      const roles = await addStartingRoles(ctx)
      const organisations = await makeOrganisations(ctx)
      const made = new Map<string, string>()
      for (const { name, title, zone, vip, organisation, role, manager } of planned) {
        const id = await createPerson(ctx, {
          name,
          zone,
          vip,
          jobTitle: title,
          email: `${mailbox(name)}@${organisation.domain}`,
          phone: phoneOf(random, zone),
          organisationId: organisations.get(organisation.name)!,
          roleIds: [roles.get(role)!],
          managerId: manager ? made.get(manager)! : null,
        })
        made.set(name, id)
      }
      return made
    },
    { at: timeOf(at) },
  )
  return { planned, ids }
}

async function makeOrganisations(ctx: Ctx) {
  const there = await ctx.db.selectFrom('organisation').select(['id', 'name']).execute()
  const ids = new Map(there.map(({ id, name }) => [name.toLowerCase(), id]))
  const found = new Map<string, string>()
  for (const { name, domain } of [provider, ...customers])
    found.set(name, ids.get(name.toLowerCase()) ?? (await createOrganisation(ctx, { name, domain })).id)
  return found
}

/** The people as they act, once they are in their teams. */
export function playersOf(desk: Desk, { planned, ids }: Awaited<ReturnType<typeof makePeople>>): Promise<Player[]> {
  return as(desk, system, async ({ db }) => {
    const rows = await actorRows(db)
      .where('person.id', 'in', [...ids.values()])
      .execute()
    const actors = new Map(rows.map((row) => [row.id, actorOf(row, 'web')]))
    return planned.map(({ manager: _, ...about }) => {
      const id = ids.get(about.name)!
      return { ...about, id, actor: actors.get(id)! }
    })
  })
}

function staffOf(random: Random): Planned[] {
  const chief = staff.find(({ role }) => role === 'service_manager')!.name
  const leads = new Map<TeamName | undefined, string>(
    staff.filter(({ role }) => role === 'team_lead').map(({ team, name }) => [team, name]),
  )
  return staff.map(({ name, title, zone, role, team }) => ({
    name,
    title,
    zone,
    role,
    organisation: provider,
    vip: false,
    team: team ?? null,
    site: random.pick(provider.sites),
    manager: name === chief ? null : role === 'analyst' ? (leads.get(team) ?? chief) : chief,
  }))
}

function callersOf(random: Random, organisation: DemoOrganisation): Planned[] {
  const taken = new Set<string>()
  const heads: string[] = []
  return Array.from({ length: organisation.people }, (_, at): Planned => {
    const zone = random.pick(organisation.zones)
    const name = nameIn(random, zone, taken)
    const [first, second, third, ...others] = organisation.titles
    const title = [first, second, third][at] ?? random.pick(others)
    const manager = at === 0 ? null : at < 3 ? heads[0]! : random.pick(heads.slice(1))
    if (at < 3) heads.push(name)
    return {
      name,
      zone,
      organisation,
      title,
      manager,
      team: null,
      site: random.pick(organisation.sites),
      vip: at === 0 || (at < 3 && random.chance(0.6)),
      role: at === 1 ? 'organisation_contact' : 'requester',
    }
  })
}

function nameIn(random: Random, zone: string, taken: Set<string>): string {
  const { given, family } = namesIn[zone]!
  const name = `${random.pick(given)} ${random.pick(family)}`
  if (taken.has(name)) return nameIn(random, zone, taken)
  taken.add(name)
  return name
}

const prefixes: Readonly<Record<string, string>> = {
  'Europe/London': '+44 20 7946 0',
  'Europe/Berlin': '+49 30 23125 ',
  'America/New_York': '+1 212 555 01',
}

const phoneOf = (random: Random, zone: string) => `${prefixes[zone]}${random.whole(10, 99)}`
