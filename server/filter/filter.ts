import { type Expression, type SqlBool, sql } from 'kysely'
import { reach, type Step } from '#shared/filter/fields.ts'
import type { Condition, Filter, Scalar } from '#shared/filter/filter.ts'
import { predicateOf, type World } from '#shared/filter/world.ts'

import { type Column, comparison, isMissing, isPresent, join } from './comparison.ts'

export type { Column, Plain, Reference } from './comparison.ts'

/** How SQL reaches the fields of a record; `text` says how its full text is searched. */
export interface Columns {
  fields: Readonly<Record<string, Column>>
  text?: (words: string) => Expression<SqlBool>
}

/**
 * Compiles a filter to SQL that is true exactly where `matches` is; elsewhere it is false or null, which a `where` treats
 * alike. `not` is therefore written `is not true`, and everything else plainly, so that indexes serve it.
 */
export function compile(filter: Filter, columns: Columns, world: World): Expression<SqlBool> {
  if ('all' in filter)
    return join(
      filter.all.map((part) => compile(part, columns, world)),
      'and',
    )
  if ('any' in filter)
    return join(
      filter.any.map((part) => compile(part, columns, world)),
      'or',
    )
  if ('not' in filter) return not(compile(filter.not, columns, world))
  if ('is' in filter) {
    const [meaning, rest] = predicateOf(filter.is, world)
    return compile(meaning, columns, rest)
  }
  if (!('text' in filter)) return condition(filter, columns, world)
  if (!columns.text) throw new Error('These columns have no full text')
  return columns.text(filter.text)
}

const not = (expression: Expression<SqlBool>) => sql<SqlBool>`((${expression}) is not true)`

function condition({ field: name, op, value }: Condition, columns: Columns, world: World): Expression<SqlBool> {
  const { steps, field } = reach(name, world.fields)
  const through = (leaf: Leaf) => reached(steps, columns.fields, leaf, 1)
  const present = () => through((column) => isPresent(column, field))
  const values: readonly Scalar[] = Array.isArray(value) ? value : [value]
  const known = values.filter((each) => each !== null)
  const compared = { op: op === '!=' ? '=' : op, values: known } as const
  const parts = known.length > 0 ? [through((column) => comparison(column, field, compared, world))] : []
  if (known.length < values.length) {
    if (op === '!=' && parts.length === 0) return present()
    parts.push(steps.length > 1 ? not(present()) : through((column) => isMissing(column, field)))
  }
  const met = join(parts, 'or')
  return op === '!=' ? not(met) : met
}

type Leaf = (column: Column) => Expression<SqlBool>

/** Follows the references of a dotted name, each by an `exists`, to the column at its end. */
function reached(steps: readonly Step[], fields: Columns['fields'], leaf: Leaf, depth: number): Expression<SqlBool> {
  const [step, ...rest] = steps
  const column = step && Object.hasOwn(fields, step.name) ? fields[step.name] : undefined
  if (!column) throw new Error(`No column is given for ${step?.name}`)
  if (rest.length === 0) return leaf(column)
  if (!('table' in column) || !column.columns) throw new Error(`No columns are given behind ${step?.name}`)
  const alias = `reached_${depth}`
  const inner = reached(rest, column.columns(alias), leaf, depth + 1)
  const key = sql.ref(`${alias}.${column.key ?? 'id'}`)
  return sql<SqlBool>`exists (select 1 from ${sql.table(column.table)} as ${sql.id(alias)} where ${key} = ${column.id} and ${inner})`
}
