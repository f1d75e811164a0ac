import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { migrate } from '#server/core/migrate.ts'
import { startPostgres } from '#server/postgres/postgres.ts'

/** The owner's address of one database on the server that the tests run on. */
export function ownerUrl(database: string) {
  const url = new URL(process.env['STEWARD_TEST_URL']!)
  url.pathname = `/${database}`
  return url.toString()
}

export async function admin<Row extends object = { name: string }>(sql: string, database?: string) {
  const client = new Client({ connectionString: database ? ownerUrl(database) : process.env['STEWARD_TEST_URL']! })
  await client.connect()
  try {
    const { rows } = await client.query<Row>(sql)
    return rows
  } finally {
    await client.end()
  }
}

/** Runs once, before every test: a server, and the migrated database that each test file starts from a copy of. */
export default async function setup() {
  const server = process.env['DATABASE_URL'] ? null : await scratchServer()
  process.env['STEWARD_TEST_URL'] = process.env['DATABASE_URL'] ?? server!.url
  const left = await admin("select datname as name from pg_database where datname like 'steward\\_t%'")
  for (const { name } of left) await admin(`drop database ${name} with (force)`)
  await admin('create database steward_template')
  await migrate(ownerUrl('steward_template'))
  return async () => {
    await server?.stop()
    if (server) await rm(server.dir, { recursive: true, force: true })
  }
}

async function scratchServer() {
  const dir = await mkdtemp(join(tmpdir(), 'steward-test-'))
  return startPostgres({ dir, say: () => {}, settings: { max_connections: 120 } })
}
