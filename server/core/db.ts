import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import { Kysely } from 'kysely'
import { Pool, types, type PoolClient } from 'pg'
import { heldDialect } from './held.ts'
import { arrived } from './meanwhile.ts'
import { nameFields } from './column-names.ts'
import type { DB } from './tables.ts'

// Times are ISO strings from the row to the screen, so nothing maps them on the way.
types.setTypeParser(types.builtins.TIMESTAMPTZ, isoTime)
types.setTypeParser(types.builtins.INT8, Number)

/** The only handle on the database: one transaction, seen through one person's eyes. */
export type Tx = Kysely<DB>

export interface Connection {
  /**
   * One transaction, begun as told, on a connection of its own. Statements that are not waited for go out together, in
   * the order in which they were asked, and come back in one round trip.
   */
  transaction<T>(wanted: Transaction<T>): Promise<T>
  /** Connections in use, idle, and requests that wait for one. */
  load(): { readonly total: number; readonly idle: number; readonly waiting: number }
  close(): Promise<void>
}

interface How {
  readonly max?: number
  /** Off behind an old PgBouncer, which keeps no named statements. */
  readonly prepared?: boolean
}

export function connect(connectionString: string, { max = 20, prepared = true }: How = {}): Connection {
  const pool = new Pool({ connectionString, max, application_name: 'steward', pipeline: true } as object)
  // A connection that breaks while it lies idle is replaced; without a listener it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    // The same for one that breaks at work: whoever works on it is told by their query.
    client.on('error', () => {})
    nameFields(client)
    sendTogether(client)
    if (prepared) prepareByName(client)
  })
  return {
    async transaction(wanted) {
      const client = await pool.connect()
      try {
        return await transact(client, wanted)
      } finally {
        client.release()
      }
    },
    load: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  }
}

interface Transaction<T> {
  /** The statements that begin it, and the one that says who asks; they go out with the first of the work. */
  readonly begin: string
  readonly who: { readonly text: string; readonly values: readonly string[] }
  /** What follows from the row that the latter answers, before anything is committed. */
  readonly begun?: (row: Readonly<Record<string, unknown>>) => void
  readonly work: (db: Tx) => Promise<T>
  /** Its end is not waited for, since waiting makes what was read no truer. */
  readonly onlyRead?: boolean
}

async function transact<T>(client: PoolClient, wanted: Transaction<T>): Promise<T> {
  const begun = begin(client, wanted)
  begun.catch(() => {})
  const { dialect, letGo } = heldDialect(client, begun)
  const end = (command: string) => {
    letGo()
    return client.query(command)
  }
  // A handle is of one transaction, so what is known of that may be kept by it.
  const db = new Kysely<DB>({ dialect })
  try {
    const result = await wanted.work(db)
    await arrived(db)
    await begun
    const committed = end('commit')
    if (wanted.onlyRead) committed.catch(() => {})
    else await committed
    return result
  } catch (error) {
    await end('rollback').catch(() => {})
    // Where it did not even begin, that is why; else the first thing that failed, since all after it is refused.
    await begun
    await arrived(db)
    throw error
  }
}

async function begin(client: PoolClient, wanted: Pick<Transaction<unknown>, 'begin' | 'who' | 'begun'>) {
  const { text, values } = wanted.who
  const [, { rows }] = await Promise.all([
    client.query(wanted.begin),
    client.query<Record<string, unknown>>(text, [...values]),
  ])
  wanted.begun?.(rows[0] ?? {})
}

/** PostgreSQL writes UTC almost as ISO 8601 does; there are many times in a page of records. */
function isoTime(text: string) {
  if (text.length < 22 || text.length > 29 || !text.endsWith('+00')) return new Date(text).toISOString()
  const fraction = text.slice(20, -3).padEnd(3, '0').slice(0, 3)
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`
}

/** What is asked in one turn goes out in one write: each write to a socket costs more than most statements do. */
function sendTogether(client: PoolClient) {
  const { stream } = (client as PoolClient & { connection: { stream: Socket } }).connection
  const send = client.query.bind(client) as (...of: unknown[]) => unknown
  let corked = false
  const query = (...of: unknown[]) => {
    if (!corked) {
      corked = true
      stream.cork()
      setImmediate(() => {
        corked = false
        stream.uncork()
      })
    }
    return send(...of)
  }
  Object.assign(client, { query })
}

const mostStatements = 400

/**
 * Lets PostgreSQL keep the plan of each statement. A plan under row security belongs to one role, so the role that the
 * transaction began with is part of the name.
 */
function prepareByName(client: PoolClient) {
  const named = new Map<string, string>()
  let role = ''
  const send = client.query.bind(client) as (...of: unknown[]) => unknown
  const query = (text: unknown, values?: unknown, ...rest: unknown[]) => {
    if (typeof text !== 'string') return send(text, values, ...rest)
    role = /^begin.* set local role (\w+)/.exec(text)?.[1] ?? role
    if (!Array.isArray(values) || values.length === 0) return send(text, values, ...rest)
    if (text.startsWith("select set_config('role'")) role = String(values[0])
    const key = role + text
    let name = named.get(key)
    if (!name && named.size < mostStatements) {
      name = createHash('sha1').update(key).digest('base64url')
      named.set(key, name)
    }
    return name ? send({ name, text, values }, ...rest) : send(text, values, ...rest)
  }
  Object.assign(client, { query })
}
