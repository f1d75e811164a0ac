import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Ctx } from '#server/core/desk.ts'
import type { KpiName } from '#shared/report/kpis.ts'
import type { Span } from '#shared/report/period.ts'
import { grouped, keyOf, placeKey, placeOf, timesOf, type Asked, type Cell, type Grouped } from './cells.ts'
import type { Source } from './source.ts'

const kinds = {
  slaCompliance: sql<SqlBool>`c.kind = 'sla'`,
  slaResponseCompliance: sql<SqlBool>`c.kind = 'sla' and c.target = 'response'`,
  slaResolutionCompliance: sql<SqlBool>`c.kind = 'sla' and c.target = 'resolution'`,
} as const satisfies Partial<Record<KpiName, RawBuilder<SqlBool>>>

export type OfClocks = keyof typeof kinds
export const isOfClocks = (name: KpiName): name is OfClocks => Object.hasOwn(kinds, name)

const clocks = ({ from, withClocks }: Source) => sql`${from} ${withClocks}`

/** When a clock was breached: one that still runs is when it was due, whether or not that has been noted yet. */
const breached = sql`(case when c.stopped_at is null and c.cancelled_at is null then coalesce(c.breached_at, c.due_at)
  else c.breached_at end)`
const over = sql`least(c.stopped_at, c.cancelled_at)`
const kept = sql<SqlBool>`(c.breached_at is null or c.breached_at > c.stopped_at)`
const completed = sql<SqlBool>`c.cancelled_at is null`

interface Wanted extends Asked {
  /** The last known moment of each bucket, and of the whole. */
  readonly points: readonly string[]
}

/** Compliance: kept among completed, and among what at the end was still open and breached already. */
export async function compliance(ctx: Ctx, source: Source, wanted: Wanted, kpi: OfClocks): Promise<Cell[]> {
  const done = await completedIn(ctx, source, wanted, kpi)
  const late = await openAndBreached(ctx, source, wanted, kpi)
  const keys = new Set([...done.keys(), ...late.keys()])
  return [...keys].map((place) => {
    const [one, other] = [done.get(place), late.get(place)]
    const { bucket, key } = one ?? other!
    const of = (one?.of ?? 0) + (other?.count ?? 0)
    return { kpi, bucket, key, count: one?.count ?? 0, of, mean: null, median: null, p90: null }
  })
}

type Placed = Pick<Cell, 'bucket' | 'key' | 'count' | 'of'>

const byPlace = (cells: readonly Placed[]) => new Map(cells.map((cell) => [placeKey(cell), cell]))

async function completedIn(ctx: Ctx, source: Source, { by, edges }: Wanted, kpi: OfClocks) {
  const { place, sets } = grouped({ by, edges })
  const { rows } = await sql<Grouped & { count: number; of: number }>`
    select ${place}, count(*)::integer as of, count(*) filter (where kept)::integer as count
    from (select width_bucket(c.stopped_at, ${timesOf(edges)}) as bucket, ${keyOf(by)} as key, ${kept} as kept
      from ${clocks(source)} where c.stopped_at >= ${edges[0]}::timestamptz
        and c.stopped_at < ${edges.at(-1)}::timestamptz and ${completed} and ${kinds[kpi]} and ${source.where}) member
    group by ${sets}`.execute(ctx.db)
  return byPlace(rows.map((row) => ({ count: row.count, of: row.of, ...placeOf(row) })))
}

/** What was open and breached at each moment, by adding up what came to be so and what ceased to be. */
async function openAndBreached(ctx: Ctx, source: Source, { by, points }: Wanted, kpi: OfClocks) {
  const [first, last, times] = [points[0], points.at(-1), timesOf(points)]
  const { rows } = await sql<{ key: string | null; at: number; change: number }>`
    with late as (select ${keyOf(by)} as key, ${breached} as began, ${over} as ended from ${clocks(source)}
      where ${breached} < ${last}::timestamptz and (${over} is null or ${over} >= ${first}::timestamptz)
        and ${kinds[kpi]} and ${source.where})
    select key, at, sum(change)::integer as change from (
      select key, width_bucket(began, ${times}) as at, 1 as change from late where began < coalesce(ended, 'infinity')
      union all select key, width_bucket(ended, ${times}), -1 from late where began < ended) change
    where at < ${points.length} group by key, at`.execute(ctx.db)
  const groups = Map.groupBy(rows, ({ key }) => key)
  const course = (its: readonly (typeof rows)[number][]) => {
    let sum = 0
    return points.map(
      (_, at) => (sum += its.filter((row) => row.at === at).reduce((all, { change }) => all + change, 0)),
    )
  }
  const cells = (key: string | null | undefined, counts: readonly number[]): Placed[] =>
    counts.map((count, at) => ({ key, count, of: count, bucket: at === points.length - 1 ? null : at }))
  const all = cells(undefined, course(rows))
  return byPlace([...all, ...(by ? [...groups].flatMap(([key, its]) => cells(key, course(its))) : [])])
}

interface Which {
  readonly span: Span
  readonly point: string
}

/** The clocks behind compliance, each with its incident. */
export function clocksBehind(source: Source, kpi: OfClocks, { span, point }: Which) {
  return sql`select c.id as part_id, f.item_id, c.stopped_at as at, ${kept} as counted, null::float8 as value
      from ${clocks(source)} where c.stopped_at >= ${span.from}::timestamptz and c.stopped_at < ${span.to}::timestamptz
        and ${completed} and ${kinds[kpi]} and ${source.where}
    union all select c.id, f.item_id, ${breached}, false, null from ${clocks(source)}
      where ${breached} < ${point}::timestamptz and (${over} is null or ${over} >= ${point}::timestamptz)
        and ${kinds[kpi]} and ${source.where}`
}
