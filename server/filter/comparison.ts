import { type Expression, type SqlBool, sql } from 'kysely'
import { type Field, isReference, namesOf } from '#shared/filter/fields.ts'
import type { Operator, Scalar } from '#shared/filter/filter.ts'
import { fold, isLetter, letters } from '#shared/filter/fold.ts'
import { spanOf } from '#shared/filter/when.ts'
import { idsOf, type World } from '#shared/filter/world.ts'

/** A plain column, or the foreign key to a table whose own columns may be reached through it. */
export type Column = Plain | Reference

export interface Plain {
  /** Of the field's type: text, a number, boolean, timestamptz, text[]; for a date, say so. */
  sql: Expression<unknown>
  date?: boolean
  /** Written out rather than sent along, where an index is for some values alone: the planner must see which. */
  literal?: boolean
}

export interface Reference {
  id: Expression<unknown>
  table: string
  /** The column that `id` points to: `id`, unless said. */
  key?: string
  /** The columns of the table under an alias; asked only when a filter goes there. */
  columns?: (alias: string) => Readonly<Record<string, Column>>
}

/** One column against the values that are not missing: any of them, or the two ends of a range. */
export interface Compared {
  op: Exclude<Operator, '!='>
  values: readonly Value[]
}

type Value = Exclude<Scalar, null>
type Test = Expression<SqlBool>

export const isPresent = (column: Column, field: Field): Test =>
  field.type === 'tags' ? sql`cardinality(${of(column)}) > 0` : sql`${of(column)} is not null`

export const isMissing = (column: Column, field: Field): Test =>
  field.type === 'tags' ? sql`coalesce(cardinality(${of(column)}), 0) = 0` : sql`${of(column)} is null`

export function join(parts: readonly Test[], joint: 'and' | 'or'): Test {
  const [only] = parts
  if (!only) return joint === 'and' ? sql`true` : sql`false`
  if (parts.length === 1) return only
  return sql`(${sql.join(parts, joint === 'and' ? sql` and ` : sql` or `)})`
}

/** Compares plainly, so that an index can serve it: true where it holds, false or null elsewhere. */
export function comparison(column: Column, field: Field, compared: Compared, world: World): Test {
  if (isReference(field)) return referenceComparison(column, field, compared, world)
  const { op, values } = compared
  const held = of(column)
  if (field.type === 'time') return timeComparison(column, compared, world)
  if (field.type === 'tags') return sql`(${held} && ${values.map(String)}::text[] and ${held} <> '{}')`
  if (op === '~') return containsAny(held, values)
  if (op === 'has')
    return join(
      values.map((value) => hasPhrase(held, String(value))),
      'or',
    )
  if (op === '=') return equalsAny(held, values, 'literal' in column && column.literal)
  const [first, last] = values.map(parameter)
  return op === 'between' ? sql`(${held} >= ${first} and ${held} <= ${last})` : sql`${held} ${symbols[op]} ${first}`
}

const of = (column: Column) => ('id' in column ? column.id : column.sql)

const symbols = { '<': sql`<`, '<=': sql`<=`, '>': sql`>`, '>=': sql`>=` } as const

function equalsAny(held: Expression<unknown>, values: readonly Value[], literal = false): Test {
  const [only] = values
  const written = (value: Value) => (literal ? sql.lit(value) : parameter(value))
  if (only !== undefined && values.length === 1) return sql`${held} = ${written(only)}`
  return sql`${held} in (${sql.join(values.map(written))})`
}

/** A number is given the narrowest type that holds it, since a wider one would keep an index from being used. */
function parameter(value: Value) {
  if (typeof value !== 'number') return sql`${value}`
  if (!Number.isSafeInteger(value)) return sql`${value}::numeric`
  if (Math.abs(value) < 2 ** 15) return sql`${value}`
  return Math.abs(value) < 2 ** 31 ? sql`${value}::integer` : sql`${value}::bigint`
}

/** A time is a stretch: before it, within it, or after it. */
function timeComparison(column: Column, { op, values }: Compared, world: World): Test {
  const isDate = 'date' in column && column.date
  const held = isDate ? sql`(${of(column)}::timestamp at time zone ${world.zone})` : of(column)
  const spans = values.map((value) => spanOf(String(value), world))
  const [first, last] = spans
  if (!first || op === '=')
    return join(
      spans.map((span) => within(held, span.from, span.to)),
      'or',
    )
  if (op === '<') return sql`${held} < ${iso(first.from)}`
  if (op === '<=') return sql`${held} < ${iso(first.to)}`
  if (op === '>') return sql`${held} >= ${iso(first.to)}`
  return last ? within(held, first.from, last.to) : sql`${held} >= ${iso(first.from)}`
}

const within = (held: Expression<unknown>, from: number, to: number): Test =>
  sql`(${held} >= ${iso(from)} and ${held} < ${iso(to)})`

const iso = (milliseconds: number) => sql`${new Date(milliseconds).toISOString()}::timestamptz`

function referenceComparison(column: Column, field: Field, { op, values }: Compared, world: World): Test {
  if (op === '~') return isNamed(column, field, (name) => containsAny(name, values))
  const ids = values.map((value) => idsOf(value, field, world))
  const known = ids.flatMap((found) => found ?? [])
  const names = values.filter((_, place) => ids[place] === undefined).map((value) => sql`lower(${value}::text)`)
  const parts: Test[] = []
  if (known.length > 0) parts.push(equalsAny(of(column), known))
  if (names.length > 0) parts.push(isNamed(column, field, (name) => sql`lower(${name}) in (${sql.join(names)})`))
  return join(parts, 'or')
}

function isNamed(column: Column, field: Field, test: (name: Expression<unknown>) => Test): Test {
  if (!('table' in column)) throw new Error(`The column of ${field.label} leads to no table`)
  const names = namesOf(field).map((name) => test(sql.ref(`named.${name}`)))
  const key = sql.ref(`named.${column.key ?? 'id'}`)
  return sql`${column.id} in (select ${key} from ${sql.table(column.table)} as named where ${join(names, 'or')})`
}

function containsAny(held: Expression<unknown>, values: readonly Value[]): Test {
  return join(
    values.map((value) => sql<SqlBool>`${held} ilike ${`%${String(value).replaceAll(/[\\%_]/g, String.raw`\$&`)}%`}`),
    'or',
  )
}

/** The phrase as whole words: a letter at its edge must not stand beside another letter. */
function hasPhrase(held: Expression<unknown>, phrase: string): Test {
  const folded = fold(phrase)
  const before = isLetter(folded.charAt(0)) ? `(^|[^${letters}])` : ''
  const after = isLetter(folded.charAt(folded.length - 1)) ? `($|[^${letters}])` : ''
  const literal = folded.replaceAll(/[!-/:-@[-^`{-~]/g, String.raw`\$&`)
  return sql`lower(${held}) ~ (${before}::text || lower(${literal}::text) || ${after}::text)`
}
