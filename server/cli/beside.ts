import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from '#server/core/db.ts'
import { as, system, type Ctx, type Desk } from '#server/core/desk.ts'
import { filesFrom } from '#server/core/files.ts'
import { appUrl, migrate } from '#server/core/migrate.ts'
import { scanWith } from '#server/core/scan.ts'
import { findPostgres, placeFor, startPostgres } from '#server/postgres/postgres.ts'
import { addressOf, readConfig, type Config } from '#server/config.ts'
import { openDesk } from '#server/modules.ts'

/** Where a command was called: what is set there, and where its lines go. */
export interface Shell {
  readonly env: NodeJS.ProcessEnv
  /** The answer itself, which can be piped on. */
  readonly say: (line: string) => void
  /** Whatever is not the answer. */
  readonly note: (line: string) => void
  readonly progress: (done: number, total: number) => void
  /** Ends with this code though the command did what it was asked. */
  readonly fail: (code: number) => void
}

interface Database {
  readonly url: string
  readonly config: Config
}

interface How {
  /** Where there is no desk yet, one is made. */
  readonly make?: boolean
}

/** Works on the desk's database beside whatever serves it; if nothing does, it is started, and stopped again. */
export async function withDatabase<T>(
  shell: Shell,
  work: (database: Database) => Promise<T>,
  { make = false }: How = {},
): Promise<T> {
  const config = readConfig(shell.env)
  const found = config.databaseUrl ?? (await findPostgres(config.data))
  if (found) return work({ url: found, config })
  const { dir } = placeFor(config.data)
  if (!make && !existsSync(join(dir, 'db')))
    throw new Error(`There is no desk in ${dir}. STEWARD_DATA names its folder.`)
  const server = await startPostgres({ dir: config.data, say: shell.note })
  try {
    await migrate(server.url)
    return await work({ url: server.url, config })
  } finally {
    await server.stop()
  }
}

/** The same with a desk to call verbs on; what it mails is sent by the desk that runs, and links are told here. */
export function withDesk<T>(shell: Shell, work: (desk: Desk) => Promise<T>, how?: How): Promise<T> {
  return withDatabase(shell, (database) => deskOn(database, work), how)
}

export async function deskOn<T>({ url, config }: Database, work: (desk: Desk) => Promise<T>): Promise<T> {
  const connection = connect(appUrl(url), { max: 3, prepared: config.prepared })
  try {
    const files = filesFrom(config.bucket, join(placeFor(config.data).dir, 'files'))
    const scan = config.scan ? scanWith(config.scan) : null
    return await work(openDesk(connection, { mail: null, files, scan }, addressOf(config)))
  } finally {
    await connection.close()
  }
}

/** Does something as whoever has the machine's command line, who may do anything. */
export const asOperator = <T>(desk: Desk, work: (ctx: Ctx) => Promise<T>, access?: 'read only') =>
  as(desk, { ...system, name: 'The command line', channel: 'cli' }, work, access && { access })

export const printJson = ({ say }: Shell, value: unknown) => say(JSON.stringify(value, null, 2))

/** Lines up columns of text for people. */
export function printTable({ say }: Shell, rows: readonly (readonly string[])[]) {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? []
  for (const row of rows)
    say(
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}
