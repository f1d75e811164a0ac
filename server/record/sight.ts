import { sql, type Expression, type SqlBool } from 'kysely'
import { isOfKind } from '#server/item/item.ts'
import type { Fields } from '#shared/filter/fields.ts'
import type { Condition, Filter } from '#shared/filter/filter.ts'
import { kindNamed } from '#shared/kinds.ts'

/** Whether a list must look into the kind's own table; one that need not is spared asking who may see each row of it. */
export function looksInto(fields: Fields, filter: Filter, names: readonly string[]) {
  return [...names, ...fieldsIn(filter)].some((name) => {
    const field = fields[name.split('.')[0]!]
    return field !== undefined && isOfKind(name.split('.')[0]!, field)
  })
}

function fieldsIn(filter: Filter): string[] {
  if ('all' in filter) return filter.all.flatMap(fieldsIn)
  if ('any' in filter) return filter.any.flatMap(fieldsIn)
  if ('not' in filter) return fieldsIn(filter.not)
  return 'field' in filter ? [filter.field] : []
}

/**
 * Says of a filter by states, none of which is done, that it lets nothing done through, in the very words of the queues'
 * indexes: PostgreSQL does not know what a state means.
 */
export const undoneOnly = (filter: Filter, kind: string | undefined): Expression<SqlBool>[] =>
  excludesDone(filter, kind) ? [sql<SqlBool>`item.phase <> 'done'`] : []

function excludesDone(filter: Filter, kind: string | undefined): boolean {
  if ('all' in filter) return filter.all.some((part) => excludesDone(part, kind))
  if ('any' in filter) return filter.any.length > 0 && filter.any.every((part) => excludesDone(part, kind))
  return 'field' in filter && isUndone(filter, kind)
}

function isUndone({ field, op, value }: Condition, kind: string | undefined) {
  if (op !== '=' || field !== 'state') return false
  const states = kindNamed(kind ?? '')?.states ?? {}
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  return values.every((one) => ['open', 'waiting'].includes(states[String(one)]?.phase ?? ''))
}
