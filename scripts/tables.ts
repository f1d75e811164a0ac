import { Client } from 'pg'

const types: Record<string, string> = {
  uuid: 'string',
  text: 'string',
  timestamptz: 'string',
  date: 'string',
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  numeric: 'string',
  xid8: 'string',
  jsonb: 'object',
  bytea: 'Buffer',
  tsvector: 'string',
  _text: 'string[]',
  _uuid: 'string[]',
}

const columns = `
  select c.relname as table, a.attname as column, t.typname as type, not a.attnotnull as nullable,
         a.atthasdef or a.attidentity <> '' as generated, pg_get_constraintdef(k.oid) as check
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p') and not c.relispartition
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
  join pg_type t on t.oid = a.atttypid
  left join pg_constraint k on k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
    and pg_get_constraintdef(k.oid) ~ '(ARRAY\\[|= ''\\w+''::text\\)\\)$)'
  where a.attnum > 0 and not a.attisdropped and c.relname !~ '^migration'
  order by c.relname, a.attnum`

interface Column {
  readonly table: string
  readonly column: string
  readonly type: string
  readonly nullable: boolean
  readonly generated: boolean
  readonly check: string | null
}

const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
const pascal = (name: string) => camel(`_${name}`)

/** A column checked against a list of words has that list as its type. */
function typeOf({ type, check, nullable, generated }: Column) {
  const words = type === 'text' ? check?.match(/'[^']+'/g)?.join(' | ') : undefined
  const base = `${words ?? types[type] ?? 'unknown'}${nullable ? ' | null' : ''}`
  return generated ? `Generated<${base}>` : base
}

/** The types of all tables, read from a migrated database, so that SQL stays the only place a table is described. */
export async function printTables(ownerUrl: string) {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  const { rows } = await client.query<Column>(columns)
  await client.end()

  const tables = Map.groupBy(rows, (row) => row.table)
  const lines = [...tables].flatMap(([table, its]) => [
    '',
    `export interface ${pascal(table)}Table {`,
    ...its.map((column) => `  ${camel(column.column)}: ${typeOf(column)}`),
    '}',
  ])
  const names = [...tables.keys()].map((table) => `  ${camel(table)}: ${pascal(table)}Table`)
  return `// Printed from the database by \`node scripts/printed.ts --write\`. Change a migration, not this.
import type { Generated } from 'kysely'
${lines.join('\n')}

export interface DB {
${names.join('\n')}
}
`
}
