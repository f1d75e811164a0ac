import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Ctx } from '#server/core/desk.ts'
import type { Breakdown } from '#shared/report.ts'
import { keyOf, timesOf } from './cells.ts'
import type { Source } from './source.ts'

interface Asked {
  readonly by?: Breakdown | undefined
  /** The moments to look at, in their order. What happened before a moment has happened by then. */
  readonly points: readonly string[]
  readonly where?: RawBuilder<SqlBool>
}

export interface Level {
  readonly key: string | null
  /** One for each moment. */
  readonly counts: readonly number[]
}

/** The stretches for which an incident was open, from its opening and from each reopening. */
export const stretches = sql`cross join lateral unnest(array_prepend(f.opened_at, f.reopenings),
  array_append(f.endings, f.ended_at)) stretch(begins, ends)`

/** What was open at the first moment or came to be by the last. */
export const touching = (first: string, last: string) => sql<SqlBool>`f.opened_at < ${last}::timestamptz
  and (f.ended_at is null or f.ended_at >= ${first}::timestamptz)`

/**
 * The stretches that hold at least one of the moments, each by the first such moment and the one after the last. The
 * incidents are gone through once, however many moments; most stretches begin and end between two of them.
 */
function stays(source: Source, { by, points, where }: Asked) {
  const [times, first, last] = [timesOf(points), points[0] ?? '', points.at(-1) ?? '']
  const part = (begins: RawBuilder<unknown>, ends: RawBuilder<unknown>) => sql`select ${keyOf(by)} as key, f.opened_at,
    width_bucket(${begins}, ${times}) as first,
    case when ${ends} is null then ${points.length}::integer else width_bucket(${ends}, ${times}) end as next`
  const known = sql`${touching(first, last)} and ${where ?? sql`true`} and ${source.where}`
  return sql`select * from (
      ${part(sql`f.opened_at`, sql`f.ended_at`)} from ${source.from} where f.reopenings = '{}' and ${known}
      union all ${part(sql`begins`, sql`ends`)} from ${source.from} ${stretches} where f.reopenings <> '{}' and ${known}) stay
    where first < next`
}

/** How many incidents were open at each of several moments, by group. */
export async function levels(ctx: Ctx, source: Source, asked: Asked): Promise<Level[]> {
  if (asked.points.length === 0) return []
  const { rows } = await sql<{ key: string | null; first: number; next: number; count: number }>`
    select key, first, next, count(*)::integer as count from (${stays(source, asked)}) stay
    group by key, first, next`.execute(ctx.db)
  return [...Map.groupBy(rows, ({ key }) => key)].map(([key, its]) => {
    const counts = asked.points.map(() => 0)
    for (const { first, next, count } of its) for (let at = first; at < next; at += 1) counts[at]! += count
    return { key, counts }
  })
}

/** How many incidents were open at each moment, by the class of age that they were in then: one list for each class. */
export async function levelsByAge(ctx: Ctx, source: Source, points: readonly string[], days: readonly number[]) {
  const { rows } = await sql<{ at: number; age: number; count: number }>`
    with point as (select time, (nth - 1)::integer as at from unnest(${timesOf(points)}) with ordinality its(time, nth))
    select point.at, (select count(*)::integer from unnest(${days.slice(1)}::integer[]) days
        where stay.opened_at + make_interval(hours => days * 24) < point.time) as age, count(*)::integer as count
    from (${stays(source, { points })}) stay join point on point.at >= stay.first and point.at < stay.next
    group by 1, 2`.execute(ctx.db)
  const classes = days.map(() => points.map(() => 0))
  for (const { at, age, count } of rows) classes[age]![at]! += count
  return classes
}
