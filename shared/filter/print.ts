import { type Fields, reach } from './fields.ts'
import type { Condition, Filter, Operator, Scalar } from './filter.ts'

/** Writes a filter as a person would type it: `parse` reads it back as the same filter, in its normal form. */
export function print(filter: Filter, fields: Fields): string {
  if ('all' in filter) return filter.all.map((part) => grouped(part, fields, 'any' in part)).join(' ')
  if ('any' in filter) return filter.any.map((part) => grouped(part, fields, isEmpty(part))).join(' or ')
  if ('not' in filter) return printNot(filter.not, fields)
  if ('is' in filter) return `is:${printValue(filter.is)}`
  if ('text' in filter) return isPlainWord(filter.text) ? filter.text : quoted(filter.text)
  return printCondition(filter, fields)
}

function grouped(filter: Filter, fields: Fields, parentheses: boolean) {
  const text = print(filter, fields)
  return parentheses ? `(${text})` : text
}

const isEmpty = (filter: Filter) => 'all' in filter && filter.all.length === 0

function printNot(filter: Filter, fields: Fields) {
  const isGroup = 'all' in filter || 'any' in filter
  return isGroup ? `not (${print(filter, fields)})` : `-${print(filter, fields)}`
}

function printCondition({ field, op, value }: Condition, fields: Fields) {
  const { word, field: found } = reach(field, fields)
  if (value === null) return `${word}:${op === '!=' ? 'any' : 'none'}`
  const values = Array.isArray(value) ? value : [value]
  const written = values.map(printValue).join(op === 'between' ? '..' : ',')
  return `${word}${printOperator(op, found.type === 'text')}${written}`
}

function printOperator(op: Operator, isText: boolean) {
  if (op === 'has' || op === 'between') return ':'
  return op === '=' && !isText ? ':' : op
}

/** Writes one value, in quotes where it needs them. */
export function printValue(value: Scalar) {
  if (value === null) return 'none'
  return isPlainValue(String(value)) ? String(value) : quoted(String(value))
}

const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

const isPlainWord = (text: string) => /^[\p{L}\p{N}_][\p{L}\p{N}_.@/+-]*$/u.test(text) && !/^(and|or|not)$/i.test(text)

const isPlainValue = (text: string) =>
  /^[\p{L}\p{N}_@.+-][\p{L}\p{N}_@.:/+-]*$/u.test(text) && !/^(none|any)$/i.test(text)
