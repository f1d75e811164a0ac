import { sql } from 'kysely'
import type { Ctx } from '#server/core/desk.ts'
import { grouped, keyOf, placeKey, placeOf, timesOf, type Asked, type Cell, type Grouped } from './cells.ts'
import type { Source } from './source.ts'

/** Each resolution there was, and the reopening that undid it. */
export const resolutions = sql`cross join lateral (
  select f.resolved_at as resolved, null::timestamptz as undone where f.resolved_at is not null
  union all select its.resolved, its.undone from unnest(f.resolutions, f.reopenings) its(resolved, undone)
    where its.resolved is not null) resolution`

/** Incidents with a resolution between two times, in words that an index knows. */
export const resolvedWithin = (from: string, to: string) => sql`
  ((f.resolved_at >= ${from}::timestamptz and f.resolved_at < ${to}::timestamptz) or f.reopenings <> '{}')
  and resolved >= ${from}::timestamptz and resolved < ${to}::timestamptz`

export const undoneWithin = (window: number) =>
  sql`coalesce(undone <= resolved + make_interval(hours => ${window * 24}), false)`

/** The reopen rate: each incident once in the period and once in each bucket, however often it was resolved there. */
export async function lasting(ctx: Ctx, source: Source, asked: Asked, window: number): Promise<Cell[]> {
  const { by, edges } = asked
  const whole = { by, edges: [edges[0] ?? '', edges.at(-1) ?? ''] }
  const cells = await lastingOnes(ctx, source, asked)
  cells.push(...(await reopened(ctx, source, whole, window)).map((cell) => ({ ...cell, bucket: null })))
  if (edges.length > 2) cells.push(...(await reopened(ctx, source, asked, window)))
  const places = Map.groupBy(cells, placeKey)
  return [...places.values()].map((its) => ({
    ...its[0]!,
    of: its.reduce((sum, { of }) => sum + of, 0),
    count: its.reduce((sum, { count }) => sum + count, 0),
  }))
}

/** Nearly all are never reopened, and resolved once at most. */
async function lastingOnes(ctx: Ctx, source: Source, { by, edges }: Asked): Promise<Cell[]> {
  const { place, sets } = grouped({ by, edges })
  const { rows } = await sql<Row>`
    select ${place}, count(*)::integer as of, 0 as count
    from (select width_bucket(f.resolved_at, ${timesOf(edges)}) as bucket, ${keyOf(by)} as key from ${source.from}
      where f.resolved_at >= ${edges[0]}::timestamptz and f.resolved_at < ${edges.at(-1)}::timestamptz
        and f.reopenings = '{}' and ${source.where}) member
    group by ${sets}`.execute(ctx.db)
  return rows.map(cellOf)
}

async function reopened(ctx: Ctx, source: Source, { by, edges }: Asked, window: number): Promise<Cell[]> {
  const [first = '', last = ''] = [edges[0], edges.at(-1)]
  const { rows } = await sql<Row>`
    select bucket, key, 0 as all_buckets, ${by ? sql`grouping(key)` : sql`1`} as all_keys, count(*)::integer as of,
      count(*) filter (where undone)::integer as count
    from (select f.item_id, width_bucket(resolved, ${timesOf(edges)}) as bucket, ${keyOf(by)} as key,
        bool_or(${undoneWithin(window)}) as undone
      from ${source.from} ${resolutions} where f.reopenings <> '{}' and resolved >= ${first}::timestamptz
        and resolved < ${last}::timestamptz and ${source.where}
      group by f.item_id, 2, 3) member
    group by ${by ? sql`grouping sets ((bucket, key), (bucket))` : sql`bucket, key`}`.execute(ctx.db)
  return rows.map(cellOf)
}

interface Row extends Grouped {
  readonly of: number
  readonly count: number
}

const cellOf = (row: Row): Cell => ({
  kpi: 'reopenRate',
  of: row.of,
  count: row.count,
  ...placeOf(row),
  mean: null,
  median: null,
  p90: null,
})
