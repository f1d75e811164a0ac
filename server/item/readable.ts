import { sql } from 'kysely'
import type { Ctx } from '#server/core/desk.ts'
import { fieldsOf } from '#shared/fields.ts'
import type { Fields } from '#shared/filter/fields.ts'
import { holdReasonNames, levelNames, priorityNames, resolutionNames } from '#shared/incident.ts'
import type { CustomField } from '#shared/item/custom.ts'

/** What a value of a field is called, for people who read what it was and is. */
export interface Reader {
  readonly fields: Fields
  /** What is known by name, as `table id`; what the reader may not see is not in it. */
  readonly names: ReadonlyMap<string, string>
  tableOf(field: string): Table | undefined
  isShown(this: Reader, field: string, value: unknown): boolean
  read(this: Reader, field: string, value: unknown): string
}

type Table = 'person' | 'team' | 'organisation' | 'service' | 'item'

export function readerOf(kind: string, custom: readonly CustomField[]): Reader {
  const fields = fieldsOf(kind, custom)
  const tableOf = (field: string) => {
    if (field === 'parentId') return 'item'
    if (!field.endsWith('Id')) return undefined
    const type = fields[field.slice(0, -2)]?.type
    return type === undefined ? undefined : tables[type]
  }
  return {
    fields,
    names: new Map(),
    tableOf,
    isShown(field, value) {
      return tableOf(field) !== 'item' || this.names.has(`item ${plain(value)}`)
    },
    read(field, value) {
      const text = plain(value)
      const table = tableOf(field)
      if (text === '' || !table) return labels[field]?.[text] ?? choiceOf(fields, field, value) ?? text
      return this.names.get(`${table} ${text}`) ?? unnamed[table]
    },
  }
}

const tables: Readonly<Record<string, Table>> = {
  person: 'person',
  team: 'team',
  organisation: 'organisation',
  reference: 'service',
}

const unnamed: Readonly<Record<Table, string>> = {
  person: 'Somebody',
  team: 'A team',
  organisation: 'An organisation',
  service: 'A service',
  item: 'A record',
}

const labels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  priority: priorityNames,
  impact: levelNames,
  urgency: levelNames,
  holdReason: holdReasonNames,
  resolutionCode: resolutionNames,
}

const choiceOf = (fields: Fields, field: string, value: unknown) =>
  fields[field]?.values?.find((choice) => choice.value === value)?.label

function plain(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map(plain).join(', ')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
}

interface Mention {
  readonly table: Table
  readonly id: unknown
}

/** What mentioned things are called, in one query; row security leaves out what is not for this person. */
export async function namesOf({ db }: Ctx, mentions: readonly Mention[]): Promise<Reader['names']> {
  const idsIn = (table: Table) => [
    ...new Set(mentions.flatMap((it) => (it.table === table && typeof it.id === 'string' ? [it.id] : []))),
  ]
  const parts = places.flatMap(({ table, name }) => {
    const ids = idsIn(table)
    if (ids.length === 0) return []
    const key = sql.lit(`${table} `)
    return [sql`select ${key} || id as key, ${sql.ref(name)} as name from ${sql.table(table)} where id = any(${ids})`]
  })
  if (parts.length === 0) return new Map()
  const { rows } = await sql<{ key: string; name: string }>`${sql.join(parts, sql` union all `)}`.execute(db)
  return new Map(rows.map(({ key, name }) => [key, name]))
}

const places: readonly { readonly table: Table; readonly name: string }[] = [
  { table: 'person', name: 'name' },
  { table: 'team', name: 'name' },
  { table: 'organisation', name: 'name' },
  { table: 'service', name: 'name' },
  { table: 'item', name: 'number' },
]
