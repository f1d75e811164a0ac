import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { fieldsOf, predicates } from '#shared/fields.ts'
import { FilterError } from '#shared/filter/error.ts'
import { reach, type Choice, type Fields } from '#shared/filter/fields.ts'
import { normalise, type Condition, type Filter, type Scalar } from '#shared/filter/filter.ts'
import { parse } from '#shared/filter/parse.ts'
import { print } from '#shared/filter/print.ts'
import { listCustomFields, type CustomField } from '#shared/item/custom.ts'
import { query } from '#web/core/api.ts'

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

/** A filter as text, read: what it says, or where it fails. */
export function readFilter(text: string, fields: Fields): { filter: Filter } | { wrong: FilterError } {
  try {
    return { filter: parse(text, fields, predicates) }
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
  if ('all' in filter) return filter.all.map((part) => describe(part, fields)).join(' and ')
  if ('any' in filter) return filter.any.map((part) => describe(part, fields)).join(' or ')
  if ('not' in filter) return `not ${describe(filter.not, fields)}`
  if ('is' in filter) return `Is ${filter.is}`
  if ('text' in filter) return `Holds “${filter.text}”`
  return describeCondition(filter, fields)
}

function describeCondition({ field: path, op, value }: Condition, fields: Fields) {
  const { steps, field } = reach(path, fields)
  const name = steps.map((step) => step.field.label).join(' · ')
  if (value === null) return `${name} is ${op === '!=' ? 'set' : 'not set'}`
  const values = [value].flat().map((one) => worded(one, field.values))
  if (op === 'between') return `${name} ${values.join(' to ')}`
  return `${name} ${operatorWords[op] ?? op} ${values.join(' or ')}`
}

const operatorWords: Readonly<Record<string, string>> = {
  '=': 'is',
  '!=': 'is not',
  '~': 'holds',
  has: 'has',
  '<': 'under',
  '<=': 'at most',
  '>': 'over',
  '>=': 'at least',
}

const worded = (value: Scalar, values: readonly Choice[] | undefined) =>
  value === null ? 'none' : (values?.find((choice) => choice.value === value)?.label ?? String(value))
