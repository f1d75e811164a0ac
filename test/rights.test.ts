import { expect, test } from 'vitest'
import { startingRoles, type Permission } from '#shared/access.ts'
import { toRequest, type Endpoint, type May } from '#shared/core/endpoint.ts'
import { openIncident } from '#shared/incident.ts'
import { openRoutes } from '#server/core/open-routes.ts'
import { routes, served } from '#server/modules.ts'
import { inputSchema, sampleOf } from './sample.ts'
import { testDesk } from './desk.ts'

/** What each role sees of its own record, one of its organisation or team, another customer's, and none at all. */
const sight: Readonly<Record<string, Readonly<Record<Relation, boolean>>>> = {
  requester: { own: true, near: false, foreign: false, missing: false },
  organisation_contact: { own: true, near: true, foreign: false, missing: false },
  analyst: { own: true, near: true, foreign: false, missing: false },
  team_lead: { own: true, near: true, foreign: false, missing: false },
  service_manager: { own: true, near: true, foreign: true, missing: false },
  change_manager: { own: true, near: true, foreign: true, missing: false },
  auditor: { own: true, near: true, foreign: true, missing: false },
  administrator: { own: true, near: true, foreign: true, missing: false },
}
type Relation = 'own' | 'near' | 'foreign' | 'missing'

const missing = '00000000-0000-7000-8000-00000000dead'
const desk = await testDesk()
const elsewhere = await desk.organisation('Norvik Marine')
const team = await desk.team('Service desk', [desk.home])
const colleague = await desk.requester('Colleague')
const stranger = await desk.requester('Stranger', { organisation: elsewhere.id })

const people = await Promise.all(
  startingRoles.map(async ({ key, audience }) => ({
    key,
    may: new Set<Permission>(startingRoles.find((role) => role.key === key)!.permissions),
    who: await desk.person(key, { role: key, teams: audience === 'staff' ? [team] : [] }),
  })),
)
type Person = (typeof people)[number]

async function recordFor(relation: Relation, { who }: Person) {
  if (relation === 'missing') return missing
  if (relation === 'foreign') return (await stranger.call(openIncident, { title: 'Elsewhere' })).id
  const reporter = relation === 'near' ? colleague : who
  if (!reporter.actor.permissions.has('incident.open'))
    return (await colleague.call(openIncident, { title: 'Ours' })).id
  return (await reporter.call(openIncident, { title: 'Ours' })).id
}

/** The part of a path that names the record which a route is about. */
const subjectOf = ({ path }: Pick<Endpoint, 'path'>) =>
  /\/items\/:(itemId)/.exec(path)?.[1] ?? /\/incidents\/:(id)/.exec(path)?.[1] ?? /\/records\/:(key)/.exec(path)?.[1]

type Outcome = 'in' | 'sign in' | 'may not' | 'not there'

async function outcomeOf(endpoint: Endpoint, authorization: string, ids: Record<string, string>): Promise<Outcome> {
  const input = { ...(sampleOf(inputSchema(endpoint)) as Record<string, unknown>), ...ids }
  const { method, url, body } = toRequest(endpoint, input)
  const headers = { authorization, ...(body && { 'content-type': 'application/json' }) }
  const reply = await desk.inject({ method, url: `/api${url}`, headers, ...(body && { payload: body }) })
  expect(reply.statusCode, `${method} ${url}: ${reply.body}`).toBeLessThan(500)
  const { detail = '' } = reply.statusCode >= 400 ? reply.json<{ detail: string }>() : {}
  if (reply.statusCode === 401) return 'sign in'
  if (reply.statusCode === 403 && /^(You may not do this|That is beyond)/.test(detail)) return 'may not'
  return reply.statusCode === 404 && /no such (record|incident)/.test(detail) ? 'not there' : 'in'
}

const names = ({ method, path }: Pick<Endpoint, 'method' | 'path'>) => `${method} ${path}`
const open = (may: May) => may === 'anyone'
const endpoints = served.map(({ endpoint }) => endpoint)
const guarded = endpoints.filter(({ may }) => !open(may))

test('every route says who may use it, and those open to anyone are on the list', () => {
  const all = [...endpoints, ...routes]
  expect(
    all
      .filter(({ may }) => open(may))
      .map(names)
      .toSorted(),
  ).toEqual([...openRoutes].toSorted())
  expect(all.length).toBeGreaterThan(90)
})

test.for(guarded.map((endpoint) => [names(endpoint), endpoint] as const))(
  '%s asks strangers to sign in',
  async ([, endpoint]) => {
    expect(await outcomeOf(endpoint, 'nobody', {})).toBe('sign in')
  },
)

const aboutRecords = guarded.filter((endpoint) => subjectOf(endpoint) !== undefined)
const general = guarded.filter((endpoint) => subjectOf(endpoint) === undefined)

test.for(general.map((endpoint) => [names(endpoint), endpoint] as const))(
  '%s lets in those who hold its permission, and nobody else',
  async ([, endpoint]) => {
    for (const { key, may, who } of people) {
      const allowed = endpoint.may === 'signed-in' || may.has(endpoint.may as Permission)
      const outcome = await outcomeOf(endpoint, who.id, {})
      expect(outcome === 'may not' ? 'may not' : 'in', `${key} at ${names(endpoint)}`).toBe(allowed ? 'in' : 'may not')
    }
  },
)

test.for(aboutRecords.map((endpoint) => [names(endpoint), endpoint] as const))(
  '%s shows each role the records that are theirs to see, and no others',
  async ([name, endpoint]) => {
    const subject = subjectOf(endpoint)!
    for (const person of people) {
      for (const relation of ['own', 'near', 'foreign', 'missing'] as const) {
        const id = await recordFor(relation, person)
        const allowed = endpoint.may === 'signed-in' || person.may.has(endpoint.may as Permission)
        const expected = !allowed ? 'may not' : sight[person.key]![relation] ? 'in' : 'not there'
        const outcome = await outcomeOf(endpoint, person.who.id, { [subject]: id })
        const said = `${person.key}, ${relation} record, at ${name}`
        expect(outcome, said).toBe(expected)
      }
    }
  },
)
