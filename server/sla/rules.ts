import { invalid } from '#server/core/refusal.ts'
import { readFilter } from '#server/record/record.ts'
import { fieldsOf, predicates } from '#shared/fields.ts'
import { FilterError } from '#shared/filter/error.ts'
import { reach, type Fields } from '#shared/filter/fields.ts'
import type { Filter } from '#shared/filter/filter.ts'
import type { CustomField } from '#shared/item/custom.ts'
import { clockFields, type Terms } from '#shared/sla/terms.ts'

/** A condition of a definition, read, and what it depends on. */
export interface Condition {
  readonly text: string
  readonly filter: Filter
  /** The names of the record's fields that it looks at; a custom field by its own. */
  readonly fields: ReadonlySet<string>
  /** It compares with the time, so it may come out otherwise though nothing changed. */
  readonly timely: boolean
}

export type ConditionName = 'start' | 'pause' | 'resume' | 'stop' | 'reset' | 'cancel'

/** A version of a definition, ready to run. */
export interface Rules {
  readonly version: number
  /** From when on clocks begin under it. */
  readonly startsAt: number
  readonly terms: Terms
  readonly conditions: { readonly [N in ConditionName]: Condition | null }
}

/** What the conditions of clocks may ask of a kind. */
export const dictionaryOf = (kind: string, custom: readonly CustomField[]): Fields => ({
  ...fieldsOf(kind, custom),
  ...clockFields,
})

export const conditionNames: readonly ConditionName[] = ['start', 'pause', 'resume', 'stop', 'reset', 'cancel']

/** Reads the terms of a definition; what cannot be read is refused under its name. */
export function rulesOf(terms: Terms, fields: Fields, at: { version: number; startsAt: number }): Rules {
  const read = (name: ConditionName) => conditionOf(terms, name, fields)
  requireField(terms, fields)
  return {
    ...at,
    terms,
    conditions: {
      start: read('start'),
      pause: read('pause'),
      resume: read('resume'),
      stop: read('stop'),
      reset: read('reset'),
      cancel: terms.cancelWhen === 'condition' ? read('cancel') : null,
    },
  }
}

function conditionOf(terms: Terms, name: ConditionName, fields: Fields): Condition | null {
  const text = terms[name].trim()
  if (text === '' && name !== 'start') return null
  const filter = readCondition(text, name, fields)
  const parts = conditionsIn(filter)
  for (const { field, values } of parts) requireMeaning(name, field, values)
  const names = parts.map(({ field }) => nameOf(field))
  return { text, filter, fields: new Set(names), timely: parts.some(({ field }) => isTime(field, fields)) }
}

function readCondition(text: string, name: string, fields: Fields) {
  try {
    return readFilter(text, fields)
  } catch (error) {
    if (error instanceof Error && 'fields' in error) throw invalid({ [`terms.${name}`]: error.message })
    throw error
  }
}

/** The field of the record that a dotted name begins with. */
const nameOf = (field: string) => (field.startsWith('custom.') ? field : field.split('.')[0]!)

const isTime = (field: string, fields: Fields) => reach(field, fields).field.type === 'time'

/** Nobody looks at a clock when its conditions are read, and the due time is what follows from them. */
function requireMeaning(name: string, field: string, values: readonly unknown[]) {
  const wrong =
    field === 'text'
      ? 'Words are not looked for here: name a field'
      : field === 'dueAt'
        ? 'When it is due follows from the clocks, so a clock cannot ask for it'
        : values.includes('me') || values.includes('my-team')
          ? 'Name the person or team: nobody is “me” here'
          : undefined
  if (wrong !== undefined) throw invalid({ [`terms.${name}`]: wrong })
}

function requireField({ within }: Terms, fields: Fields) {
  if (within.by !== 'field') return
  try {
    const { field } = reach(within.field, fields)
    if (field.type === 'time' && within.field !== 'dueAt') return
  } catch (error) {
    if (!(error instanceof FilterError)) throw error
  }
  throw invalid({ 'terms.within.field': 'Name a field that holds a time' })
}

interface Part {
  readonly field: string
  readonly values: readonly unknown[]
}

/** Every comparison in a filter, those of the words after `is:` too. */
export function conditionsIn(filter: Filter): Part[] {
  if ('all' in filter) return filter.all.flatMap(conditionsIn)
  if ('any' in filter) return filter.any.flatMap(conditionsIn)
  if ('not' in filter) return conditionsIn(filter.not)
  if ('is' in filter) return conditionsIn(predicates[filter.is] ?? { all: [] })
  if ('text' in filter) return [{ field: 'text', values: [] }]
  return [{ field: filter.field, values: [filter.value].flat() }]
}
