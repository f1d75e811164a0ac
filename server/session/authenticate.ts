import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { as, system, type Actor, type Ctx, type Desk } from '#server/core/desk.ts'
import { sessionCookie, type Authenticate } from '#server/core/http.ts'
import type { SetUp } from '#server/core/set-up.ts'
import { guestWith } from '#server/guest/guest.ts'
import { actorOf, actorRows, hashOf, nobody } from '#server/people/people.ts'
import { guestPrefix } from '#shared/guest.ts'
import { idleSince } from './start.ts'

export const tokenPrefix = 'stw_'
const minute = 60_000

interface How {
  readonly secure: boolean
  /** A secret by which a metrics collector, which is nobody, may read the metrics and nothing else. */
  readonly metricsToken?: string | undefined
}

/**
 * Tells who asks: by the session in the cookie, by an API token, or by the link to one record. A credential that is wrong
 * or too old makes the caller nobody.
 */
export function authenticate(desk: Desk, { secure, metricsToken }: How): Authenticate {
  const cookie = sessionCookie(secure)
  return async (request) => {
    // Health is asked for above all when the database cannot answer.
    if (request.routeOptions.url === '/api/health') return null
    const { authorization } = request.headers
    if (authorization === undefined) return bySession(desk, request.cookies[cookie], { visit: !isLive(request) })
    const bearer = /^bearer (\S{1,200})$/i.exec(authorization)?.[1] ?? ''
    if (bearer.startsWith(tokenPrefix)) return byToken(desk, bearer)
    if (bearer.startsWith(guestPrefix)) return guestWith(desk, bearer, { writes: request.method !== 'GET' })
    return metricsToken && isMetrics(request) && same(bearer, metricsToken) ? collector : null
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
  const row = await sessionWith(desk, secret)
  if (!row) return null
  if (visit && row.lastSeenAt < aMinuteAgo()) {
    row.lastSeenAt = new Date().toISOString()
    await seen(desk, async ({ db, now: lastSeenAt }) => {
      await db.updateTable('session').set({ lastSeenAt }).where('id', '=', row.sessionId).execute()
      await db.updateTable('person').set({ lastSeenAt }).where('id', '=', row.id).execute()
    })
  }
  return actorOf(row, 'web')
}

const sessionWith = visitors(
  ({ db }, hash) =>
    actorRows(db)
      .innerJoin('session', 'session.personId', 'person.id')
      .select(['session.id as sessionId', 'session.lastSeenAt', 'session.expiresAt'])
      .where('session.hash', '=', hash)
      .executeTakeFirst(),
  ({ expiresAt, lastSeenAt, audience }) => isAhead(expiresAt) && lastSeenAt >= idleSince(audience, Date.now()),
)

async function byToken(desk: Desk, secret: string) {
  const row = await tokenWith(desk, secret)
  if (!row) return null
  if (!row.lastUsedAt || row.lastUsedAt < aMinuteAgo()) {
    row.lastUsedAt = new Date().toISOString()
    await seen(desk, ({ db, now }) =>
      db.updateTable('token').set({ lastUsedAt: now }).where('id', '=', row.tokenId).execute(),
    )
  }
  return actorOf(row, 'api', row.scopes)
}

const tokenWith = visitors(
  ({ db }, hash) =>
    actorRows(db)
      .innerJoin('token', 'token.personId', 'person.id')
      .select(['token.id as tokenId', 'token.scopes', 'token.lastUsedAt', 'token.expiresAt'])
      .where('token.hash', '=', hash)
      .executeTakeFirst(),
  ({ expiresAt }) => expiresAt === null || isAhead(expiresAt),
)

const isAhead = (time: string) => time > new Date().toISOString()
const aMinuteAgo = () => new Date(Date.now() - minute).toISOString()

/**
 * Finds who comes with a secret. Who came before in this epoch is not asked for again: had anything changed of who they
 * are or what they may do, their next transaction would find another epoch.
 */
function visitors<R>(read: (ctx: Ctx, hash: Buffer) => Promise<R | undefined>, holds: (row: R) => boolean) {
  const all = new WeakMap<SetUp, Map<string, R>>()
  return async (desk: Desk, secret: string) => {
    const hash = hashOf(secret)
    const key = hash.toString('base64')
    const known = all.get(desk.setUp.now)?.get(key)
    if (known && holds(known)) return known
    const look = async (ctx: Ctx) => ({ row: await read(ctx, hash), setUp: ctx.setUp })
    const { row, setUp } = await as(desk, system, look, { access: 'read only' })
    if (!row || !holds(row)) return null
    all.set(setUp, (all.get(setUp) ?? new Map<string, R>()).set(key, row))
    return row
  }
}

/** Notes a visit, at most once a minute, and not where nothing may be written. */
async function seen(desk: Desk, write: (ctx: Ctx) => Promise<unknown>) {
  if (!desk.readOnly.why) await as(desk, system, write)
}
