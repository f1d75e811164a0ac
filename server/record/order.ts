import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely'
import { z } from 'zod'
import { invalid } from '#server/core/refusal.ts'
import { columnOf, isReference, type Sight } from '#server/item/item.ts'
import type { Fields } from '#shared/filter/fields.ts'

/** One step of an order: what it goes by, which way, and whether it can be missing. What is missing comes last. */
export interface Order {
  readonly name: string
  readonly by: Expression<unknown>
  readonly down: boolean
  readonly nullable: boolean
}

const named: Readonly<Record<string, string>> = {
  person: 'person',
  team: 'team',
  organisation: 'organisation',
  reference: 'service',
}

/** Reads an order such as `priority,-createdAt`; the id ends it, so that no two records share a place. */
export function ordersOf(sort: string, { fields, ...sight }: Sight & { readonly fields: Fields }): Order[] {
  const names = sort
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  if (names.length > 4) throw invalid({ sort: 'Sort by at most four fields' })
  const orders = names.map((written): Order => {
    const down = written.startsWith('-')
    const name = down ? written.slice(1) : written
    const field = fields[name]
    if (!field?.sortable || !Object.hasOwn(fields, name))
      throw invalid({ sort: `One cannot sort by '${name.slice(0, 80)}'; sortable are ${sortable(fields)}` })
    const column = columnOf(sight, name, field)
    const by = isReference(field.type)
      ? sql`(select lower(it.name) from ${sql.table(named[field.type]!)} it where it.id = ${column})`
      : column
    return { name, by, down, nullable: field.nullable ?? name === 'priority' }
  })
  const { down = true } = orders.at(-1) ?? {}
  return [...orders, { name: 'id', by: sql.ref('item.id'), down, nullable: false }]
}

const sortable = (fields: Fields) =>
  Object.entries(fields)
    .filter(([, { sortable: may }]) => may)
    .map(([name]) => name)
    .join(', ')

export const orderBy = (orders: readonly Order[]) =>
  sql.join(
    orders.map(({ by, down, nullable }) => {
      if (!down) return sql`${by}`
      return nullable ? sql`${by} desc nulls last` : sql`${by} desc`
    }),
  )

/** What a cursor needs to hold of a row: its place in the order. */
export const placeColumns = (orders: readonly Order[]) => sql`json_build_array(${sql.join(orders.map(({ by }) => by))})`

export const cursorOf = (sort: string, place: readonly unknown[]) =>
  Buffer.from(JSON.stringify([sort, ...place])).toString('base64url')

/** The rows behind a cursor, in the same order. */
export function afterCursor(cursor: string, sort: string, orders: readonly Order[]): Expression<SqlBool> {
  const place = read(cursor, sort, orders.length)
  const steps = orders.map((order, at) => {
    const ties = orders.slice(0, at).map((before, of) => isAt(before, place[of]))
    return sql<SqlBool>`(${sql.join([...ties, isBehind(order, place[at])], sql` and `)})`
  })
  const [first] = orders
  const any = sql<SqlBool>`(${sql.join(steps, sql` or `)})`
  // Says again what follows from the rest, in the form that lets an index start at the right place.
  if (!first || place[0] === null || first.nullable) return any
  return sql<SqlBool>`(${first.by} ${first.down ? sql`<=` : sql`>=`} ${valueOf(first, place[0])} and ${any})`
}

const Place = z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))

function read(cursor: string, sort: string, length: number): unknown[] {
  const wrong = invalid({ after: 'This cursor belongs to another list' })
  try {
    const [of, ...place] = Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    if (of === sort && place.length === length) return place
  } catch {
    throw wrong
  }
  throw wrong
}

/** Compared as the column's own type: the place is text or number from JSON, and the column says what it means. */
const valueOf = ({ name }: Order, value: unknown): RawBuilder<unknown> => {
  if (name === 'id') return sql`${value}::uuid`
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? sql`${value}::timestamptz` : sql`${value}`
}

const isAt = (order: Order, value: unknown) =>
  value === null ? sql`${order.by} is null` : sql`${order.by} = ${valueOf(order, value)}`

function isBehind(order: Order, value: unknown) {
  const { by, down, nullable } = order
  if (value === null) return sql`false`
  const further = sql`${by} ${down ? sql`<` : sql`>`} ${valueOf(order, value)}`
  return nullable ? sql`(${further} or ${by} is null)` : further
}
