import { Client } from 'pg'
import { isCode } from './processes.ts'

export type Answer = 'ready' | 'starting' | 'silent'

/** How a server answers: ready for work, awake but not yet (or no longer) ready, or not at all. */
export async function answer(url: string, within: number): Promise<Answer> {
  try {
    await ask(url, 'select 1', within)
    return 'ready'
  } catch (error) {
    if (isCode(error, '57P03')) return 'starting'
    if (isCode(error, '28P01', '28000')) throw refused(error)
    return 'silent'
  }
}

/** One question over a connection of its own. */
export async function ask<Row extends object>(url: string, query: string, within = 10_000): Promise<Row[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: within, query_timeout: within })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<Row>(query)
    return rows
  } finally {
    await client.end().catch(() => {})
  }
}

function refused(cause: unknown) {
  return new Error('The database does not accept the password in the file "secret" beside it.', { cause })
}
