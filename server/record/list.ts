import { sql, type Expression, type SqlBool } from 'kysely'
import type { Args, Ctx } from '#server/core/desk.ts'
import { invalid } from '#server/core/refusal.ts'
import { remembered } from '#server/core/set-up.ts'
import { compile, type Columns } from '#server/filter/filter.ts'
import {
  columnOf,
  columnsOf,
  customFields,
  isReference,
  itemSelection,
  referenceColumn,
  tellReferences,
} from '#server/item/item.ts'
import { fieldsOf, predicates } from '#shared/fields.ts'
import { FilterError } from '#shared/filter/error.ts'
import type { Fields } from '#shared/filter/fields.ts'
import type { Filter } from '#shared/filter/filter.ts'
import { parse } from '#shared/filter/parse.ts'
import { kindNamed } from '#shared/kinds.ts'
import type { z } from 'zod'
import type * as api from '#shared/records.ts'
import { looksInto, undoneOnly } from './sight.ts'
import { afterCursor, cursorOf, orderBy, ordersOf, placeColumns } from './order.ts'

type Row = z.input<typeof api.Row> & { readonly place: unknown[] }

/** What may be asked of a kind by this person: its dictionary, without the custom fields that are not for them. */
export interface Asked {
  readonly kind: string | undefined
  readonly staff: boolean
  readonly hidden: readonly string[]
  readonly fields: Fields
  readonly columns: Columns
}

export async function askedOf(ctx: Ctx, kind: string | undefined): Promise<Asked> {
  if (kind !== undefined && !kindNamed(kind)) throw invalid({ kind: `There is no kind '${kind}'` })
  return ctx.actor.audience === 'requester' ? askedByRequesters(ctx, kind ?? '') : askedByStaff(ctx, kind ?? '')
}

const askedByStaff = remembered((ctx, kind) => dictionary(ctx, kind || undefined, true))
const askedByRequesters = remembered((ctx, kind) => dictionary(ctx, kind || undefined, false))

async function dictionary(ctx: Ctx, kind: string | undefined, staff: boolean): Promise<Asked> {
  const all = await customFields(ctx, kind)
  const custom = all.filter(({ shownToRequesters }) => staff || shownToRequesters)
  const hidden = all.filter((field) => !custom.includes(field)).map(({ name }) => name)
  return { kind, staff, hidden, fields: fieldsOf(kind, custom), columns: columnsOf(kind, custom, staff) }
}

/** Reads a filter that a person typed; one that is wrong is refused, saying where and what would be right. */
export function readFilter(text: string, fields: Fields): Filter {
  try {
    return parse(text, fields, predicates)
  } catch (error) {
    if (!(error instanceof FilterError)) throw error
    const { message, mend, at } = error
    throw invalid({ filter: `At character ${at + 1}: ${message} ${mend}` })
  }
}

/** The condition of a filter as this person means it: `me`, `my-team`, and the days of their zone. */
export function conditionOf({ actor, now }: Ctx, asked: Asked, filter: Filter): Expression<SqlBool> {
  const { fields, columns } = asked
  const world = { fields, predicates, me: actor.id, myTeams: actor.teams, now, zone: actor.zone }
  return compile(filter, columns, world)
}

export async function listRecords(ctx: Ctx, input: Args<typeof api.listRecords>) {
  const asked = await askedOf(ctx, input.kind)
  const rows = await page(ctx, asked, input)
  const last = rows.length > input.limit ? rows[input.limit - 1] : undefined
  const records = rows.slice(0, input.limit).map(({ place: _, ...row }) => row)
  return { records, next: last ? cursorOf(input.sort, last.place) : null }
}

/**
 * One more row than asked for, so that it is known whether another page follows. How many is written out: PostgreSQL
 * keeps no plan for a number of rows that it does not know, and to plan takes as long as to read.
 */
async function page(ctx: Ctx, asked: Asked, input: Args<typeof api.listRecords>): Promise<Row[]> {
  const orders = ordersOf(input.sort, asked)
  const filter = readFilter(input.filter, asked.fields)
  const names = namesIn(input.fields)
  const conditions = conditionsOf(ctx, asked, filter)
  if (input.after !== undefined) conditions.push(afterCursor(input.after, input.sort, orders))
  const into = looksInto(asked.fields, filter, [...names, ...orders.map(({ name }) => name)])
  const { rows } = await sql<Row>`
    select ${itemSelection(asked)}${further(asked, names)}, ${placeColumns(orders)} as place
    from ${into ? from(asked.kind) : sql`item`} where ${sql.join(conditions, sql` and `)}
    order by ${orderBy(orders)} limit ${sql.lit(input.limit + 1)}`.execute(ctx.db)
  await tellReferences(
    ctx,
    asked,
    rows,
    names.filter((name) => isReference(asked.fields[name]?.type)),
  )
  return rows
}

function conditionsOf(ctx: Ctx, asked: Asked, filter: Filter) {
  const { kind } = asked
  const ofKind = kind === undefined ? [] : [sql<SqlBool>`item.kind = ${kind}`]
  return [conditionOf(ctx, asked, filter), ...ofKind, ...undoneOnly(filter, kind)]
}

const from = (kind: string | undefined) =>
  kind === undefined ? sql`item` : sql`item join ${sql.table(kind)} on ${sql.ref(`${kind}.id`)} = item.id`

const always = new Set(Object.keys(fieldsOf(undefined)))

const namesIn = (fields: string | undefined) => [
  ...new Set(
    (fields ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
  ),
]

/** The kind's own fields that a list asked for beside what every item shows. */
function further(asked: Asked, names: readonly string[]) {
  const columns = names
    .filter((name) => !always.has(name) && !name.startsWith('custom.'))
    .map((name) => {
      const field = Object.hasOwn(asked.fields, name) ? asked.fields[name] : undefined
      if (!field) throw invalid({ fields: `There is no field '${name.slice(0, 80)}'` })
      const column = columnOf(asked, name, field)
      return sql`, ${isReference(field.type) ? referenceColumn(asked, field.type, column) : column} as ${sql.ref(name)}`
    })
  return sql.join(columns, sql``)
}

const mostCounted = 10_000

/** The ids of all that a filter matches, as a query to go on with. */
export async function idsMatching(ctx: Ctx, { kind, filter }: Args<typeof api.countRecords>) {
  const asked = await askedOf(ctx, kind)
  const read = readFilter(filter, asked.fields)
  const conditions = conditionsOf(ctx, asked, read)
  return sql`select item.id from ${looksInto(asked.fields, read, []) ? from(kind) : sql`item`} where ${sql.join(conditions, sql` and `)}`
}

/** Counts to 10,000; beyond that the planner's own estimate, under the same row security, has to do. */
export async function countRecords(ctx: Ctx, { kind, filter }: Args<typeof api.countRecords>) {
  const found = await idsMatching(ctx, { kind, filter })
  const { rows } = await sql<{ value: number }>`
    select count(*)::integer as value from (${found} limit ${mostCounted + 1}) found`.execute(ctx.db)
  const value = rows[0]?.value ?? 0
  if (value <= mostCounted) return { value, exact: true }
  const plan = await sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`explain (format json) ${found}`.execute(
    ctx.db,
  )
  const [first] = Object.values(plan.rows[0] ?? {}) as [{ Plan: { 'Plan Rows': number } }][]
  return { value: Math.max(mostCounted, Math.round(first?.[0]?.Plan['Plan Rows'] ?? 0)), exact: false }
}

/** Every record that a list holds, page after page, for work that goes through all of them. */
export async function* recordPages(
  inPage: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>,
  input: Omit<Args<typeof api.listRecords>, 'after' | 'limit'>,
) {
  let after: string | undefined
  do {
    const { records, next } = (await inPage((ctx) =>
      listRecords(ctx, { ...input, limit: 200, ...(after !== undefined && { after }) }),
    )) as { records: Record<string, unknown>[]; next: string | null }
    yield records
    after = next ?? undefined
  } while (after !== undefined)
}

/** Which of several filters one record meets, and which conditions of each it does not. */
export async function whichMatch(ctx: Ctx, kind: string, itemId: string, filters: readonly Filter[]) {
  const asked = await askedOf(ctx, kind)
  const parts = filters.map((filter) => ('all' in filter && filter.all.length > 0 ? filter.all : [filter]))
  const columns = parts.flat().map((part) => sql`(${conditionOf(ctx, asked, part)}) is true`)
  if (columns.length === 0) return []
  const { rows } = await sql<{ met: boolean[] }>`
    select array[${sql.join(columns)}] as met from ${from(kind)} where item.id = ${itemId}`.execute(ctx.db)
  const met = rows[0]?.met ?? []
  let at = 0
  return parts.map((conditions) => {
    const missed = conditions.filter((_, of) => met[at + of] !== true)
    at += conditions.length
    return { matched: missed.length === 0, missed }
  })
}
