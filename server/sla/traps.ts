import { predicates } from '#shared/fields.ts'
import { matches, type Row } from '#shared/filter/evaluate.ts'
import { isReference, reach, type Field, type Fields } from '#shared/filter/fields.ts'
import { spanOf } from '#shared/filter/when.ts'
import { kindNamed } from '#shared/kinds.ts'
import type { Trap } from '#shared/sla.ts'
import { conditionNames, conditionsIn, type Condition, type Rules } from './rules.ts'

const now = '2030-01-07T09:00:00.000Z'
const most = 20_000

/**
 * What about the conditions will not do what one may expect: they are tried on made-up records that have every mix of
 * the values that the conditions name. The order of ServiceNow, which many bring along, has the same traps.
 */
export function trapsOf(kind: string, { conditions, terms }: Rules, fields: Fields): Trap[] {
  const records = recordsFor(kind, Object.values(conditions), fields)
  const world = { fields, predicates, me: null, myTeams: [], now, zone: 'UTC' }
  const meets = (condition: Condition | null, record: Row) =>
    condition !== null && matches(condition.filter, record, world)
  const outcomes = records.map((record) =>
    Object.fromEntries(conditionNames.map((name) => [name, meets(conditions[name], record)])),
  )
  if (!outcomes.some(({ start }) => start)) return []
  return traps
    .filter((known) => known.caught(outcomes, { conditions, terms }))
    .map(({ trap, sentence }) => ({ trap, sentence }))
}

type Outcomes = readonly Readonly<Record<string, boolean>>[]

interface Known extends Trap {
  caught(outcomes: Outcomes, rules: Pick<Rules, 'conditions' | 'terms'>): boolean
}

const beginning = (outcomes: Outcomes) => outcomes.filter(({ start, stop }) => start && !stop)

const traps: readonly Known[] = [
  {
    trap: 'start-within-stop',
    sentence: 'Whatever meets the start condition meets the stop condition too, so no clock ever begins.',
    caught: (outcomes) => beginning(outcomes).length === 0,
  },
  {
    trap: 'pause-within-start',
    sentence: 'Whatever starts it also pauses it, so each clock begins paused and never runs.',
    caught(outcomes) {
      const begun = beginning(outcomes)
      return begun.length > 0 && begun.every(({ pause }) => pause)
    },
  },
  {
    trap: 'start-and-pause-exclusive',
    sentence:
      'A record that meets the pause condition no longer meets the start condition, so a pause would cancel the clock. ' +
      'Leave out of the start condition what changes with a pause, or let only a condition of its own cancel it.',
    caught(outcomes, { terms }) {
      const paused = outcomes.filter(({ pause }) => pause)
      const never = paused.length > 0 && !paused.some(({ start }) => start)
      return terms.cancelWhen === 'start-fails' && never && beginning(outcomes).length > 0
    },
  },
  {
    trap: 'never-stops',
    sentence: 'No record meets the stop condition, so no clock ever ends.',
    caught: (outcomes) => !outcomes.some(({ stop }) => stop),
  },
  {
    trap: 'reset-fails',
    sentence:
      'A clock begins anew only where the start condition holds too, and with this reset condition it never does.',
    caught: (outcomes, { conditions }) =>
      conditions.reset !== null && !outcomes.some(({ reset, start }) => reset && start),
  },
]

/** Made-up records: every mix of the values that matter, or so many of the mixes. */
function recordsFor(kind: string, conditions: readonly (Condition | null)[], fields: Fields): Row[] {
  const parts = conditions.flatMap((condition) => (condition ? conditionsIn(condition.filter) : []))
  const byPath = Map.groupBy(parts, ({ field }) => field)
  const axes = [...byPath].map(([path, its]) => ({
    path,
    values: valuesFor(
      path,
      its.flatMap(({ values }) => values),
      fields,
    ),
  }))
  const staged = axes.some(({ path }) => path === 'state' || path === 'phase' || path === 'holdReason')
  const plain = axes.filter(({ path }) => path !== 'state' && path !== 'phase')
  const all = staged ? [{ path: 'state', values: Object.keys(kindNamed(kind)?.states ?? {}) }, ...plain] : plain
  return mixes(all).map((mix) => recordOf(kind, mix))
}

interface Axis {
  readonly path: string
  readonly values: readonly unknown[]
}

/** All mixes where they are few; where they are many, a part of them, spread over all. */
function mixes(axes: readonly Axis[]): (readonly (readonly [string, unknown])[])[] {
  const total = axes.reduce((product, { values }) => product * values.length, 1)
  const step = Math.max(1, total / most)
  return Array.from({ length: Math.min(total, most) }, (_, at) => {
    let left = Math.floor(at * step)
    return axes.map(({ path, values }) => {
      const value = values[left % values.length]
      left = Math.floor(left / values.length)
      return [path, value] as const
    })
  })
}

/** What a state means follows from it, and only what waits has something that it waits for. */
function recordOf(kind: string, mix: readonly (readonly [string, unknown])[]): Row {
  const record: Record<string, unknown> = { kind }
  for (const [path, value] of mix) put(record, path.split('.'), value)
  const phase = kindNamed(kind)?.states[String(record['state'])]?.phase
  return { ...record, ...(phase && { phase }), ...(phase && phase !== 'waiting' && { holdReason: null }) }
}

function put(record: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown) {
  if (rest.length === 0) {
    record[name] = isPlainObject(record[name]) && isPlainObject(value) ? { ...record[name], ...value } : value
    return
  }
  const inner = isPlainObject(record[name]) ? { ...record[name] } : {}
  put(inner, rest, value)
  record[name] = inner
}

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

function valuesFor(path: string, named: readonly unknown[], fields: Fields): unknown[] {
  const { field } = reach(path, fields)
  const values = [...new Set(named.filter((value) => value !== null))]
  if (isReference(field)) return [null, { id: 'another', name: 'Another' }, ...values.map(referenceTo)]
  return [null, ...ofType(field, values)]
}

const referenceTo = (value: unknown) =>
  uuid.test(String(value)) ? { id: value, name: String(value) } : { id: `named ${String(value)}`, name: value }

const near = (value: unknown) => [Number(value) - 1, Number(value), Number(value) + 1]

function ofType({ type, values: choices }: Field, values: readonly unknown[]): unknown[] {
  const known: Partial<Record<Field['type'], () => unknown[]>> = {
    boolean: () => [true, false],
    number: () => values.flatMap(near),
    tags: () => [['another'], ...values.map((value) => [value]), values],
    time: () => values.flatMap(around),
  }
  return known[type]?.() ?? choices?.map(({ value }) => value) ?? [...values, 'another']
}

function around(value: unknown) {
  const { from, to } = spanOf(String(value), { now, zone: 'UTC' })
  return [from - 60_000, from, to + 60_000].map((at) => new Date(at).toISOString())
}
