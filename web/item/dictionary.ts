import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { text } from '#shared/core/message.ts'
import { fieldsOf, predicates } from '#shared/fields.ts'
import { FilterError } from '#shared/filter/error.ts'
import { reach, type Choice, type Field, type Fields } from '#shared/filter/fields.ts'
import { normalise, type Condition, type Filter, type Scalar } from '#shared/filter/filter.ts'
import { parse } from '#shared/filter/parse.ts'
import { print } from '#shared/filter/print.ts'
import { listCustomFields, type CustomField } from '#shared/item/custom.ts'
import { query } from '#web/core/api.ts'
import { locale, t } from '#web/core/words.ts'

const none: readonly CustomField[] = []

/** The fields that an administrator added to a kind and that are still offered. */
export function useCustomFields(kind: string): readonly CustomField[] {
  const { data = none } = useQuery({ ...query(listCustomFields, { kind }), staleTime: 300_000 })
  return useMemo(() => data.filter(({ retired }) => !retired), [data])
}

/** The dictionary of a kind, with the fields that were added to it. */
export function useFields(kind: string): Fields {
  const custom = useCustomFields(kind)
  return useMemo(() => fieldsOf(kind, custom), [kind, custom])
}

/** A dictionary in the language of the reader, for what is offered while a filter is typed. */
export const spokenFields = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, spokenField(field)]))

const spokenField = ({ label, values, to, ...field }: Field): Field => ({
  ...field,
  label: t(label),
  ...(values && { values: values.map((choice) => ({ ...choice, label: t(choice.label) })) }),
  ...(to && { to: () => spokenFields(to()) }),
})

/** A filter as text, read: what it says, or where it fails. */
export function readFilter(written: string, fields: Fields): { filter: Filter } | { wrong: FilterError } {
  try {
    return { filter: parse(written, fields, predicates) }
  } catch (error) {
    if (error instanceof FilterError) return { wrong: error }
    throw error
  }
}

/** The conditions that all must hold, one by one, and the filter without each of them. */
export function conditionsOf(filter: Filter, fields: Fields) {
  const parts = 'all' in filter ? filter.all : [filter]
  return parts.map((part, index) => ({
    text: print(part, fields),
    words: describe(part, fields),
    without: print(normalise({ all: parts.filter((_, other) => other !== index) }), fields),
  }))
}

/** A condition as a person would say it. */
export function describe(filter: Filter, fields: Fields): string {
  if ('all' in filter) return both.format(filter.all.map((part) => describe(part, fields)))
  if ('any' in filter) return either.format(filter.any.map((part) => describe(part, fields)))
  if ('not' in filter) return t('not {what}', { what: describe(filter.not, fields) })
  if ('is' in filter) return predicateWords[filter.is] ?? t('Is {word}', { word: filter.is })
  if ('text' in filter) return t('Holds “{text}”', { text: filter.text })
  return describeCondition(filter, fields)
}

function describeCondition({ field: path, op, value }: Condition, fields: Fields) {
  const { steps, field } = reach(path, fields)
  const name = steps.map((step) => t(step.field.label)).join(' · ')
  if (value === null) return op === '!=' ? t('{name} is set', { name }) : t('{name} is not set', { name })
  const values = [value].flat().map((one) => worded(one, field.values))
  if (op === 'between') return t('{name} {from} to {to}', { name, from: values[0] ?? '', to: values[1] ?? '' })
  return t(operatorWords[op], { name, value: either.format(values) })
}

const both = new Intl.ListFormat(locale())
const either = new Intl.ListFormat(locale(), { type: 'disjunction' })

const predicateWords: Readonly<Record<string, string>> = {
  open: t('Is open'),
  active: t('Is active'),
  waiting: t('Is waiting'),
  done: t('Is done'),
  unassigned: t('Is unassigned'),
  mine: t('Is mine'),
  overdue: t('Is overdue'),
}

const operatorWords = {
  '=': text('{name} is {value}'),
  '!=': text('{name} is not {value}'),
  '~': text('{name} holds {value}'),
  has: text('{name} has {value}'),
  '<': text('{name} under {value}'),
  '<=': text('{name} at most {value}'),
  '>': text('{name} over {value}'),
  '>=': text('{name} at least {value}'),
} satisfies Record<Exclude<Condition['op'], 'between'>, string>

/** Those whom a filter knows without their names. */
const asker: Readonly<Record<string, string>> = { me: t('me'), 'my-team': t('my-team') }

function worded(value: Scalar, values: readonly Choice[] | undefined) {
  if (value === null) return t('none')
  const choice = values?.find((one) => one.value === value)
  return choice ? t(choice.label) : (asker[String(value)] ?? String(value))
}
