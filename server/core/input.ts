import type { FastifyRequest } from 'fastify'
import type { Endpoint } from '#shared/core/endpoint.ts'
import { Refusal } from './refusal.ts'

/** Gathers the input from where it travels, and refuses names that the endpoint does not know. */
export function readInput(endpoint: Endpoint, request: FastifyRequest) {
  return checkInput(endpoint, givenBy(endpoint, request))
}

/** Refuses what an endpoint does not take, by the names of the fields. */
export function checkInput(endpoint: Endpoint, given: Record<string, unknown>) {
  requireKnown(endpoint, given)
  const parsed = endpoint.input.safeParse(given)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((issue) => [issue.path.join('.') || 'input', issue.message] as const)
  throw new Refusal('invalid', fields[0]?.join(': ') ?? '', { fields: Object.fromEntries(fields.slice(0, 50)) })
}

function givenBy({ method }: Endpoint, { query, body, params }: FastifyRequest): Record<string, unknown> {
  if (body !== undefined && body !== null && (typeof body !== 'object' || Array.isArray(body)))
    throw new Refusal('invalid', 'Send a JSON object')
  const travels = method === 'GET' || method === 'DELETE' ? query : body
  return { ...(travels as object), ...(params as object) }
}

function requireKnown({ input, method, path }: Endpoint, given: object) {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(input.shape, name))
  if (unknown.length === 0) return
  const fields = unknown.slice(0, 20).map((name) => [name, 'There is no such field here'] as const)
  throw new Refusal('invalid', `${method} ${path} takes no ${unknown.join(', ')}`.slice(0, 500), {
    fields: Object.fromEntries(fields),
  })
}
