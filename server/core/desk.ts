import type { Readable } from 'node:stream'
import { CompiledQuery, sql } from 'kysely'
import type { z } from 'zod'
import type { Audience, Permission } from '#shared/access.ts'
import type { Endpoint } from '#shared/core/endpoint.ts'
import type { Channel } from '#shared/item/history.ts'
import type { Connection, Tx } from './db.ts'
import type { Setting } from './module.ts'
import type { Derive, Reactions } from './reactions.ts'
import { wrongTransaction } from './refusal.ts'
import { Outdated, type SetUp } from './set-up.ts'

/** Who asks, through which channel, and how far they see. */
export interface Actor {
  /** Null for the desk itself, acting on nobody's behalf. */
  readonly id: string | null
  readonly name: string
  readonly audience: Audience | 'system'
  readonly permissions: ReadonlySet<Permission>
  readonly channel: Channel
  readonly organisation: string | null
  readonly teams: readonly string[]
  /** The organisations that the person's teams serve; all of them with `everywhere`. */
  readonly serves: readonly string[]
  readonly everywhere: boolean
  readonly zone: string
  /** The one record that there is for them, where a link to it let them in; the database knows of no other then. */
  readonly only?: string
}

/** What every function of the domain is given: the transaction, who asks, and what time it is. */
export interface Ctx {
  readonly db: Tx
  readonly actor: Actor
  readonly now: string
  readonly reactions: Reactions
  readonly setUp: SetUp
}

/** What an endpoint's function is given once its input has been checked. */
export type Args<E extends Endpoint> = z.output<E['input']>

export interface Mail {
  readonly messageId: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Everything outside the database that a job or a file route may touch. Tests pass doubles; nothing else is mocked. */
export interface Ports {
  /** Null where no mail server is set: links are then shown to the administrator instead. */
  readonly mail: ((mail: Mail) => Promise<void>) | null
  readonly files: Files
  /** Whether a file is harmless; null where nobody looks. */
  readonly scan: ((content: Readable) => Promise<boolean>) | null
}

/** Content-addressed storage of attachments and exports: what is put in is found again by its SHA-256. */
export interface Files {
  put(content: Readable, limit: number): Promise<{ readonly sha256: string; readonly size: number }>
  read(sha256: string): Promise<Readable>
  has(sha256: string): Promise<boolean>
  /** Removes what was put in before a time and is not among those that are still referred to; says how many. */
  sweep(before: Date, referred: (sha256s: readonly string[]) => Promise<ReadonlySet<string>>): Promise<number>
}

/** Which of some files are still needed; what nobody needs is swept away. */
export type KeepFiles = (ctx: Ctx, sha256s: readonly string[]) => Promise<readonly string[]>

/** Work for later. It opens its own transactions, so it alone may talk to the outside world. */
export interface Job<I extends z.ZodType = z.ZodType> {
  readonly name: string
  readonly input: I
  /** For work that comes round again: a crontab pattern in UTC. */
  readonly cron?: string
  /** Work that takes minutes looks at `stopping` now and then, and ends early so that the desk can. */
  run(desk: Desk, input: z.output<I>, stopping?: AbortSignal): Promise<void>
}

export interface Desk {
  readonly connection: Connection
  readonly ports: Ports
  readonly reactions: Reactions
  readonly derived: readonly Derive[]
  readonly keepFiles: readonly KeepFiles[]
  readonly settings: readonly Setting[]
  readonly address: string
  /** Why nothing may be written now, such as a full disk; null when all is well. */
  readonly readOnly: { why: string | null }
  /** What is known of the set-up; each transaction is told whether it still holds. */
  readonly setUp: { now: SetUp }
}

interface How {
  readonly access?: 'read only' | 'read write'
  /** When it happened, for what is brought in later than it happened. */
  readonly at?: string
  /** The set-up under which somebody is who they are: where that has changed, it is `Outdated`. */
  readonly under?: SetUp
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const tries = 4
/** While many people are set up at once, each of them changes the set-up under all others. */
export const mostEpochs = 100

/**
 * The one way in: a transaction in which Postgres itself knows who is asking. It is tried again when it loses against
 * another one (serialization, deadlock) or went by a set-up that has changed, and here only.
 */
export async function as<T>(desk: Desk, actor: Actor, work: (ctx: Ctx) => Promise<T>, how: How = {}): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await underCurrent(desk, actor, work, how)
    } catch (error) {
      if (attempt === tries || !wrongTransaction(error)) throw error
      await new Promise((resume) => setTimeout(resume, attempt * 5 * Math.random()))
    }
  }
}

async function underCurrent<T>(desk: Desk, actor: Actor, work: (ctx: Ctx) => Promise<T>, how: How): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(desk, actor, work, how)
    } catch (error) {
      if (!(error instanceof Outdated)) throw error
      learn(desk, error)
      if (attempt === mostEpochs || how.under !== undefined) throw error
    }
  }
}

function learn({ setUp }: Desk, { epoch }: Outdated) {
  if (setUp.now.epoch !== epoch) setUp.now = { epoch }
}

function once<T>(desk: Desk, actor: Actor, work: (ctx: Ctx) => Promise<T>, how: How) {
  const { access = 'read write', at, under: setUp = desk.setUp.now } = how
  return desk.connection.transaction({
    // The role and who is asking, for this transaction only.
    begin: `begin ${access}; set local role steward_${actor.audience}`,
    who: { text: enter, values: whoAsks(actor) },
    begun({ epoch }) {
      if (epoch !== setUp.epoch) throw new Outdated(Number(epoch))
    },
    work: (db) => work({ db, actor, now: at ?? new Date().toISOString(), reactions: desk.reactions, setUp }),
    onlyRead: access === 'read only',
  })
}

/** Holds a set-up against the database; throws `Outdated` where it has changed. */
export const requireCurrent = (desk: Desk, under: SetUp) =>
  as(desk, system, async () => {}, { access: 'read only', under })

/** Learns of a set-up that has changed, before somebody is taken for who they were. */
export const lookAgain = (desk: Desk) => as(desk, system, async () => {}, { access: 'read only' })

const told = ['actor', 'teams', 'organisation', 'organisations', 'everywhere', 'own_organisation', 'only_item']
const enter = `select ${told.map((name, at) => `set_config('app.${name}', $${at + 1}, true)`).join(', ')}, app.epoch() as epoch`

/** What the database is told of who asks, in the order of `told`. */
function whoAsks({ id, teams, organisation, serves, everywhere, permissions, only }: Actor) {
  return [
    oneId(id),
    listOfIds(teams),
    oneId(organisation),
    listOfIds(serves),
    everywhere ? 'yes' : '',
    permissions.has('item.read-organisation') ? oneId(organisation) : '',
    oneId(only ?? null),
  ]
}

const oneId = (id: string | null) => (id && uuid.test(id) ? id : '')
const listOfIds = (list: readonly string[]) => `{${list.filter((id) => uuid.test(id)).join(',')}}`

/** The desk itself, acting on nobody's behalf: jobs, schedules, what follows from what people do. */
export const system: Actor = {
  id: null,
  name: 'Steward',
  audience: 'system',
  permissions: new Set(),
  channel: 'system',
  organisation: null,
  teams: [],
  serves: [],
  everywhere: true,
  zone: 'UTC',
}

/** Goes on in the same transaction with the desk's own eyes and hands, for what must be true at once. */
export async function bySystem<T>(ctx: Ctx, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  if (ctx.actor.audience === 'system') return work(ctx)
  await sql`select set_config('role', ${'steward_system'}, true)`.execute(ctx.db)
  const result = await work({ ...ctx, actor: system })
  await sql`select set_config('role', ${`steward_${ctx.actor.audience}`}, true)`.execute(ctx.db)
  return result
}

/** Looks, in the same transaction, with somebody else's eyes: what they may not see is not there. */
export async function through<T>(ctx: Ctx, actor: Actor, look: (ctx: Ctx) => Promise<T>): Promise<T> {
  await become(ctx.db, actor)
  const result = await look({ ...ctx, actor })
  await become(ctx.db, ctx.actor)
  return result
}

async function become(db: Tx, actor: Actor) {
  await sql`select set_config('role', ${`steward_${actor.audience}`}, true)`.execute(db)
  await db.executeQuery(CompiledQuery.raw(enter, whoAsks(actor)))
}
