import { text } from '#shared/core/message.ts'
import { operatorsOf } from './bind.ts'
import { FilterError } from './error.ts'
import { type Field, type Fields, isReference, reach, type Reached } from './fields.ts'
import type { Predicates } from './filter.ts'
import { printValue } from './print.ts'
import { scan, type Token } from './scan.ts'

export interface Suggestion {
  sort: 'field' | 'operator' | 'value' | 'predicate'
  /** What to put in place of the text between `from` and `to`. */
  text: string
  label: string
  /** What stands in the label. */
  values?: { field: string }
}

export interface Completion {
  from: number
  to: number
  suggestions: readonly Suggestion[]
  /** The field whose value is being typed: where it is a reference, its names may be looked up and offered as well. */
  field?: string
  /** What of that value has been typed. */
  typed?: string
}

const most = 50

/** Suggests what may be typed at the cursor: fields, operators, values. Never throws; nonsense has no suggestions. */
export function complete(written: string, cursor: number, fields: Fields, predicates: Predicates = {}): Completion {
  const tokens = tokensOf(written)
  const current = tokens.find(({ at, length, sort }) => typable.has(sort) && at < cursor && cursor <= at + length)
  const from = current?.at ?? cursor
  const place = { from, to: current ? current.at + current.length : cursor }
  const typed = written.slice(from, cursor).replace(/^["“”„]/, '')
  const name = nameOf(tokens.filter(({ at }) => at < from))
  if (name === undefined) {
    const isWord = !current || current.sort === 'word'
    const suggestions = isWord ? fieldsFor(typed, fields, predicates).slice(0, most) : []
    return { ...place, suggestions }
  }
  if (name.toLowerCase() === 'is') return { ...place, suggestions: fitting(typed, predicateValues(predicates, '')) }
  const reached = attempt(() => reach(name, fields))
  if (!reached) return { ...place, suggestions: [] }
  return { ...place, suggestions: fitting(typed, valuesOf(reached.field)), field: reached.name, typed }
}

const typable: ReadonlySet<Token['sort']> = new Set(['word', 'phrase', 'value', 'quoted'] as const)

const tokensOf = (written: string) => attempt(() => scan(written)) ?? []

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof FilterError) return undefined
    throw error
  }
}

/** The name of the field whose value comes next, if one does: before it stand an operator and perhaps some values. */
function nameOf(before: readonly Token[]) {
  const last = before.at(-1)
  if (last?.sort !== 'op' && last?.sort !== 'comma') return undefined
  const op = before.findLastIndex(({ sort }) => sort === 'op')
  const name = before[op - 1]
  return name?.sort === 'word' ? name.text : ''
}

function fieldsFor(typed: string, fields: Fields, predicates: Predicates): Suggestion[] {
  const dot = typed.lastIndexOf('.')
  const base = dot > 0 ? attempt(() => reach(typed.slice(0, dot), fields)) : undefined
  const inner = base?.field.to ? fieldSuggestions(base.field.to(), `${base.word}.`) : []
  const known = [...fieldSuggestions(fields, ''), ...predicateValues(predicates, 'is:'), ...inner]
  const whole = attempt(() => reach(typed, fields))
  return [...(whole ? operatorSuggestions(whole) : []), ...fitting(typed, known)]
}

function fieldSuggestions(fields: Fields, before: string): Suggestion[] {
  return Object.entries(fields).map(([name, { word = name, label }]) => ({
    sort: 'field',
    text: `${before}${word}:`,
    label,
  }))
}

function operatorSuggestions({ field, word }: Reached): Suggestion[] {
  const into: Suggestion[] = field.to ? [{ sort: 'field', text: `${word}.`, label: `${field.label} …` }] : []
  const operators = operatorsOf(field).map((op): Suggestion => {
    return { sort: 'operator', text: `${word}${op}`, label: meanings[op], values: { field: field.label } }
  })
  return [...operators, ...into]
}

const meanings = {
  ':': text('{field} is'),
  '=': text('{field} is exactly'),
  '!=': text('{field} is not'),
  '<': text('{field} is below'),
  '<=': text('{field} is at most'),
  '>': text('{field} is above'),
  '>=': text('{field} is at least'),
  '~': text('{field} contains'),
} as const

const predicateValues = (predicates: Predicates, before: string) =>
  Object.keys(predicates).map((name): Suggestion => ({ sort: 'predicate', text: `${before}${name}`, label: name }))

const value = (written: string, label = written): Suggestion => ({ sort: 'value', text: written, label })

function valuesOf(field: Field): Suggestion[] {
  const missing = field.nullable ? [value('none', text('None')), value('any', text('Any'))] : []
  return [...ownValues(field), ...missing]
}

function ownValues(field: Field): Suggestion[] {
  if (field.type === 'boolean') return [value('true', text('Yes')), value('false', text('No'))]
  if (field.type === 'time')
    return ['today', 'yesterday', 'now', '-1h', '-1d', '-7d', '-30d', '2h', '1d', '7d'].map((when) => value(when))
  if (field.type === 'person') return [value('me', text('Me'))]
  if (field.type === 'team') return [value('my-team', text('My team'))]
  if (isReference(field)) return []
  return (field.values ?? []).map((choice) => value(printValue(choice.value), choice.label))
}

/** Those that begin with what was typed, by text or label, and after them those that hold it. */
function fitting(typed: string, known: readonly Suggestion[]) {
  const wanted = typed.toLowerCase()
  const placed = known.map((suggestion) => ({ suggestion, at: placeIn(suggestion, wanted) }))
  const found = placed.filter(({ at }) => at >= 0)
  return [0, 1]
    .flatMap((place) => found.filter(({ at }) => (at === 0 ? 0 : 1) === place))
    .slice(0, most)
    .map(({ suggestion }) => suggestion)
}

function placeIn({ text: written, label }: Suggestion, wanted: string) {
  const places = [written, label].map((each) => each.replace(/^"/, '').toLowerCase().indexOf(wanted))
  return places.includes(0) ? 0 : Math.max(...places)
}
