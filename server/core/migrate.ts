import { createHmac, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { runMigrations } from 'graphile-worker'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import { Client, DatabaseError, escapeIdentifier, escapeLiteral, Pool } from 'pg'
import { locks } from './locks.ts'

const folder = new URL('../migrations/', import.meta.url)
const audiences = ['steward_system', 'steward_staff', 'steward_requester', 'steward_report']

/** Brings the database to this release's shape. Runs as the owner of the schema, never as the application's own role. */
export async function migrate(ownerUrl: string) {
  const client = new Client({ connectionString: ownerUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    // Two desks may start on one empty database at the same moment.
    await client.query('select pg_advisory_lock($1)', [locks.migration])
    return await bringUp(ownerUrl, client)
  } finally {
    await client.end()
  }
}

async function bringUp(ownerUrl: string, client: Client) {
  await ensureRoles(ownerUrl, client)
  await runMigrations({ connectionString: ownerUrl })
  const pool = new Pool({ connectionString: ownerUrl, max: 1 })
  const db = new Kysely({ dialect: new PostgresDialect({ pool }) })
  const { error, results = [] } = await new Migrator({
    db,
    provider: { getMigrations },
    migrationLockTableName: 'migration_lock',
    migrationTableName: 'migration',
  }).migrateToLatest()
  if (!error) await makePartitions(db)
  await db.destroy()
  if (error) throw new Error(`The database could not be brought to this release: ${reasonOf(error)}`, { cause: error })
  return results.map(({ migrationName }) => migrationName)
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

async function getMigrations() {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql'))
  const migrations = files.map(async (name): Promise<[string, Migration]> => {
    const text = await readFile(new URL(name, folder), 'utf8')
    return [name, { up: async (db) => void (await sql.raw(text).execute(db)) }]
  })
  return Object.fromEntries(await Promise.all(migrations))
}

async function makePartitions(db: Kysely<unknown>) {
  await sql`select app.make_partitions((now() at time zone 'UTC')::date, 3)`.execute(db)
}

/**
 * The address by which the application itself connects: as a role that owns nothing and may do nothing until a
 * transaction says for whom. Its password follows from the owner's, so that no second secret has to be kept.
 */
export function appUrl(ownerUrl: string) {
  const url = new URL(ownerUrl)
  const owner = decodeURIComponent(url.username) || 'postgres'
  url.username = `${owner}_app`
  url.password = appPassword(ownerUrl)
  return url.toString()
}

function appPassword(ownerUrl: string) {
  const secret = decodeURIComponent(new URL(ownerUrl).password)
  return createHmac('sha256', secret || 'none')
    .update('steward application role')
    .digest('hex')
}

/** Roles belong to the whole server, where desks on other databases may be making the same ones just now. */
async function ensureRoles(ownerUrl: string, client: Client) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await makeRoles(ownerUrl, client)
    } catch (error) {
      if (attempt === 5 || !isRace(error)) throw error
      await new Promise((again) => setTimeout(again, attempt * 50))
    }
  }
}

const isRace = (error: unknown) =>
  error instanceof DatabaseError && (error.code === '42710' || error.code === '23505' || error.code === 'XX000')

async function makeRoles(ownerUrl: string, client: Client) {
  const app = `${decodeURIComponent(new URL(ownerUrl).username) || 'postgres'}_app`
  const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles where rolname = any($1)', [
    [...audiences, app],
  ])
  const there = new Set(rows.map(({ rolname }) => rolname))
  for (const role of audiences) {
    if (!there.has(role)) await client.query(`create role ${escapeIdentifier(role)} nologin`)
  }
  const name = escapeIdentifier(app)
  if (!there.has(app)) await client.query(`create role ${name} login noinherit`)
  await client.query(`alter role ${name} password ${escapeLiteral(appPassword(ownerUrl))}`)
  await client.query(`grant ${audiences.join(', ')} to ${name}`)
  await client.query(`alter role ${name} set statement_timeout = '30s'`)
  await client.query(`alter role ${name} set lock_timeout = '5s'`)
  await client.query(`alter role ${name} set idle_in_transaction_session_timeout = '30s'`)
}

/** A name for a database that is thrown away again. */
export const scratchName = (prefix: string) => `${prefix}_${randomBytes(6).toString('hex')}`
