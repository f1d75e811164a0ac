import { type Expression, sql } from 'kysely'
import type { Field } from '#shared/filter/fields.ts'
import type { Plain } from './comparison.ts'

/** The column of a custom field: its value under `key` in a jsonb column, as the type of the field. */
export function customColumn(custom: Expression<unknown>, key: string, { type }: Field): Plain {
  const text = sql`(${custom} ->> ${key})`
  if (type === 'number') return { sql: sql`${text}::numeric` }
  if (type === 'boolean') return { sql: sql`${text}::boolean` }
  if (type === 'time') return { sql: sql`${text}::timestamptz` }
  return { sql: text }
}
