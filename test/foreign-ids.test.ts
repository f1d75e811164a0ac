import { expect, test } from 'vitest'
import { toRequest, type Endpoint } from '#shared/core/endpoint.ts'
import { openIncident } from '#shared/incident.ts'
import { startExport } from '#shared/item/exports.ts'
import { addLink } from '#shared/item/links.ts'
import { addTask } from '#shared/item/tasks.ts'
import { addRole } from '#shared/people.ts'
import { saveView } from '#shared/item/views.ts'
import { served } from '#server/modules.ts'
import { testDesk } from './desk.ts'
import { definition, inputSchema, sampleOf, type Schema } from './sample.ts'

type Path = readonly (string | number)[]
type Input = Record<string, unknown>

const missing = '00000000-0000-7000-8000-00000000dead'
const desk = await testDesk()
const admin = await desk.administrator('Ada')
const team = await desk.team('Workplace', [desk.home])
const service = await desk.service('E-mail')
const sam = await desk.agent('Sam', { teams: [team] })
const own = await admin.call(openIncident, { title: 'Ours' })
const role = await admin.call(addRole, { name: 'Helper', audience: 'staff', permissions: ['item.read'] })

/** Where the plainest input would be refused for another reason: all the rest of it is right. */
const rest: Readonly<Record<string, Input>> = {
  'POST /people': { name: 'New', email: 'new@example.com', organisationId: desk.home.id, roleIds: [role.id] },
  'PATCH /people/:id': { id: sam.id },
  'POST /teams': { name: 'New', members: [{ personId: sam.id, lead: false }], organisationIds: [desk.home.id] },
  'PATCH /teams/:id': { id: team.id, members: [{ personId: sam.id, lead: false }] },
  'POST /services': { name: 'New', tier: 3 },
  'PATCH /services/:id': { id: service.id },
  'POST /views': { name: 'New', kind: 'incident', filter: '', sort: '-createdAt', columns: [], sharedWith: 'team' },
  'POST /rules': { name: 'New', on: 'opened', filter: '' },
  'PUT /calendar-uses': { of: 'team', id: team.id },
  'POST /bulks': { verb: 'PUT /incidents/:id/progress' },
  'POST /bulks/preview': { verb: 'PUT /incidents/:id/progress' },
}

/** What an id within a rule's actions goes with. */
const actions: Readonly<Record<string, string>> = {
  teamId: 'assign-team',
  personId: 'assign-person',
  serviceId: 'set-service',
}

/** Ids that name nothing, and do no harm by it. */
const harmless: Readonly<Record<string, string>> = {
  'GET /people teamId': 'it narrows a list: nobody is in that team',
  'GET /people organisationId': 'it narrows a list: nobody is of that organisation',
  'DELETE /items/:itemId/watchers/:personId personId': 'who does not watch already watches no longer',
  'PUT /items/:itemId/presence/:page page': 'a page names itself, and is known by that from then on',
  'DELETE /presence/:page page': 'a page that showed nothing shows nothing still',
  'POST /sla-recalculations definitionId': 'it narrows what is looked at: nothing',
  'POST /sla-recalculations calendarId': 'it narrows what is looked at: nothing',
}

/** Endpoints whose whole input has to make sense before any id of it is looked at; tests of their own ask for that. */
const askedElsewhere = /^(?:POST|PATCH) \/sla-(?:definitions|checks|previews|simulations)|^PUT \/imports/

const named = ({ method, path }: Endpoint) => `${method} ${path}`

const everyId = served.flatMap(({ endpoint }) => {
  const schema = inputSchema(endpoint)
  return idsIn(schema, schema).map((path) => ({ endpoint, path, name: `${named(endpoint)} ${path.join('.')}` }))
})

/** The places of all ids in an input, those within lists and objects too. */
function idsIn(schema: Schema, root: Schema, path: Path = []): Path[] {
  if (path.length > 6) return []
  if (schema.$ref) return idsIn(definition(schema.$ref, root), root, path)
  const either = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]
  return [
    ...(schema.format === 'uuid' ? [path] : []),
    ...either.flatMap((one) => idsIn(one, root, path)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, its]) => idsIn(its, root, [...path, name])),
    ...(schema.items ? idsIn(schema.items, root, [...path, 0]) : []),
  ]
}

function inputWith(endpoint: Endpoint, path: Path, id: string): Input {
  const schema = inputSchema(endpoint)
  const plain = structuredClone(sampleOf(schema)) as Input
  const input: Input = { ...plain, ...structuredClone(rest[named(endpoint)] ?? {}) }
  if ('itemId' in input) input['itemId'] = own.id
  if (endpoint.path.startsWith('/incidents/:id')) input['id'] = own.id
  if (path[0] === 'then') return { ...input, then: [{ do: actions[String(path.at(-1))], [String(path.at(-1))]: id }] }
  let at: Record<string | number, unknown> = input
  for (const [step, key] of path.slice(0, -1).entries()) {
    at[key] ??= typeof path[step + 1] === 'number' ? [] : {}
    at = at[key] as Record<string | number, unknown>
  }
  at[path.at(-1)!] = id
  return input
}

async function send(endpoint: Endpoint, input: Input, who = admin.id) {
  const { method, url, body } = toRequest(endpoint, input)
  const headers = { authorization: who, ...(body && { 'content-type': 'application/json' }) }
  const reply = await desk.inject({ method, url: `/api${url}`, headers, ...(body && { payload: body }) })
  return { status: reply.statusCode, detail: reply.json<{ detail?: string }>().detail ?? '', text: reply.body }
}

const strict = everyId.filter(({ endpoint, name }) => !(name in harmless) && !askedElsewhere.test(named(endpoint)))

test('there are many ids in many inputs, and the exceptions are still among them', () => {
  expect(strict.length).toBeGreaterThan(80)
  for (const name of Object.keys(harmless)) expect(everyId.map((one) => one.name)).toContain(name)
})

test.for(strict.map((one) => [one.name, one] as const))('%s is refused where it names nothing', async ([, one]) => {
  // An id that is nowhere, and one of something else altogether.
  const another = one.path.at(-1) === 'teamId' || !one.name.includes('ervice') ? service.id : team.id
  for (const id of [missing, another]) {
    const { status, detail, text } = await send(one.endpoint, inputWith(one.endpoint, one.path, id))
    expect([400, 403, 404], text).toContain(status)
    expect(detail).toMatch(refusals)
  }
})

const refusals =
  /no such|^Nobody of the staff is that|^Only staff can be in a team|^You may share views with your own|^Do this in the browser/i

const at = (method: string, path: string) =>
  served.find(({ endpoint }) => named(endpoint) === `${method} ${path}`)!.endpoint

test('what belongs to one record, or to one person, is not there by way of another', async () => {
  const other = await admin.call(openIncident, { title: 'Another' })
  const third = await admin.call(openIncident, { title: 'A third' })
  const task = await admin.call(addTask, { itemId: other.id, title: 'Theirs' })
  const link = await admin.call(addLink, { itemId: other.id, type: 'relates', to: third.number })
  const view = await admin.call(saveView, {
    name: 'Private',
    kind: 'incident',
    filter: '',
    sort: '-createdAt',
    columns: [],
  })
  const made = await admin.call(startExport, { kind: 'incident', fields: ['number'], format: 'csv' })
  const tries: readonly [Endpoint, Input][] = [
    [at('PATCH', '/items/:itemId/tasks/:id'), { itemId: own.id, id: task.id, done: true }],
    [at('DELETE', '/items/:itemId/tasks/:id'), { itemId: own.id, id: task.id }],
    [at('DELETE', '/items/:itemId/links/:id'), { itemId: own.id, id: link.id }],
    [at('DELETE', '/views/:id'), { id: view.id }],
    [at('GET', '/exports/:id'), { id: made.id }],
  ]
  for (const [endpoint, input] of tries) expect((await send(endpoint, input, sam.id)).status, named(endpoint)).toBe(404)
  const content = await desk.inject({
    method: 'GET',
    url: `/api/exports/${made.id}/content`,
    headers: { authorization: sam.id },
  })
  expect(content.statusCode).toBe(404)
})
