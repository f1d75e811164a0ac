import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import { fastify, type FastifyBaseLogger, type FastifyReply, type FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Endpoint, May } from '#shared/core/endpoint.ts'
import { as, type Actor, type Ctx, type Desk } from './desk.ts'
import { keyOf, once } from './idempotency.ts'
import { measureRequests } from './metrics.ts'
import { openRoutes } from './open-routes.ts'
import { forbidden, notFound, Refusal, refusalFor } from './refusal.ts'

/** What a verb may need to know of the request beside its input: who called from where, and the cookie to set. */
export interface Call {
  readonly address: string
  readonly agent: string
  readonly session: string | null
  setSession(token: string | null): void
}

export interface Served {
  readonly endpoint: Endpoint
  readonly answer: (ctx: Ctx, input: unknown, call: Call, desk: Desk) => Promise<unknown>
}

/** Ties an endpoint to the function that answers it; the compiler checks that the two agree. */
export function serve<I extends z.ZodObject, O extends z.ZodType>(
  endpoint: Endpoint<I, O>,
  answer: (ctx: Ctx, input: z.output<I>, call: Call, desk: Desk) => Promise<z.input<O>>,
): Served {
  return { endpoint, answer: answer as Served['answer'] }
}

/** A route that carries something other than JSON: a file, a stream of events, another program's format. */
export interface RawRoute {
  readonly method: 'GET' | 'POST'
  readonly path: `/${string}`
  readonly may: May
  readonly summary: string
  handle(desk: Desk, actor: Actor, request: FastifyRequest, reply: FastifyReply): Promise<unknown>
}

declare module 'fastify' {
  interface FastifyRequest {
    /** For what goes on after the answer began: who asks now, or null if they have left or may no longer. */
    askAgain(): Promise<Actor | null>
    /** Aborted when the desk stops: what would stream for ever ends then, and all else is finished. */
    stopping: AbortSignal
  }
}

/** Tells who asks. `null` for nobody; a credential that is wrong is refused rather than ignored. */
export type Authenticate = (request: FastifyRequest) => Promise<Actor | null>

interface Options {
  readonly authenticate: Authenticate
  /** Who stands for nobody on routes that are open to anyone. */
  readonly nobody: Actor
  readonly log?: FastifyBaseLogger | undefined
  readonly requestsPerMinute?: number | undefined
  readonly secure?: boolean
  /** The proxies whose word on the caller's address counts. */
  readonly trustProxy?: string | undefined
}

const csp = {
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    // Mantine and the virtual list place things by style attributes; no style sheet comes from elsewhere.
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    objectSrc: ["'none'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    upgradeInsecureRequests: null,
  },
}

export async function httpServer(
  desk: Desk,
  served: readonly Served[],
  routes: readonly RawRoute[],
  { authenticate, nobody, secure = false, ...how }: Options,
) {
  const app = await shield({ ...how, secure })
  const stopping = new AbortController()
  app.addHook('preClose', async () => stopping.abort())
  const actorFor = async (request: FastifyRequest, may: May, method: string) => {
    const actor = (await authenticate(request)) ?? nobody
    if (may === 'anyone') return actor
    if (actor === nobody) throw new Refusal('unauthenticated', 'Sign in first')
    if (method !== 'GET' && actor.channel === 'web') requireSameOrigin(request)
    if (may !== 'signed-in' && !actor.permissions.has(may)) throw forbidden(`You may not do this: it needs ${may}`)
    if (method !== 'GET' && desk.readOnly.why) throw new Refusal('read_only', desk.readOnly.why, { retryAfter: 60 })
    return actor
  }

  for (const { endpoint, answer } of served) {
    const { method, path, may } = endpoint
    declared(method, path, may)
    app.route({
      method,
      url: `/api${path}`,
      async handler(request, reply) {
        const actor = await actorFor(request, may, method)
        const input = read(endpoint, request)
        const call = callOf(request, reply, secure)
        const work = async (ctx: Ctx) => endpoint.output.parse(await answer(ctx, input, call, desk))
        if (method === 'GET') return as(desk, actor, work, { access: 'read only' })
        const key = keyOf(request, endpoint, actor, input)
        return key ? once(desk, actor, key, work) : as(desk, actor, work)
      },
    })
  }
  for (const route of routes) {
    const { method, path, may } = route
    declared(method, path, may)
    app.route({
      method,
      url: `/api${path}`,
      async handler(request, reply) {
        request.stopping = stopping.signal
        request.askAgain = () => actorFor(request, may, method).catch(nullWhenRefused)
        return route.handle(desk, await actorFor(request, may, method), request, reply)
      },
    })
  }

  app.setErrorHandler((thrown, request, reply) => answerError(refusalFor(thrown), request, reply))
  app.all('/api/*', () => {
    throw notFound('address in this API')
  })
  return app
}

/** Fastify with all that protects it: limits, headers, cookies, and a request id on every answer. */
async function shield({ log, requestsPerMinute, secure, trustProxy }: Omit<Options, 'authenticate' | 'nobody'>) {
  const app = fastify({
    ...(log && { loggerInstance: log }),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: trustProxy ?? false,
    bodyLimit: 1024 * 1024,
    // How long a request may take to arrive whole, an upload included.
    requestTimeout: 120_000,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    forceCloseConnections: 'idle',
  })
  app.decorateRequest('askAgain')
  app.decorateRequest('stopping')
  await app.register(cookie)
  await app.register(helmet, {
    contentSecurityPolicy: csp,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    strictTransportSecurity: secure ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  })
  await app.register(rateLimit, {
    max: requestsPerMinute ?? 1200,
    timeWindow: '1 minute',
    // A page is many files; the people of an office, behind one address, would use up its share by opening it.
    allowList: (request) => !isApi(request),
    errorResponseBuilder: (_, { ttl }) =>
      new Refusal('too_many', 'Too many requests; wait a moment', { retryAfter: Math.ceil(ttl / 1000) }),
  })
  await app.register(multipart, { limits: { files: 1, fields: 5, fieldSize: 10_000, parts: 6 } })
  measureRequests(app)
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id)
    if (isApi(request) && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })

  return app
}

/** By the route rather than the address, which can be written in more ways than one. */
const isApi = ({ routeOptions }: FastifyRequest) => routeOptions.url?.startsWith('/api/') === true

function nullWhenRefused(error: unknown) {
  if (error instanceof Refusal) return null
  throw error
}

function declared(method: string, path: string, may: May) {
  if (may === 'anyone' && !openRoutes.includes(`${method} ${path}`))
    throw new Error(`${method} ${path} is open to anyone but is not on the list of open routes`)
}

/** A browser sends cookies along whoever asks for it; only our own pages can set this header. */
function requireSameOrigin({ headers }: FastifyRequest) {
  const site = headers['sec-fetch-site']
  if (headers['x-steward'] !== '1' || (site !== undefined && site !== 'same-origin' && site !== 'none'))
    throw forbidden('This came from another site, or without the header x-steward: 1')
}

export const sessionCookie = (secure: boolean) => (secure ? '__Host-steward' : 'steward')

function callOf(request: FastifyRequest, reply: FastifyReply, secure: boolean): Call {
  const name = sessionCookie(secure)
  return {
    address: request.ip,
    agent: (request.headers['user-agent'] ?? '').slice(0, 300),
    session: request.cookies[name] ?? null,
    setSession(token) {
      const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
      if (token) reply.setCookie(name, token, { ...options, maxAge: 30 * 86_400 })
      else reply.clearCookie(name, options).header('clear-site-data', '"cache", "storage"')
    },
  }
}

/** Gathers the input from where it travels, and refuses names that the endpoint does not know. */
function read(endpoint: Endpoint, request: FastifyRequest) {
  const given = givenBy(endpoint, request)
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

const standard: Record<number, Refusal['reason']> = { 413: 'too_large', 429: 'too_many' }

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const refusal = error instanceof Refusal ? error : fromFastify(error)
  if (!refusal) {
    request.log.error({ err: error }, 'unexpected')
    return reply.code(500).type('application/problem+json').send({
      title: 'broken',
      status: 500,
      detail: 'Something broke on our side. Nothing was changed; try again, and name the request id if it stays.',
      requestId: request.id,
    })
  }
  const { status, reason, message, fields, clashes, retryAfter } = refusal
  if (retryAfter !== null) reply.header('retry-after', retryAfter)
  return reply
    .code(status)
    .type('application/problem+json')
    .send({
      title: reason,
      status,
      detail: message,
      fields,
      ...(clashes.length > 0 && { clashes }),
      requestId: request.id,
    })
}

/** What Fastify itself refuses: a body that is too large, or no JSON. */
function fromFastify(error: unknown) {
  const code = (error as { statusCode?: number }).statusCode
  if (!(error instanceof Error) || code === undefined || code < 400 || code >= 500) return null
  return new Refusal(standard[code] ?? 'invalid', error.message)
}
