import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startingRoles } from '#shared/access.ts'
import { toRequest, type Endpoint } from '#shared/core/endpoint.ts'
import { openIncident } from '#shared/incident.ts'
import { served } from '#server/modules.ts'
import { testDesk } from './desk.ts'
import { definition, inputSchema, sampleOf, type Schema } from './sample.ts'

/** `REQUESTS=1000000 REQUESTS_SEED=7 npm test -- test/requests.test.ts` sends more, and others. */
const requests = Number(process.env['REQUESTS'] ?? 20_000)
const seed = Number(process.env['REQUESTS_SEED'] ?? 20_300_107)

const desk = await testDesk()
const elsewhere = await desk.organisation('Norvik Marine')
const victim = await desk.requester('Victor', { organisation: elsewhere.id })
const canary = 'CANARY-4F7D-kept-by-another-customer'
const foreign = await victim.call(openIncident, { title: canary, description: canary })

const team = await desk.team('Service desk', [desk.home])
const people = await Promise.all(
  startingRoles
    .filter(({ permissions }) => !permissions.includes('item.read-everywhere'))
    .map(({ key, audience }) => desk.person(key, { role: key, teams: audience === 'staff' ? [team] : [] })),
)
const admin = await desk.administrator('Ada')
const own = await people[0]!.call(openIncident, { title: 'Ours' })

const hostile = fc.oneof(
  fc.constantFrom(
    null,
    '',
    ' ',
    '\0',
    '\u202e',
    '\ud800',
    "'; drop table item; --",
    '${7*7}',
    '<script>',
    '../../etc/passwd',
  ),
  fc.constantFrom(
    true,
    -1,
    0,
    1.5,
    1e308,
    Number.MAX_SAFE_INTEGER,
    [],
    {},
    [[]],
    { toString: 'x' },
    'x'.repeat(60_000),
  ),
  fc.constantFrom(
    'is:open',
    'priority:',
    '((((',
    'me',
    '-7d',
    'service.tier:1',
    '2030-13-45',
    canary,
    foreign.id,
    foreign.number,
  ),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>,
  fc.string({ unit: 'binary', maxLength: 60 }),
)

/** A value that fits the schema, nearly fits it, or does not fit at all. */
function valueFor(schema: Schema, root: Schema): fc.Arbitrary<unknown> {
  if (schema.$ref) return valueFor(definition(schema.$ref, root), root)
  const plain = fc.constant(sampleOf(schema, root))
  const fits = fc.oneof(plain, ...alternatives(schema, root), ...ofType(schema, root))
  return fc.oneof({ weight: 6, arbitrary: fits }, { weight: 1, arbitrary: hostile })
}

function alternatives({ enum: words, anyOf, oneOf }: Schema, root: Schema): fc.Arbitrary<unknown>[] {
  const either = (anyOf ?? oneOf ?? []).map((one) => valueFor(one, root))
  return words ? [...either, fc.constantFrom(...words)] : either
}

function ofType(schema: Schema, root: Schema): fc.Arbitrary<unknown>[] {
  if (schema.format === 'uuid') return [fc.constantFrom(own.id, foreign.id, people[0]!.id, team.id, victim.id)]
  switch (schema.type) {
    case 'object':
      return [objectFor(schema, root)]
    case 'array':
      return [fc.array(valueFor(schema.items ?? {}, root), { maxLength: 4 })]
    case 'string':
      return [fc.string({ maxLength: 300 })]
    case 'integer':
      return [fc.integer({ min: -2, max: 12 })]
    case undefined:
    default:
      return []
  }
}

function objectFor(schema: Schema, root: Schema) {
  const entries = Object.entries(schema.properties ?? {}).map(([name, its]) => [name, valueFor(its, root)] as const)
  const requiredKeys = (schema.required ?? []).filter((name) => schema.properties?.[name])
  return fc.record(Object.fromEntries(entries), { requiredKeys })
}

// What ends a session or sets the desk up anew would end the test with it.
const spared = new Set(['PATCH /roles/:id', 'POST /people/:id/deactivation'])
const endpoints = served.map(({ endpoint }) => endpoint).filter(({ method, path }) => !spared.has(`${method} ${path}`))

interface Sent {
  readonly endpoint: Endpoint
  readonly input: Record<string, unknown>
  readonly who: string
}

const request: fc.Arbitrary<Sent> = fc.constantFrom(...endpoints).chain((endpoint) => {
  const schema = inputSchema(endpoint)
  const odd = fc.dictionary(fc.constantFrom('extra', '__proto__', 'constructor', 'id'), hostile, { maxKeys: 1 })
  const input = fc.oneof(
    { weight: 9, arbitrary: objectFor(schema, schema) },
    { weight: 1, arbitrary: fc.tuple(objectFor(schema, schema), odd).map(([a, b]) => ({ ...a, ...b })) },
  )
  const who = fc.constantFrom(...people.map(({ id }) => id), admin.id, 'nobody')
  return fc.record({ endpoint: fc.constant(endpoint), input, who }) as fc.Arbitrary<Sent>
})

/** What travels in the address is text: anything else is written as it would be in JSON. */
function inWords({ method, path }: Endpoint, input: Record<string, unknown>) {
  const inUrl = (name: string) => method === 'GET' || method === 'DELETE' || path.includes(`:${name}`)
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      inUrl(name) && typeof value === 'object' ? JSON.stringify(value) : value,
    ]),
  )
}

test(
  `${requests} requests of every sort: none breaks the desk, none hangs, none tells of another customer`,
  { timeout: 1_200_000 },
  async () => {
    const answers = new Map<number, number>()
    const sample = fc.sample(request, { numRuns: requests, seed })
    for (const { endpoint, input, who } of sample) {
      const { method, url, body } = toRequest(endpoint, inWords(endpoint, input))
      const headers = { authorization: who, ...(body && { 'content-type': 'application/json' }) }
      const began = performance.now()
      const reply = await desk.inject({ method, url: `/api${url}`, headers, ...(body && { payload: body }) })
      const said = `${method} ${url.slice(0, 300)} ${body?.slice(0, 600) ?? ''} → ${reply.statusCode} ${reply.body.slice(0, 300)}`
      answers.set(reply.statusCode, (answers.get(reply.statusCode) ?? 0) + 1)
      expect(reply.statusCode, said).toBeLessThan(500)
      expect(performance.now() - began, said).toBeLessThan(10_000)
      if (who !== admin.id)
        expect(reply.body.replaceAll(JSON.stringify(input), ''), said).not.toContain(`"title":"${canary}`)
    }
    expect(answers.get(200)).toBeGreaterThan(requests / 20)
  },
)
