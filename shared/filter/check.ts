import { bind } from './bind.ts'
import { FilterError, type Spot, suggest } from './error.ts'
import { type Fields, reach } from './fields.ts'
import { breachOf, type Condition, Filter, normalise, type Predicates, type Scalar } from './filter.ts'
import { checkText } from './scan.ts'

type Path = Spot['path']

/** Holds a filter from outside against a dictionary, and gives it in its normal form; a FilterError names the place. */
export function check(value: unknown, fields: Fields, predicates: Predicates = {}): Filter {
  const breach = breachOf(value)
  if (breach !== undefined) throw new FilterError(breach, 'Split it into two.')
  const read = Filter.safeParse(value)
  if (read.success) return normalise(checkPart(read.data, [], { fields, predicates }))
  const mend = 'A filter is { all }, { any }, { not }, { is }, { text } or { field, op, value }.'
  throw new FilterError('This is not a filter.', mend)
}

interface Dictionary {
  fields: Fields
  predicates: Predicates
}

function checkPart(filter: Filter, path: Path, known: Dictionary): Filter {
  const spot = { at: 0, length: 0, path }
  if ('all' in filter) return { all: filter.all.map((part, place) => checkPart(part, [...path, 'all', place], known)) }
  if ('any' in filter) return { any: filter.any.map((part, place) => checkPart(part, [...path, 'any', place], known)) }
  if ('not' in filter) return { not: checkPart(filter.not, [...path, 'not'], known) }
  if ('is' in filter) {
    if (Object.hasOwn(known.predicates, filter.is)) return filter
    const mend = suggest(filter.is, Object.keys(known.predicates), 'words after is:')
    throw new FilterError(`Nothing can be '${filter.is}'.`, mend, spot)
  }
  if ('text' in filter) {
    checkText(filter.text)
    if (filter.text.trim() !== '') return filter
    throw new FilterError('There is nothing to look for.', '', spot)
  }
  return checkCondition(filter, path, known.fields)
}

function checkCondition({ field, op, value }: Condition, path: Path, fields: Fields): Condition {
  const spot = { at: 0, length: 0, path }
  const reached = reach(field, fields, { ...spot, path: [...path, 'field'] })
  const values: readonly Scalar[] = Array.isArray(value) ? value : [value]
  for (const each of values) if (typeof each === 'string') checkText(each)
  const written = values.map((each) => ({ value: each, spot: { ...spot, path: [...path, 'value'] } }))
  return bind({ reached, op, values: written, spot: { ...spot, path: [...path, 'op'] } })
}
