import { sql } from 'kysely'
import { snake } from './case.ts'
import type { Tx } from './db.ts'
import type { DB } from './tables.ts'

export type Rows = readonly Readonly<Record<string, unknown>>[]

/** Adds many rows, all with the fields of the first. They travel as one document: one statement, always the same one. */
export async function insertRows(db: Tx, table: keyof DB, rows: Rows) {
  if (rows.length === 0) return
  const columns = columnsOf(rows)
  await sql`insert into ${sql.table(table)} (${sql.join(columns)}) select ${sql.join(columns)}
    from json_populate_recordset(null::${sql.table(table)}, ${asJson(rows)}::json)`.execute(db)
}

/** Gives many rows, found by their `id`, the values of the fields that the first names. */
export async function updateRows(db: Tx, table: keyof DB, rows: Rows) {
  if (rows.length === 0) return
  const columns = columnsOf(rows)
  const values = Object.keys(rows[0]!).map((name) => sql.ref(`fresh.${name}`))
  await sql`update ${sql.table(table)} set (${sql.join(columns)}) = row(${sql.join(values)})
    from json_populate_recordset(null::${sql.table(table)}, ${asJson(rows)}::json) fresh
    where ${sql.ref(`${table}.id`)} = fresh.id`.execute(db)
}

const columnsOf = (rows: Rows) => Object.keys(rows[0]!).map((name) => sql.ref(name))

function asJson(rows: Rows) {
  const names = Object.keys(rows[0]!).map((name) => [name, snake(name)] as const)
  return JSON.stringify(
    rows.map((row) => Object.fromEntries(names.map(([name, column]) => [column, plain(row[name])]))),
  )
}

/** Bytes as PostgreSQL reads them from text. */
const plain = (value: unknown) => (Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value)
