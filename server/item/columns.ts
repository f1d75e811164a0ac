import { sql, type Expression } from 'kysely'
import { snake } from '#server/core/case.ts'
import type { Column, Columns } from '#server/filter/filter.ts'
import { fieldsOf } from '#shared/fields.ts'
import type { CustomField } from '#shared/item/custom.ts'
import type { Field } from '#shared/filter/fields.ts'
import { searchedFor } from './search.ts'
import { itemColumns } from './happen.ts'
import { lastSeenChange, promisedAt, seenChanges } from './select.ts'

const onItem = new Set([...itemColumns, 'number', 'phase', 'dueAt', 'createdAt', 'updatedAt', 'version'])

/** Whose eyes a column is read with: what is internal leaves no trace in what requesters are told of times. */
export interface Sight {
  readonly kind: string | undefined
  readonly staff: boolean
}

const asRequestersSee: Readonly<Record<string, Expression<unknown>>> = {
  updatedAt: lastSeenChange,
  version: seenChanges,
  dueAt: promisedAt,
}

/** The column of a field of a kind, or of its reference's id. */
export function columnOf({ kind, staff }: Sight, name: string, { type }: Field): Expression<unknown> {
  const seen = staff ? undefined : asRequestersSee[name]
  if (seen) return seen
  if (name.startsWith('custom.')) return customColumn(name.slice('custom.'.length), type)
  const column = isReference(type) ? `${name}Id` : name
  return sql.ref(`${onItem.has(column) || kind === undefined ? 'item' : kind}.${snake(column)}`)
}

/** Whether a field lies in the table of its kind, and not on the item. */
export const isOfKind = (name: string, { type }: Field) =>
  name !== 'custom' && !onItem.has(isReference(type) ? `${name}Id` : name)

export const isReference = (type: Field['type'] | undefined) =>
  type === 'person' || type === 'team' || type === 'organisation' || type === 'reference'

/** How SQL reaches every field of a kind's dictionary; the twin of the record that the API shows. */
export function columnsOf(kind: string | undefined, custom: readonly CustomField[], staff: boolean): Columns {
  const fields: Record<string, Column> = {}
  for (const [name, field] of Object.entries(fieldsOf(kind, custom)))
    fields[name] = reach(columnOf({ kind, staff }, name, field), field, name === 'phase')
  return { fields, text: (words) => searchedFor(words, staff) }
}

function reach(id: Expression<unknown>, { type }: Field, literal: boolean): Column {
  const there = tables[type]
  return there ? { id, ...there } : { sql: id, literal }
}

const tables: Partial<Record<Field['type'], { table: string; columns: (alias: string) => Record<string, Column> }>> = {
  organisation: { table: 'organisation', columns: (alias) => ({ name: { sql: sql.ref(`${alias}.name`) } }) },
  team: { table: 'team', columns: (alias) => ({ name: { sql: sql.ref(`${alias}.name`) } }) },
  person: {
    table: 'person',
    columns: (alias) => ({
      name: { sql: sql.ref(`${alias}.name`) },
      email: { sql: sql.ref(`${alias}.email`) },
      vip: { sql: sql.ref(`${alias}.vip`) },
      organisation: { id: sql.ref(`${alias}.organisation_id`), ...tables.organisation! },
    }),
  },
  reference: {
    table: 'service',
    columns: (alias) => ({
      name: { sql: sql.ref(`${alias}.name`) },
      tier: { sql: sql.ref(`${alias}.tier`) },
      team: { id: sql.ref(`${alias}.team_id`), ...tables.team! },
    }),
  },
}

function customColumn(name: string, type: Field['type']) {
  const text = sql`item.custom ->> ${name}`
  if (type === 'number') return sql`(${text})::numeric`
  if (type === 'boolean') return sql`(${text})::boolean`
  return type === 'time' ? sql`(${text})::timestamptz` : sql`(${text})`
}
