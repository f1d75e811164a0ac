import { z } from 'zod'
import type { Endpoint } from '#shared/core/endpoint.ts'
import type { RawRoute, Served } from './http.ts'

type Json = Record<string, unknown>

const title = 'Steward'
const description = `The public API of the desk. Whatever the web pages do, they do through it.

Sign in with the cookie of a session (a browser's writes then need the header \`x-steward: 1\`), or with an API token as
\`Authorization: Bearer stw_…\`. Each operation names the permission it needs as \`x-permission\`; those marked
\`x-by-link\` also answer whoever came by the link to one record, with its token as the bearer.`

/** The public contract, printed from the same values that serve and call it. */
export function openapi(served: readonly Served[], routes: readonly RawRoute[], version: string) {
  const schemas: Record<string, Json> = {}
  const paths: Record<string, Json> = {}
  const all = [...served.map(({ endpoint }) => endpoint), ...routes]
  for (const one of all) {
    const path = one.path.replaceAll(/:(\w+)/g, '{$1}').replace('*', '{file}')
    const about = isEndpoint(one) ? ofEndpoint(one, schemas) : ofRoute(one)
    ;(paths[path] ??= {})[one.method.toLowerCase()] = { ...aboutAny(one), ...about }
  }
  return {
    openapi: '3.1.0',
    info: { title, version, description, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/api' }],
    security: [{ session: [] }, { token: [] }],
    tags: [...new Set(all.map(tagOf))].toSorted().map((name) => ({ name })),
    paths: Object.fromEntries(Object.entries(paths).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: Object.fromEntries(
        Object.entries({ ...schemas, Refusal: refusal }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
      ),
      parameters: { IdempotencyKey: idempotencyKey },
      responses: {
        Refusal: {
          description: 'Refused, and why',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Refusal' } } },
        },
      },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'steward', description: '`__Host-steward` behind TLS' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

const isEndpoint = (one: Endpoint | RawRoute): one is Endpoint => 'output' in one

const tagOf = ({ path }: { path: string }) => path.split('/')[1]!

function aboutAny({ method, path, may, byLink, summary }: Endpoint | RawRoute): Json {
  const words = path.split('/').filter((word) => word && word !== '*')
  const named = words.map((word) => word.replace(/^:/, 'by-')).join('-')
  return {
    operationId: `${method.toLowerCase()}-${named.replaceAll('.', '-')}${path.endsWith('*') ? '-file' : ''}`,
    summary,
    tags: [tagOf({ path })],
    'x-permission': may,
    ...(byLink && { 'x-by-link': true }),
    ...(may === 'anyone' && { security: [] }),
  }
}

function ofEndpoint({ method, path, input, output }: Endpoint, schemas: Record<string, Json>): Json {
  const inPath = namesIn(path)
  const inQuery = method === 'GET' || method === 'DELETE'
  const { properties = {}, required = [] } = schemaOf(input, 'input', schemas) as {
    properties?: Record<string, Json>
    required?: string[]
  }
  const travelling = Object.entries(properties).filter(([name]) => inQuery || inPath.includes(name))
  const parameters = travelling.map(([name, schema]) => ({
    name,
    in: inPath.includes(name) ? 'path' : 'query',
    required: inPath.includes(name) || required.includes(name),
    schema,
  }))
  const body = Object.entries(properties).filter(([name]) => !inQuery && !inPath.includes(name))
  const needed = required.filter((name) => !inPath.includes(name))
  const schema = {
    type: 'object',
    properties: Object.fromEntries(body),
    ...(needed.length > 0 && { required: needed }),
    additionalProperties: false,
  }
  const key = method === 'GET' ? [] : [{ $ref: '#/components/parameters/IdempotencyKey' }]
  return {
    parameters: [...parameters, ...key],
    ...(body.length > 0 && {
      requestBody: { required: needed.length > 0, content: { 'application/json': { schema } } },
    }),
    responses: {
      200: { description: 'OK', content: { 'application/json': { schema: schemaOf(output, 'output', schemas) } } },
      default: { $ref: '#/components/responses/Refusal' },
    },
  }
}

function ofRoute({ path }: RawRoute): Json {
  const parameters = namesIn(path.replace('*', ':file')).map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  return {
    ...(parameters.length > 0 && { parameters }),
    responses: { 200: { description: 'OK' }, default: { $ref: '#/components/responses/Refusal' } },
  }
}

const namesIn = (path: string) => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)

/** A named schema is printed once; one that is read otherwise than it is answered is printed under two names. */
function schemaOf(type: z.ZodType, io: 'input' | 'output', schemas: Record<string, Json>): Json {
  const { $defs = {}, $schema: _, id, ...rest } = z.toJSONSchema(type, { io, unrepresentable: 'any' }) as Json
  const defs = { ...($defs as Record<string, Json>), ...(typeof id === 'string' && { [id]: rest }) }
  const names = new Map(Object.entries(defs).map(([name, of]) => [name, nameFor(name, of, schemas)]))
  const relink = (value: Json): Json =>
    JSON.parse(
      JSON.stringify(value).replaceAll(
        /"#\/\$defs\/([^"]+)"/g,
        (_match, name: string) => `"#/components/schemas/${names.get(name) ?? name}"`,
      ),
    ) as Json
  for (const [name, of] of Object.entries(defs)) {
    const { id: _id, ...plain } = relink(of)
    schemas[names.get(name)!] = plain
  }
  return typeof id === 'string' ? { $ref: `#/components/schemas/${names.get(id)!}` } : relink(rest)
}

function nameFor(name: string, of: Json, schemas: Record<string, Json>) {
  const { id: _, ...plain } = of
  const text = (value: Json) => JSON.stringify(value).replaceAll('#/$defs/', '#/components/schemas/')
  const there = schemas[name]
  return !there || text(there) === text(plain) ? name : `${name}Input`
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Sent again with the same key within seven days, a write takes effect once and is answered alike.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}

const refusal = {
  type: 'object',
  properties: {
    title: { type: 'string', description: 'Why, in one word' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'Why, in a sentence for people' },
    fields: {
      type: 'object',
      additionalProperties: { type: 'string' },
      description: 'What is wrong with each field of the input',
    },
    clashes: {
      type: 'array',
      description: 'What two people wrote into the same field',
      items: {
        type: 'object',
        properties: {
          field: { type: 'string' },
          yours: {},
          theirs: {},
          by: { type: 'string' },
          at: { type: 'string', format: 'date-time' },
        },
      },
    },
    requestId: { type: 'string' },
  },
  required: ['title', 'status', 'detail'],
}
