import { sql, type RawBuilder } from 'kysely'
import type { Breakdown } from '#shared/report.ts'
import type { KpiName } from '#shared/report/kpis.ts'

/** One number before it is a figure: of a bucket or of the whole period, of a group or of all. */
export interface Cell {
  readonly kpi: KpiName
  readonly bucket: number | null
  /** Undefined for all groups together; null for the group of those that have none. */
  readonly key: string | null | undefined
  readonly count: number
  readonly of: number
  readonly mean: number | null
  readonly median: number | null
  readonly p90: number | null
}

const columns: Readonly<Record<Breakdown, RawBuilder<string | null>>> = {
  service: sql`f.service_id::text`,
  team: sql`f.team_id::text`,
  priority: sql`f.priority::text`,
  organisation: sql`f.organisation_id::text`,
  assignee: sql`f.assignee_id::text`,
  category: sql`f.category`,
  source: sql`f.source`,
}

/** What a fact is counted under. */
export const keyOf = (by: Breakdown | undefined): RawBuilder<string | null> => (by ? columns[by] : sql`null::text`)

/** What to add up by: all, and each bucket, each group, and each group's buckets where these were asked for. */
export function grouped({ by, edges }: Asked) {
  const buckets = edges.length > 2
  const sets = [sql`()`, ...(buckets ? [sql`(bucket)`] : []), ...(by ? [sql`(key)`] : [])]
  if (by && buckets) sets.push(sql`(bucket, key)`)
  const bucket = buckets ? sql`bucket, grouping(bucket) as all_buckets` : sql`null::integer as bucket, 1 as all_buckets`
  const key = by ? sql`key, grouping(key) as all_keys` : sql`null as key, 1 as all_keys`
  return { place: sql`${bucket}, ${key}`, sets: sql`grouping sets (${sql.join(sets)})` }
}

export interface Asked {
  readonly by?: Breakdown | undefined
  /** Where each bucket begins, and where the last one ends. */
  readonly edges: readonly string[]
  /** In the course, means are enough: percentiles are of the whole alone. */
  readonly means?: boolean
}

/** A row of grouping sets, before it is known which number it is. */
export interface Grouped {
  readonly bucket: number | null
  readonly key: string | null
  readonly allBuckets: number
  readonly allKeys: number
}

/** Which number a row of grouping sets is. */
export const placeOf = ({ bucket, key, allBuckets, allKeys }: Grouped) => ({
  bucket: allBuckets === 1 || bucket === null ? null : bucket - 1,
  key: allKeys === 1 ? undefined : key,
})

/** The same for two numbers if they belong to the same groups and buckets. */
export const placeKey = ({ bucket, key }: Pick<Cell, 'bucket' | 'key'>) =>
  JSON.stringify([bucket, key === undefined, key])

export const timesOf = (edges: readonly string[]) => sql`${edges}::timestamptz[]`
