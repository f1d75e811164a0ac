import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from '#server/core/db.ts'
import { as, system, type Ctx, type Desk } from '#server/core/desk.ts'
import { filesFrom } from '#server/core/files.ts'
import { appUrl, migrate } from '#server/core/migrate.ts'
import { findPostgres, placeFor, startPostgres } from '#server/postgres/postgres.ts'
import { addressOf, readConfig, type Config } from '#server/config.ts'
import { openDesk } from '#server/modules.ts'

export const say = (line: string) => void process.stdout.write(`${line}\n`)
/** What is not the answer itself, so that the answer can be piped on. */
export const note = (line: string) => void process.stderr.write(`${line}\n`)

interface Database {
  readonly url: string
  readonly config: Config
}

/** Works on the desk's database beside whatever serves it; if nothing does, it is started, and stopped again. */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const config = readConfig(process.env)
  const found = config.databaseUrl ?? (await findPostgres(config.data))
  if (found) return work({ url: found, config })
  const { dir } = placeFor(config.data)
  if (!existsSync(join(dir, 'db'))) throw new Error(`There is no desk in ${dir}. STEWARD_DATA names its folder.`)
  const server = await startPostgres({ dir: config.data, say: note })
  try {
    await migrate(server.url)
    return await work({ url: server.url, config })
  } finally {
    await server.stop()
  }
}

/** The same with a desk to call verbs on; what it mails is sent by the desk that runs, and links are told here. */
export function withDesk<T>(work: (desk: Desk) => Promise<T>): Promise<T> {
  return withDatabase(async ({ url, config }) => {
    const connection = connect(appUrl(url), { max: 3 })
    try {
      const files = filesFrom(process.env, join(placeFor(config.data).dir, 'files'))
      return await work(openDesk(connection, { mail: null, files }, addressOf(config)))
    } finally {
      await connection.close()
    }
  })
}

/** Does something as whoever has the machine's command line, who may do anything. */
export const asOperator = <T>(desk: Desk, work: (ctx: Ctx) => Promise<T>, access?: 'read only') =>
  as(desk, { ...system, name: 'The command line', channel: 'cli' }, work, access && { access })

export const printJson = (value: unknown) => say(JSON.stringify(value, null, 2))

/** Lines up columns of text for people. */
export function printTable(rows: readonly (readonly string[])[]) {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? []
  for (const row of rows)
    say(
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}
