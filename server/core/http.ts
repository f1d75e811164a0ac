import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Endpoint, May } from '#shared/core/endpoint.ts'
import { as, lookAgain, mostEpochs, requireCurrent, type Actor, type Ctx, type Desk } from './desk.ts'
import { keyOf, once } from './idempotency.ts'
import { readInput } from './input.ts'
import { openRoutes } from './open-routes.ts'
import { requirePermission } from './permission.ts'
import { answerRefusal } from './problem.ts'
import { forbidden, notFound, Refusal } from './refusal.ts'
import { Outdated, type SetUp } from './set-up.ts'
import { shield, type Shield } from './shield.ts'

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
  readonly byLink?: true
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

type Guarded = Pick<RawRoute, 'may' | 'byLink'> & { readonly method: string }

interface Options extends Shield {
  readonly authenticate: Authenticate
  /** Who stands for nobody on routes that are open to anyone. */
  readonly nobody: Actor
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
  const actorFor = async (request: FastifyRequest, route: Guarded) => {
    const { may, method } = route
    const actor = (await authenticate(request)) ?? nobody
    if (may === 'anyone') return isGuest(actor) ? nobody : actor
    requireOpenToGuests(actor, route)
    if (actor === nobody) throw new Refusal('unauthenticated', 'Sign in first')
    if (method !== 'GET' && actor.channel === 'web') requireSameOrigin(request)
    requirePermission(actor, route)
    if (method !== 'GET' && desk.readOnly.why) throw new Refusal('read_only', desk.readOnly.why, { retryAfter: 60 })
    return actor
  }
  // Who is refused may have been so as who they were before the set-up changed.
  const actorUnder = async (under: SetUp, ...of: Parameters<typeof actorFor>) => {
    try {
      return await actorFor(...of)
    } catch (error) {
      if (error instanceof Refusal) await requireCurrent(desk, under)
      throw error
    }
  }
  const actorNow = async (request: FastifyRequest, route: Guarded) => {
    if (route.may !== 'anyone') await lookAgain(desk)
    return actorFor(request, route)
  }

  for (const { endpoint, answer } of served) {
    const { method, path, may } = endpoint
    declared(method, path, may)
    const answerUnder = async (under: SetUp, request: FastifyRequest, reply: FastifyReply) => {
      const actor = await actorUnder(under, request, endpoint)
      const input = readInput(endpoint, request)
      const call = callOf(request, reply, secure)
      const work = async (ctx: Ctx) => endpoint.output.parse(await answer(ctx, input, call, desk))
      if (method === 'GET') return as(desk, actor, work, { access: 'read only', under })
      const key = keyOf(request, endpoint, actor, input)
      return key ? once(desk, actor, { ...key, under }, work) : as(desk, actor, work, { under })
    }
    app.route({
      method,
      url: `/api${path}`,
      async handler(request, reply) {
        for (let attempt = 1; ; attempt += 1) {
          try {
            return await answerUnder(desk.setUp.now, request, reply)
          } catch (error) {
            if (attempt === mostEpochs || !(error instanceof Outdated)) throw error
          }
        }
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
        request.askAgain = () => actorNow(request, route).catch(nullWhenRefused)
        return route.handle(desk, await actorNow(request, route), request, reply)
      },
    })
  }

  app.setErrorHandler(answerRefusal)
  app.all('/api/*', () => {
    throw notFound('address in this API')
  })
  return app
}

function nullWhenRefused(error: unknown) {
  if (error instanceof Refusal) return null
  throw error
}

function declared(method: string, path: string, may: May) {
  if (may === 'anyone' && !openRoutes.includes(`${method} ${path}`))
    throw new Error(`${method} ${path} is open to anyone but is not on the list of open routes`)
}

const isGuest = ({ only }: Actor) => only !== undefined

/** A link opens one record, by the few routes that say so. */
function requireOpenToGuests(actor: Actor, { byLink }: Guarded) {
  if (isGuest(actor) && !byLink) throw forbidden('You may not do this by a link: sign in first')
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
