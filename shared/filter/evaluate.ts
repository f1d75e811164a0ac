import { type Field, isReference, namesOf, reach } from './fields.ts'
import type { Condition, Filter, Scalar } from './filter.ts'
import { fold, hasPhrase, hasWords } from './fold.ts'
import { instantOf, spanOf } from './when.ts'
import { idsOf, predicateOf, type World } from './world.ts'

/** A record as the API gives it: times as ISO text, references as sub-objects or null, own fields under `custom`. */
export type Row = Readonly<Record<string, unknown>>

/**
 * Whether a record meets a filter: the twin in memory of the compiler to SQL. A comparison with a missing value is false,
 * and what is not true is false, so `-team:network` and `team!=network` hold for a record without a team. A field behind
 * a missing reference is missing too.
 */
export function matches(filter: Filter, record: Row, world: World): boolean {
  if ('all' in filter) return filter.all.every((part) => matches(part, record, world))
  if ('any' in filter) return filter.any.some((part) => matches(part, record, world))
  if ('not' in filter) return !matches(filter.not, record, world)
  if ('text' in filter) return hasWords(searchedText(record), filter.text)
  if ('is' in filter) {
    const [meaning, rest] = predicateOf(filter.is, world)
    return matches(meaning, record, rest)
  }
  return meets(filter, record, world)
}

const searchedText = (record: Row) => [record['title'], record['number'], record['searchText']].filter(isText).join(' ')

function meets({ field: name, op, value }: Condition, record: Row, world: World) {
  const { field } = reach(name, world.fields)
  const held = valueAt(record, name)
  const wanted: readonly Scalar[] = Array.isArray(value) ? value : [value]
  const equals = () => wanted.some((each) => (each === null ? isMissing(held) : holds(held, each, field, world)))
  if (op === '=') return equals()
  if (op === '!=') return !equals()
  if (isMissing(held)) return false
  if (op === '~' || op === 'has')
    return textsOf(held, field).some((text) => wanted.some((each) => finds(op, text, each)))
  return compares(held, field, { op, wanted }, world)
}

function valueAt(record: Row, name: string) {
  let held: unknown = record
  for (const step of name.split('.')) held = isRow(held) && Object.hasOwn(held, step) ? held[step] : undefined
  return held
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown) => typeof value === 'string'

type Value = Exclude<Scalar, null>

const isMissing = (held: unknown) => held === null || held === undefined || (Array.isArray(held) && held.length === 0)

function holds(held: unknown, wanted: Value, field: Field, world: World): boolean {
  if (isMissing(held)) return false
  if (field.type === 'tags') return Array.isArray(held) && held.includes(wanted)
  if (field.type === 'time') return compares(held, field, { op: 'between', wanted: [wanted, wanted] }, world)
  return isReference(field) ? isReferredTo(held, wanted, field, world) : held === wanted
}

function isReferredTo(held: unknown, wanted: Value, field: Field, world: World) {
  const ids = idsOf(wanted, field, world)
  if (ids) return isRow(held) && ids.some((id) => id === held['id'])
  return textsOf(held, field).some((name) => fold(name) === fold(String(wanted)))
}

/** The texts to look into: the text itself, or the names of what is referred to. */
function textsOf(held: unknown, field: Field) {
  const texts = isReference(field) ? namesOf(field).map((name) => (isRow(held) ? held[name] : null)) : [held]
  return texts.filter(isText)
}

function finds(op: '~' | 'has', text: string, wanted: Scalar) {
  return op === 'has' ? hasPhrase(text, String(wanted)) : fold(text).includes(fold(String(wanted)))
}

interface Comparison {
  op: Exclude<Condition['op'], '=' | '!=' | '~' | 'has'>
  wanted: readonly Scalar[]
}

function compares(held: unknown, field: Field, { op, wanted }: Comparison, world: World) {
  const number = field.type === 'time' ? instantOf(String(held), world.zone) : Number(held)
  const [first, last = first] = wanted.map((each) => boundsOf(each, field, world))
  if (!first || !last) return false
  if (op === '<') return number < first.from
  if (op === '<=') return !first.isBefore(number)
  if (op === '>') return first.isBefore(number)
  return number >= first.from && (op === '>=' || !last.isBefore(number))
}

/** Where a value begins, and whether it ends before a number: a number is a point, a time a stretch. */
function boundsOf(wanted: Scalar, field: Field, world: World) {
  const span = field.type === 'time' ? spanOf(String(wanted), world) : undefined
  const point = Number(wanted)
  if (!span) return { from: point, isBefore: (number: number) => number > point }
  return { from: span.from, isBefore: (number: number) => number >= span.to }
}
