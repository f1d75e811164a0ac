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

export interface Session {
  query<Row extends object>(text: string): Promise<Row[]>
}

/** Some work over a connection of its own, which waits as long as the server does. */
export async function connected<T>(url: string, work: (session: Session) => Promise<T>, within = 0): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: within || 10_000, query_timeout: within })
  client.on('error', () => {})
  try {
    await client.connect()
    return await work({ query: async <Row extends object>(text: string) => (await client.query<Row>(text)).rows })
  } finally {
    await client.end().catch(() => {})
  }
}

/** One question over a connection of its own. */
export function ask<Row extends object>(url: string, text: string, within = 10_000): Promise<Row[]> {
  return connected(url, (session) => session.query<Row>(text), within)
}

function refused(cause: unknown) {
  return new Error('The database does not accept the password in the file "secret" beside it.', { cause })
}
