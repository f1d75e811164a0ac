import { z } from 'zod'

export const operators = ['=', '!=', '<', '<=', '>', '>=', '~', 'has', 'between'] as const
export type Operator = (typeof operators)[number]

/** `null` is the missing value (`none`); `me`, `my-team`, `today` or `-7d` are text, read when the filter runs. */
export type Scalar = string | number | boolean | null

/** One field held against a value, any of several values, or (`between`) the two ends of a range, both included. */
export interface Condition {
  field: string
  op: Operator
  value: Scalar | readonly Scalar[]
}

/** A condition over records. Two-valued: a comparison with a missing value is false, and `not` of it true. */
export type Filter =
  | { all: readonly Filter[] }
  | { any: readonly Filter[] }
  | { not: Filter }
  | { is: string }
  | { text: string }
  | Condition

export type Predicates = Readonly<Record<string, Filter>>

export const limits = { depth: 20, conditions: 200, characters: 2000 } as const

export const everything: Filter = { all: [] }

const Text = z.string().max(limits.characters)
const ScalarShape = z.union([Text, z.number(), z.boolean(), z.null()])
const Nested: z.ZodType<Filter> = z.lazy(() => Shape)
const Shape: z.ZodType<Filter> = z
  .union([
    z.strictObject({ all: z.array(Nested) }),
    z.strictObject({ any: z.array(Nested) }),
    z.strictObject({ not: Nested }),
    z.strictObject({ is: Text }),
    z.strictObject({ text: Text }),
    z.strictObject({
      field: Text,
      op: z.enum(operators),
      value: z.union([ScalarShape, z.array(ScalarShape).min(1)]),
    }),
  ])
  .meta({ id: 'Filter' })

/** A filter from outside, by its form alone and within the limits; `check` also holds it against a dictionary. */
export const Filter: z.ZodType<Filter> = z.preprocess((value, context) => {
  const breach = breachOf(value)
  if (breach !== undefined) context.addIssue(breach)
  return value
}, Shape)

/** Says which limit a filter breaks, without recursion, so that hostile nesting cannot exhaust the stack. */
export function breachOf(value: unknown): string | undefined {
  const left = [{ value, depth: 0 }]
  let conditions = 0
  for (let next = left.pop(); next; next = left.pop()) {
    if (next.depth > limits.depth) return `A filter may be nested at most ${limits.depth} deep.`
    const within = partsOf(next.value)
    conditions += within && within.length > 0 ? 0 : weightOf(next.value)
    if (conditions > limits.conditions) return `A filter may hold at most ${limits.conditions} conditions.`
    const { depth } = next
    if (within) left.push(...within.slice(0, limits.conditions + 1).map((part) => ({ value: part, depth: depth + 1 })))
  }
  return undefined
}

/** The same condition in its plainest form: no group within its like, no group of one, no double negation. */
export function normalise(filter: Filter): Filter {
  if ('not' in filter) {
    const inner = normalise(filter.not)
    return 'not' in inner ? inner.not : { not: inner }
  }
  if ('all' in filter) {
    const parts = filter.all.map(normalise).flatMap((part) => ('all' in part ? part.all : [part]))
    return parts.length === 1 && parts[0] ? parts[0] : { all: parts }
  }
  if ('any' in filter) {
    const parts = filter.any.map(normalise).flatMap((part) => ('any' in part ? part.any : [part]))
    if (parts.length === 0) return { not: everything }
    return parts.length === 1 && parts[0] ? parts[0] : { any: parts }
  }
  return filter
}

function partsOf(value: unknown): readonly unknown[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if ('all' in value && Array.isArray(value.all)) return value.all
  if ('any' in value && Array.isArray(value.any)) return value.any
  return 'not' in value ? [value.not] : undefined
}

/** A list counts as many conditions as it has values. */
function weightOf(value: unknown) {
  if (typeof value !== 'object' || value === null || !('value' in value)) return 1
  return Array.isArray(value.value) ? Math.max(1, value.value.length) : 1
}
