import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { FastifyBaseLogger, FastifyRequest, InjectOptions } from 'fastify'
import { afterAll, vi } from 'vitest'
import { permissionNames, startingRoles, type Permission } from '#shared/access.ts'
import { toRequest, type Endpoint, type Input, type Output } from '#shared/core/endpoint.ts'
import { connect } from '#server/core/db.ts'
import { as, system, type Actor, type Files, type Mail } from '#server/core/desk.ts'
import { httpServer } from '#server/core/http.ts'
import { newId } from '#server/core/id.ts'
import { appUrl, scratchName } from '#server/core/migrate.ts'
import { Refusal } from '#server/core/refusal.ts'
import { settle } from '#server/core/worker.ts'
import { jobs, openDesk, routes, served } from '#server/modules.ts'
import { nobody } from '#server/people/people.ts'
import { authenticate as authenticateReally } from '#server/session/session.ts'
import { admin, ownerUrl } from './template.ts'

export interface Who {
  /** A starting role's key: its permissions and its side of the counter. */
  readonly role?: string
  readonly organisation?: string
  readonly teams?: readonly { readonly id: string }[]
  readonly may?: readonly Permission[]
}

/** What a call was refused with, for tests that look closer than at the message. */
export class Refused extends Error {
  readonly status: number
  readonly body: { detail: string; fields: Record<string, string>; clashes?: unknown[] }

  constructor(status: number, body: Refused['body']) {
    super(`${status} ${body.detail}`)
    this.status = status
    this.body = body
  }
}

export interface Options {
  readonly mail?: boolean
  /** By default whoever a request names is believed; `real` asks for a session or a token, as people meet it. */
  readonly authenticate?: 'by-name' | 'real'
  readonly secure?: boolean
  readonly log?: FastifyBaseLogger
  readonly requestsPerMinute?: number
}

/** A whole desk over its own copy of the database, and people who call its API as anyone would. */
export async function testDesk({
  mail = true,
  authenticate = 'by-name',
  secure = false,
  log,
  requestsPerMinute,
}: Options = {}) {
  const database = scratchName('steward_test')
  await admin(`create database ${database} template steward_template`)
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2030-01-07T09:00:00Z') })

  const sent: Mail[] = []
  const ports = { mail: mail ? async (one: Mail) => void sent.push(one) : null, files: filesInMemory(), scan: null }
  const desk = openDesk(connect(appUrl(ownerUrl(database)), { max: 10 }), ports, 'http://127.0.0.1:8484')
  const actors = new Map<string, Actor>()
  const really = authenticateReally(desk, { secure, metricsToken: 'collector-of-metrics' })
  const byLink = (request: FastifyRequest) =>
    request.headers.authorization?.startsWith('Bearer stg_') ? really(request) : null
  const app = await httpServer(desk, served, routes, {
    authenticate:
      authenticate === 'real'
        ? really
        : async (request) => actors.get(request.headers.authorization ?? '') ?? byLink(request),
    nobody,
    secure,
    log,
    requestsPerMinute: requestsPerMinute ?? 1_000_000,
  })
  afterAll(async () => {
    await app.close()
    await desk.connection.close()
  })

  const asSystem = <T>(work: Parameters<typeof as<T>>[2]) => as(desk, system, work)

  async function organisation(name: string) {
    const id = newId()
    await asSystem(({ db }) => db.insertInto('organisation').values({ id, name }).execute())
    return { id, name }
  }

  async function team(name: string, serves: readonly { readonly id: string }[] = []) {
    const id = newId()
    await asSystem(async ({ db }) => {
      await db.insertInto('team').values({ id, name }).execute()
      for (const one of serves)
        await db.insertInto('teamOrganisation').values({ teamId: id, organisationId: one.id }).execute()
    })
    return { id, name, serves: serves.map((one) => one.id) }
  }

  async function service(name: string, tier = 3, teamId: string | null = null) {
    const id = newId()
    await asSystem(({ db }) => db.insertInto('service').values({ id, name, tier, teamId }).execute())
    return { id, name, tier }
  }

  const home = await organisation('Halyard')

  async function person(
    name: string,
    { role: key = 'analyst', organisation: of = home.id, teams = [], may }: Who = {},
  ) {
    const role = startingRoles.find((one) => one.key === key)!
    const id = newId()
    const email = `${name.toLowerCase().replaceAll(/\W+/g, '.')}@example.com`
    const { audience } = role
    await asSystem(async ({ db }) => {
      await db
        .insertInto('person')
        .values({ id, name, email, organisationId: of, audience, createdAt: new Date().toISOString() })
        .execute()
      for (const one of teams) await db.insertInto('member').values({ personId: id, teamId: one.id }).execute()
    })
    const serves = teams.flatMap((one) => ('serves' in one ? (one.serves as string[]) : []))
    const permissions = new Set(may ?? role.permissions)
    const everywhere =
      permissions.has('item.read-everywhere') ||
      (audience === 'staff' && (teams.length === 0 || teams.some((one) => !('serves' in one) || serves.length === 0)))
    const actor: Actor = {
      id,
      name,
      audience,
      permissions,
      channel: 'api',
      organisation: of,
      zone: 'UTC',
      teams: teams.map((one) => one.id),
      serves,
      everywhere,
    }
    actors.set(id, actor)
    return { id, name, email, actor, call: caller(id) }
  }

  const inject = (options: { method: string; url: string; headers?: Record<string, string>; payload?: unknown }) =>
    app.inject(options as InjectOptions)

  function caller(authorization: string) {
    return async <E extends Endpoint>(
      endpoint: E,
      input: Input<E>,
      more: Record<string, string> = {},
    ): Promise<Output<E>> => {
      const { method, url, body } = toRequest(endpoint, input)
      const headers = { authorization, ...(body && { 'content-type': 'application/json' }), ...more }
      const reply = await inject({ method, url: `/api${url}`, headers, ...(body && { payload: body }) })
      if (reply.statusCode >= 400) throw new Refused(reply.statusCode, reply.json())
      return reply.json() as Output<E>
    }
  }

  return {
    desk,
    app,
    home,
    organisation,
    team,
    service,
    person,
    inject,
    asSystem,
    database,
    ownerUrl: ownerUrl(database),
    agent: (name: string, who: Who = {}) => person(name, { role: 'analyst', ...who }),
    requester: (name: string, who: Who = {}) => person(name, { role: 'requester', ...who }),
    administrator: (name: string) => person(name, { role: 'administrator', may: permissionNames }),
    anyone: caller(''),
    /** Whoever has come by the link in a letter. */
    guest: (link: string) => ({
      authorization: `Bearer ${link.split('#')[1]}`,
      call: caller(`Bearer ${link.split('#')[1]}`),
    }),
    signOut: ({ id }: { id: string }) => void actors.delete(id),
    mail: sent,
    mailTo: ({ email }: { email: string }) => sent.filter(({ to }) => to === email),
    settle: () => settle(desk, jobs, ownerUrl(database)),
    /** Lets time pass, and does what is due by then, what comes round by itself included. */
    async pass(hours: number) {
      vi.setSystemTime(Date.now() + hours * 3_600_000)
      for (const job of jobs) if (job.cron) await job.run(desk, {})
      await settle(desk, jobs, ownerUrl(database))
    },
  }
}

function filesInMemory(): Files {
  const kept = new Map<string, Buffer>()
  const since = new Map<string, number>()
  return {
    async put(content, limit) {
      const bytes = await buffer(content)
      if (bytes.length > limit) throw new Refusal('too_large', 'Too large')
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      kept.set(sha256, bytes)
      since.set(sha256, Date.now())
      return { sha256, size: bytes.length }
    },
    read: async (sha256) => Readable.from(kept.get(sha256)!),
    has: async (sha256) => kept.has(sha256),
    async sweep(before, referred) {
      const old = [...kept.keys()].filter((sha256) => since.get(sha256)! < before.getTime())
      const used = await referred(old)
      return old.filter((sha256) => !used.has(sha256) && kept.delete(sha256)).length
    },
  }
}
