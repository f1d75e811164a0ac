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
  /** Only what has been open for so many days by then. */
  readonly days?: readonly number[]
}

export interface Level {
  readonly days: number
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
 * How many incidents were open at each of several moments, by group and by the days they had been open. Each stretch adds
 * one where it begins and takes one away where it ends, so that the incidents are gone through once, however many moments.
 */
export async function levels(ctx: Ctx, source: Source, { by, points, where, days = [0] }: Asked): Promise<Level[]> {
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return []
  const times = timesOf(points)
  const { rows } = await sql<{ days: number; key: string | null; at: number; change: number }>`
    with stretch as (select days, ${keyOf(by)} as key, greatest(begins, f.opened_at + make_interval(hours => days * 24)) as begins,
        ends from ${source.from} ${stretches} cross join unnest(${days}::integer[]) days
      where ${touching(first, last)} and ${where ?? sql`true`} and ${source.where}),
    change as (
      select days, key, width_bucket(begins, ${times}) as at, 1 as change from stretch where begins < coalesce(ends, 'infinity')
      union all select days, key, width_bucket(ends, ${times}), -1 from stretch where begins < ends)
    select days, key, at, sum(change)::integer as change from change where at < ${points.length} group by days, key, at`.execute(
    ctx.db,
  )
  const groups = Map.groupBy(rows, ({ days: its, key }) => JSON.stringify([its, key]))
  return [...groups.values()].map((its) => {
    const changes = new Map(its.map(({ at, change }) => [at, change]))
    let sum = 0
    const counts = points.map((_, at) => (sum += changes.get(at) ?? 0))
    return { days: its[0]?.days ?? 0, key: its[0]?.key ?? null, counts }
  })
}
