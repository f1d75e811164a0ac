import { sql } from 'kysely'
import { as, system, type Ctx, type Desk } from '#server/core/desk.ts'
import type { Mapping } from '#shared/import/mapping.ts'
import type { Table } from './table.ts'

export interface Staged {
  readonly line: number
  readonly cells: readonly string[]
}

const atOnce = 1000

interface Staging {
  readonly runId: string
  readonly table: Table
  readonly mapping: Mapping
}

/**
 * Puts the rows of a file where those of one record are found together, however they stand in it. What cannot be read
 * at all is noted as rejected. `go` is called with each portion, in its transaction, and may stop it all by throwing.
 */
export async function stageRows(desk: Desk, { runId, table, mapping }: Staging, go: Go) {
  await as(desk, system, async (ctx) => {
    await ctx.db.deleteFrom('importRow').where('runId', '=', runId).execute()
    await ctx.db.deleteFrom('importRejected').where('runId', '=', runId).execute()
  })
  const place = table.head.indexOf(mapping.columns.number ?? '')
  const waiting: Portion = { keys: [], lines: [], cells: [], rejected: [], bytes: 0, rows: 0 }
  const flush = () => as(desk, system, (ctx) => write(ctx, runId, waiting, go)).then(() => empty(waiting))
  for await (const row of table.rows((bytes) => void (waiting.bytes += bytes))) {
    waiting.rows += 1
    const key = 'broken' in row ? '' : (row.cells[place] ?? '').trim()
    if ('broken' in row) waiting.rejected.push({ line: row.line, reason: row.broken })
    else if (key === '') waiting.rejected.push({ line: row.line, reason: 'it has no number' })
    else {
      waiting.keys.push(key.slice(0, 200))
      waiting.lines.push(row.line)
      waiting.cells.push(JSON.stringify(row.cells))
    }
    if (waiting.rows >= atOnce) await flush()
  }
  await flush()
}

export type Go = (ctx: Ctx, portion: { readonly rows: number; readonly bytes: number }) => Promise<void>

interface Portion {
  readonly keys: string[]
  readonly lines: number[]
  readonly cells: string[]
  readonly rejected: Rejection[]
  bytes: number
  rows: number
}

export interface Rejection {
  readonly line: number
  readonly reason: string
  readonly cells?: readonly string[]
}

function empty(portion: Portion) {
  for (const list of [portion.keys, portion.lines, portion.cells, portion.rejected]) list.length = 0
  portion.bytes = 0
  portion.rows = 0
}

async function write(ctx: Ctx, runId: string, { keys, lines, cells, rejected, bytes, rows }: Portion, go: Go) {
  await go(ctx, { rows, bytes })
  await sql`
    insert into import_row (run_id, key, line, cells)
    select ${runId}::uuid, key, line, cells
    from unnest(${keys}::text[], ${lines}::int[], ${cells}::text[]) its (key, line, cells)`.execute(ctx.db)
  await reject(ctx, runId, rejected)
}

/** Notes rows that were not taken, and why. */
export async function reject({ db }: Ctx, runId: string, rejected: readonly Rejection[]) {
  if (rejected.length === 0) return
  await sql`
    insert into import_rejected (run_id, line, reason, cells)
    select ${runId}::uuid, line, reason, array(select json_array_elements_text(cells))
    from json_to_recordset(${JSON.stringify(rejected.map(bounded))}::json) its (line integer, reason text, cells json)
    on conflict do nothing`.execute(db)
}

const bounded = ({ line, reason, cells = [] }: Rejection) => ({
  line,
  reason: reason.slice(0, 300),
  cells: cells.slice(0, 200).map((cell) => cell.slice(0, 500).toWellFormed()),
})

export interface Group {
  readonly key: string
  readonly rows: readonly Staged[]
}

const rowsAtOnce = 1000
/** More updates than this of one record are beyond what is history. */
export const mostUpdates = 5000

/** The next records after one, each with all of its rows as they stand in the file. */
export async function nextGroups({ db }: Ctx, runId: string, after: string): Promise<Group[]> {
  const read = (from: string, limit: number, only: boolean) =>
    db
      .selectFrom('importRow')
      .select(['key', 'line', 'cells'])
      .where('runId', '=', runId)
      .where('key', only ? '=' : '>', from)
      .orderBy('key')
      .orderBy('line')
      .limit(limit)
      .execute()
  const rows = await read(after, rowsAtOnce, false)
  const last = rows.at(-1)?.key
  if (last === undefined) return []
  const whole = rows.length < rowsAtOnce ? rows : rows.filter(({ key }) => key !== last)
  const complete = whole.length > 0 ? whole : await read(last, mostUpdates + 1, true)
  const groups = Map.groupBy(complete, ({ key }) => key)
  return [...groups].map(([key, its]) => ({
    key,
    rows: its.map(({ line, cells }) => ({ line, cells: cellsOf(cells) })),
  }))
}

function cellsOf(text: string): string[] {
  const parsed: unknown = JSON.parse(text)
  return Array.isArray(parsed) ? parsed.map(String) : []
}

export const unstage = ({ db }: Ctx, runId: string) => db.deleteFrom('importRow').where('runId', '=', runId).execute()
