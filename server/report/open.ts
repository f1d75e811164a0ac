import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Args, Ctx } from '#server/core/desk.ts'
import type { Breakdown } from '#shared/report.ts'
import type * as api from '#shared/report.ts'
import { ages } from '#shared/report/ages.ts'
import type { Cell } from './cells.ts'
import { bucketsIn, groundOf, lastMoment } from './ground.ts'
import { levels, levelsByAge, type Level } from './levels.ts'
import { sourceOf, type Source } from './source.ts'
import { toldOf } from './told.ts'
import { nothing } from './value.ts'

interface Asked {
  readonly by?: Breakdown | undefined
  /** The ends of the buckets, and the end of the period. */
  readonly points: readonly string[]
}

/** The backlog at the end of each bucket and of the period, of each group and of all. */
export async function openAt(ctx: Ctx, source: Source, { by, points }: Asked): Promise<Cell[]> {
  const found = await levels(ctx, source, { by, points })
  const all: Level = {
    key: null,
    counts: points.map((_, at) => sum(found.map(({ counts }) => counts[at] ?? 0))),
  }
  const cells = (key: string | null | undefined, counts: readonly number[]) =>
    counts.map((count, at): Cell => ({
      ...nothing,
      kpi: 'backlog',
      key,
      count,
      bucket: at === points.length - 1 ? null : at,
    }))
  return [...cells(undefined, all.counts), ...(by ? found.flatMap(({ key, counts }) => cells(key, counts)) : [])]
}

export const withoutAssignee: RawBuilder<SqlBool> = sql<SqlBool>`f.assignee_id is null`

/** What is open without an assignee. Who had it before is not asked, so it is known of the as-of alone. */
export async function momentary(
  ctx: Ctx,
  source: Source,
  { by, point }: { by?: Breakdown | undefined; point: string },
) {
  const found = await levels(ctx, source, { by, points: [point], where: withoutAssignee })
  const groups = by ? found.map(({ key, counts }) => cell(key, counts[0] ?? 0)) : []
  return [cell(undefined, sum(found.map(({ counts }) => counts[0] ?? 0))), ...groups]
}

const cell = (key: string | null | undefined, count: number): Cell => ({
  ...nothing,
  kpi: 'unassigned',
  bucket: null,
  key,
  count,
})

/** How old the backlog is, at the end of each bucket and of the period. */
export async function askAges(ctx: Ctx, input: Args<typeof api.askAges>) {
  const ground = groundOf(ctx, input)
  const source = await sourceOf(ctx, ground, input.filter)
  const buckets = bucketsIn(ground, ground.now, input.every)
  const points = [...buckets.map((bucket) => lastMoment(ground, bucket)), lastMoment(ground, ground.now)]
  const found = await levelsByAge(
    ctx,
    source,
    points,
    ages.map(({ from }) => from),
  )
  const classes = ages.map((age, of) => ({ ...age, counts: found[of] ?? [] }))
  return {
    ...toldOf(ctx, ground, source),
    buckets,
    ages: classes.map(({ from, label, counts }) => ({
      from,
      label,
      total: counts.at(-1) ?? 0,
      series: counts.slice(0, -1),
    })),
  }
}

const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0)
