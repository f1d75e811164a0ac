import { createHash } from 'node:crypto'
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import { Pool, types, type PoolClient } from 'pg'
import type { DB } from './tables.ts'

// Times are ISO strings from the row to the screen, so nothing maps them on the way.
types.setTypeParser(types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString())
types.setTypeParser(types.builtins.INT8, Number)

/** The only handle on the database: one transaction, seen through one person's eyes. */
export type Tx = Kysely<DB>

export interface Connection {
  readonly db: Kysely<DB>
  /** Connections in use, idle, and requests that wait for one. */
  load(): { readonly total: number; readonly idle: number; readonly waiting: number }
  close(): Promise<void>
}

export function connect(connectionString: string, { max = 20 }: { max?: number } = {}): Connection {
  const pool = new Pool({ connectionString, max, application_name: 'steward' })
  // A connection that breaks while it lies idle is replaced; without a listener it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    // The same for one that breaks at work: whoever works on it is told by their query.
    client.on('error', () => {})
    prepareByName(client)
  })
  return {
    db: new Kysely<DB>({
      dialect: new PostgresDialect({ pool }),
      plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
    }),
    load: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  }
}

const mostStatements = 400

/**
 * Lets PostgreSQL keep the plan of each statement. A plan under row security belongs to one role, so the role that the
 * transaction began with is part of the name. Off with `PREPARED_STATEMENTS=off`, for an old PgBouncer.
 */
function prepareByName(client: PoolClient) {
  if (process.env['PREPARED_STATEMENTS'] === 'off') return
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
