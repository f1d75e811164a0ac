import { FilterError, quote, type Spot, suggest } from './error.ts'
import { type Field, type FieldType, isReference, type Reached } from './fields.ts'
import type { Condition, Operator, Scalar } from './filter.ts'
import { isMoment, readTime } from './when.ts'

/** A value as somebody wrote it. */
export interface Written {
  value: Scalar
  spot: Spot
}

/** A condition as somebody wrote it. `:` is the operator that means what one expects of the type. */
export interface Claim {
  reached: Reached
  op: Operator | ':'
  values: readonly Written[]
  spot: Spot
}

/** The operators as they are typed; `has` and `between` are both typed `:`. */
export const typed = [':', '=', '!=', '<', '<=', '>', '>=', '~'] as const

const equality: readonly Operator[] = ['=', '!=']
const order: readonly Operator[] = [...equality, '<', '<=', '>', '>=', 'between']
const naming: readonly Operator[] = [...equality, '~']

const allowed: Readonly<Record<FieldType, readonly Operator[]>> = {
  text: [...equality, '~', 'has'],
  number: order,
  time: order,
  boolean: equality,
  choice: equality,
  person: naming,
  team: naming,
  organisation: naming,
  reference: naming,
  tags: equality,
}

/** Holds a condition against its field and gives it in the one form that is kept; what does not fit is a FilterError. */
export function bind(claim: Claim): Condition {
  const { field, name } = claim.reached
  const op = operatorFor(claim)
  if (!allowed[field.type].includes(op)) throw wrongOperator(claim)
  const values = claim.values.map((written) => read(written, op, claim.reached))
  const [first = null] = values
  if (op === 'between' && values.length !== 2) {
    throw new FilterError('A range has two ends.', `Write '${claim.reached.word}:1..3'.`, claim.spot)
  }
  const single = op !== 'between' && values.length === 1
  if (!single && !equality.includes(op) && !['~', 'has', 'between'].includes(op)) {
    throw new FilterError(`'${op}' takes one value, not a list.`, `Use ':' with a list.`, claim.spot)
  }
  return { field: name, op, value: single ? first : values }
}

/** The operators that a person may type after a field. */
export function operatorsOf({ type }: Field) {
  return typed.filter((op) => op === ':' || allowed[type].includes(op))
}

function operatorFor({ op, reached, values }: Claim): Operator {
  if (op !== ':') return op
  const missing = values.length === 1 && values[0]?.value === null
  return reached.field.type === 'text' && !missing ? 'has' : '='
}

function wrongOperator({ op, reached, spot }: Claim) {
  const fitting = operatorsOf(reached.field)
  const message = `'${op}' does not fit ${reached.field.label}, which is ${kindOf(reached.field)}.`
  return new FilterError(message, `Use ${fitting.join(' ')}.`, spot)
}

function kindOf({ type }: Field) {
  const kinds: Partial<Record<FieldType, string>> = { boolean: 'yes or no', tags: 'a list of tags', text: 'text' }
  return kinds[type] ?? (type === 'organisation' ? `an ${type}` : `a ${type}`)
}

function read(written: Written, op: Operator, reached: Reached): Scalar {
  if (written.value === null) {
    if (equality.includes(op)) return null
    throw new FilterError(`'${op}' needs a value.`, `For a missing value write '${reached.word}:none'.`, written.spot)
  }
  const value = isReference(reached.field)
    ? readReference(written, reached)
    : readers[reached.field.type](written, reached)
  if (value === '' && op !== '=' && op !== '!=')
    throw new FilterError('There is nothing to look for.', '', written.spot)
  if (equality.includes(op) && reached.field.type === 'time' && isMoment(String(value))) {
    const mend = `Ask for a time before or after it: '${reached.word}>${value}' or '${reached.word}<${value}'.`
    throw new FilterError(`${quote(String(value))} is a moment, which nothing equals.`, mend, written.spot)
  }
  return value
}

type Reader = (written: Written, reached: Reached) => Scalar

const readers: Readonly<Record<FieldType, Reader>> = {
  text: ({ value }) => String(value),
  number: readNumber,
  time: readMoment,
  boolean: readBoolean,
  choice: readChoice,
  tags: readChoice,
  person: readReference,
  team: readReference,
  organisation: readReference,
  reference: readReference,
}

function readNumber({ value, spot }: Written, { word }: Reached) {
  const number = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(String(value)) ? Number(value) + 0 : NaN
  if (Number.isFinite(number)) return number
  throw new FilterError(`${quote(String(value))} is not a number.`, `Write '${word}:2' or '${word}:1..3'.`, spot)
}

function readMoment({ value, spot }: Written, { word }: Reached) {
  const time = readTime(String(value))
  if (time !== undefined) return time
  const mend = `Write a date (${word}>=2026-01-31), a word (today, yesterday, now) or a distance (${word}>-7d, ${word}<2h).`
  throw new FilterError(`${quote(String(value))} is not a time.`, mend, spot)
}

function readBoolean({ value, spot }: Written) {
  const word = String(value).toLowerCase()
  if (word === 'true' || word === 'yes') return true
  if (word === 'false' || word === 'no') return false
  throw new FilterError(`${quote(String(value))} is neither true nor false.`, `Write true or false.`, spot)
}

function readChoice({ value, spot }: Written, { field }: Reached) {
  const text = String(value)
  if (!field.values) return field.type === 'tags' ? text.toLowerCase() : text
  if (field.values.some((choice) => choice.value === text)) return text
  const folded = text.toLowerCase()
  const found =
    field.values.find((choice) => choice.value.toLowerCase() === folded) ??
    field.values.find((choice) => choice.label.toLowerCase() === folded)
  if (found) return found.value
  const label = field.label.toLowerCase()
  const article = /^[aeiou]/.test(label) ? 'an' : 'a'
  const values = field.values.map((choice) => choice.value)
  throw new FilterError(`${quote(text)} is not ${article} ${label}.`, suggest(text, values, pluralOf(label)), spot)
}

function pluralOf(label: string) {
  if (/[^aeiou]y$/.test(label)) return `${label.slice(0, -1)}ies`
  return /(s|x|ch|sh)$/.test(label) ? `${label}es` : `${label}s`
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether a reference is given by id rather than by name. */
export const isId = (value: Scalar) => typeof value === 'string' && uuid.test(value)

function readReference({ value, spot }: Written, { field, word }: Reached) {
  const text = String(value)
  if (text === '')
    throw new FilterError(`${field.label} needs a name.`, `For a missing one write '${word}:none'.`, spot)
  const lower = text.toLowerCase()
  const special = (field.type === 'person' && lower === 'me') || (field.type === 'team' && lower === 'my-team')
  return special || uuid.test(text) ? lower : text
}
