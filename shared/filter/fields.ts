import { FilterError, nowhere, quote, type Spot, suggest } from './error.ts'

export type FieldType =
  | 'text'
  | 'number'
  | 'boolean'
  | 'time'
  | 'choice'
  | 'person'
  | 'team'
  | 'organisation'
  | 'reference'
  | 'tags'

export interface Choice {
  value: string
  label: string
}

/** What is known of one field of a record: enough to read, check, print, run and suggest conditions on it. */
export interface Field {
  type: FieldType
  label: string
  /** What a person types where it is not the field's own name: `created` for `createdAt`. */
  word?: string
  /** The values of a choice; a choice without them takes any text. */
  values?: readonly Choice[]
  /** The fields of what a reference points to; a function, since dictionaries may point at each other. */
  to?: () => Fields
  /** The properties by which the thing referred to may be named: `name`, unless said; of a person also `email`. */
  names?: readonly string[]
  nullable?: boolean
  sortable?: boolean
}

/** The dictionary of a kind: its fields by the API's names. A custom field's name holds a dot: `custom.costCentre`. */
export type Fields = Readonly<Record<string, Field>>

/** A field as it was reached: its whole name as the dictionary spells it, step by step. */
export interface Reached {
  steps: readonly Step[]
  field: Field
  name: string
  /** The name as a person types it. */
  word: string
}

export interface Step {
  name: string
  field: Field
}

const longest = 12

/** Finds a field by its dotted name or word, in any case; a name that leads nowhere is a FilterError. */
export function reach(name: string, fields: Fields, spot: Spot = nowhere): Reached {
  const parts = name.split('.')
  const steps = parts.length > longest ? undefined : walk(parts, fields)
  const last = steps?.at(-1)
  if (!steps || !last) throw unknownField(parts, fields, spot)
  return {
    steps,
    field: last.field,
    name: steps.map((step) => step.name).join('.'),
    word: steps.map((step) => step.field.word ?? step.name).join('.'),
  }
}

export function isReference(field: Field) {
  return field.type === 'reference' || field.type === 'person' || field.type === 'team' || field.type === 'organisation'
}

/** The properties that name what a reference points to. */
export function namesOf(field: Field) {
  return field.names ?? (field.type === 'person' ? ['name', 'email'] : ['name'])
}

function walk(parts: readonly string[], fields: Fields): Step[] | undefined {
  for (let taken = parts.length; taken > 0; taken--) {
    const step = find(parts.slice(0, taken).join('.'), fields)
    if (step && taken === parts.length) return [step]
    const rest = step?.field.to ? walk(parts.slice(taken), step.field.to()) : undefined
    if (step && rest) return [step, ...rest]
  }
  return undefined
}

function find(name: string, fields: Fields): Step | undefined {
  const exact = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (exact) return { name, field: exact }
  const folded = name.toLowerCase()
  for (const [own, field] of Object.entries(fields)) {
    if (own.toLowerCase() === folded || field.word?.toLowerCase() === folded) return { name: own, field }
  }
  return undefined
}

function unknownField(parts: readonly string[], fields: Fields, spot: Spot) {
  const name = parts.join('.')
  for (let taken = Math.min(parts.length - 1, longest); taken > 0; taken--) {
    const last = walk(parts.slice(0, taken), fields)?.at(-1)
    if (!last) continue
    const path = parts.slice(0, taken).join('.')
    if (!last.field.to) return new FilterError(`There is nothing inside '${path}'.`, `Write '${path}' alone.`, spot)
    const words = wordsOf(last.field.to()).map((word) => `${path}.${word}`)
    return new FilterError(`There is no field ${quote(name)}.`, suggest(name, words, 'fields there'), spot)
  }
  return new FilterError(`There is no field ${quote(name)}.`, suggest(name, wordsOf(fields), 'fields'), spot)
}

function wordsOf(fields: Fields) {
  return Object.entries(fields).map(([name, field]) => field.word ?? name)
}
