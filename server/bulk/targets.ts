import { sql } from 'kysely'
import type { Args, Ctx } from '#server/core/desk.ts'
import { invalid } from '#server/core/refusal.ts'
import { countRecords, idsMatching } from '#server/record/record.ts'
import { mostInBulk } from '#shared/item/bulk.ts'
import type * as api from '#shared/item/bulk.ts'

export type Targets = Pick<Args<typeof api.previewBulk>, 'kind' | 'ids' | 'filter'>

/** The ids of the records that are meant, as a query; those that one does not see are not among them. */
export async function chosen(ctx: Ctx, { kind, ids, filter }: Targets) {
  if ((ids === undefined) === (filter === undefined)) throw invalid({ ids: 'Name the records, or a filter' })
  if (ids === undefined) return idsMatching(ctx, { kind, filter: filter ?? '' })
  return sql`select item.id from item where item.kind = ${kind} and item.id = any(${ids})`
}

export async function countOf(ctx: Ctx, { kind, ids, filter }: Targets) {
  if (ids === undefined) return countRecords(ctx, { kind, filter: filter ?? '' })
  const found = await sql<{ value: number }>`
    select count(*)::integer as value from (${await chosen(ctx, { kind, ids })}) found`.execute(ctx.db)
  return { value: found.rows[0]?.value ?? 0, exact: true }
}

/** Refuses a change of nothing, and of more than can be looked after. */
export function requireSome(count: number, { ids }: Pick<Targets, 'ids'>) {
  if (count === 0) throw invalid(ids ? { ids: 'There is no such record' } : { filter: 'No record matches' })
  if (count > mostInBulk)
    throw invalid({ filter: `Narrow it to ${mostInBulk.toLocaleString('en')} records, the most for one change` })
}
