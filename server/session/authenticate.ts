import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { as, system, type Actor, type Ctx, type Desk } from '#server/core/desk.ts'
import { sessionCookie, type Authenticate } from '#server/core/http.ts'
import { actorOf, actorRows, hashOf, nobody } from '#server/people/people.ts'
import { idleSince } from './start.ts'

export const tokenPrefix = 'stw_'
const minute = 60_000

interface How {
  readonly secure: boolean
  /** A secret by which a metrics collector, which is nobody, may read the metrics and nothing else. */
  readonly metricsToken?: string | undefined
}

/**
 * Tells who asks: by the session in the cookie, or by an API token. Sessions, tokens, people, roles and teams are read
 * anew at every request, so what is ended has ended. A credential that is wrong or too old makes the caller nobody.
 */
export function authenticate(desk: Desk, { secure, metricsToken }: How): Authenticate {
  const cookie = sessionCookie(secure)
  return async (request) => {
    // Health is asked for above all when the database cannot answer.
    if (request.routeOptions.url === '/api/health') return null
    const { authorization } = request.headers
    if (authorization === undefined) return bySession(desk, request.cookies[cookie], { visit: !isLive(request) })
    const bearer = /^bearer (\S{1,200})$/i.exec(authorization)?.[1]
    if (bearer?.startsWith(tokenPrefix)) return byToken(desk, bearer)
    return bearer && metricsToken && isMetrics(request) && same(bearer, metricsToken) ? collector : null
  }
}

const isMetrics = ({ routeOptions }: FastifyRequest) => routeOptions.url === '/api/metrics'
// A page that is only left open is no visit, so that an idle session still ends.
const isLive = ({ routeOptions }: FastifyRequest) => routeOptions.url === '/api/live'
const collector: Actor = { ...nobody, name: 'Metrics', channel: 'api', permissions: new Set(['desk.manage']) }

function same(given: string, secret: string) {
  const [one, other] = [given, secret].map((text) => createHash('sha256').update(text).digest())
  return timingSafeEqual(one!, other!)
}

async function bySession(desk: Desk, secret: string | undefined, { visit }: { visit: boolean }) {
  if (!secret) return null
  const now = Date.now()
  const row = await as(
    desk,
    system,
    ({ db, now: instant }) =>
      actorRows(db)
        .innerJoin('session', 'session.personId', 'person.id')
        .select(['session.id as sessionId', 'session.lastSeenAt'])
        .where('session.hash', '=', hashOf(secret))
        .where('session.expiresAt', '>', instant)
        .executeTakeFirst(),
    { access: 'read only' },
  )
  if (!row || row.lastSeenAt < idleSince(row.audience, now)) return null
  if (visit && Date.parse(row.lastSeenAt) < now - minute) {
    await seen(desk, async ({ db, now: lastSeenAt }) => {
      await db.updateTable('session').set({ lastSeenAt }).where('id', '=', row.sessionId).execute()
      await db.updateTable('person').set({ lastSeenAt }).where('id', '=', row.id).execute()
    })
  }
  return actorOf(row, 'web')
}

async function byToken(desk: Desk, secret: string) {
  const row = await as(
    desk,
    system,
    ({ db, now }) =>
      actorRows(db)
        .innerJoin('token', 'token.personId', 'person.id')
        .select(['token.id as tokenId', 'token.scopes', 'token.lastUsedAt'])
        .where('token.hash', '=', hashOf(secret))
        .where((eb) => eb.or([eb('token.expiresAt', 'is', null), eb('token.expiresAt', '>', now)]))
        .executeTakeFirst(),
    { access: 'read only' },
  )
  if (!row) return null
  if (!row.lastUsedAt || Date.parse(row.lastUsedAt) < Date.now() - minute) {
    await seen(desk, ({ db, now }) =>
      db.updateTable('token').set({ lastUsedAt: now }).where('id', '=', row.tokenId).execute(),
    )
  }
  return actorOf(row, 'api', row.scopes)
}

/** Notes a visit, at most once a minute, and not where nothing may be written. */
async function seen(desk: Desk, write: (ctx: Ctx) => Promise<unknown>) {
  if (!desk.readOnly.why) await as(desk, system, write)
}
