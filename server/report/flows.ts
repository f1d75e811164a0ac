import { sql } from 'kysely'
import type { Ctx } from '#server/core/desk.ts'
import type { KpiName } from '#shared/report/kpis.ts'
import { grouped, keyOf, placeOf, timesOf, type Asked, type Cell } from './cells.ts'
import { isFlow, measureOf, populationOf, type Flow } from './measures.ts'
import type { Source } from './source.ts'

/** The figures that count or measure what happened, each population gone through once for all of its figures. */
export async function flows(ctx: Ctx, source: Source, asked: Asked, names: readonly KpiName[]): Promise<Cell[]> {
  const populations = Map.groupBy(names.filter(isFlow), (name) => measureOf(name).over)
  const cells: Cell[] = []
  for (const kpis of populations.values()) cells.push(...(await flow(ctx, source, asked, kpis)))
  return cells
}

type Sums = Record<string, number | readonly number[] | null>

async function flow(ctx: Ctx, source: Source, { by, edges }: Asked, kpis: readonly Flow[]): Promise<Cell[]> {
  const [first] = kpis
  if (first === undefined) return []
  const { at, where } = populationOf(measureOf(first))
  const { place, sets } = grouped({ by, edges })
  const { rows } = await sql<Sums & { bucket: number | null; key: string | null; allBuckets: number; allKeys: number }>`
    select ${place}, ${sql.join(kpis.map(sums))}
    from (select width_bucket(${at}, ${timesOf(edges)}) as bucket, ${keyOf(by)} as key,
        ${sql.join(kpis.map((kpi, of) => parts(source, kpi, of)))}
      from ${source.from} where ${at} >= ${edges[0]}::timestamptz and ${at} < ${edges.at(-1)}::timestamptz
        and ${where} and ${source.where}) member
    group by ${sets}`.execute(ctx.db)
  return rows.flatMap((row) => kpis.map((kpi, of) => ({ kpi, ...placeOf(row), ...cellOf(row, of) })))
}

/** What a member of the population says to one figure. */
function parts(source: Source, kpi: Flow, of: number) {
  const { among, counted, value } = measureOf(kpi)
  return sql`${among?.(source) ?? sql`true`} as ${sql.id(`among${of}`)},
    ${counted?.(source) ?? sql`true`} as ${sql.id(`counted${of}`)},
    ${value ?? sql`null::float8`} as ${sql.id(`value${of}`)}`
}

function sums(kpi: Flow, of: number) {
  const [among, counted, value] = [sql.id(`among${of}`), sql.id(`counted${of}`), sql.id(`value${of}`)]
  const measured = measureOf(kpi).value
    ? sql`avg(${value}) filter (where ${among}) as ${sql.id(`mean${of}`)},
        percentile_cont(array[0.5, 0.9]) within group (order by ${value}) filter (where ${among}) as ${sql.id(`parts${of}`)}`
    : sql`null as ${sql.id(`mean${of}`)}, null as ${sql.id(`parts${of}`)}`
  return sql`count(*) filter (where ${among})::integer as ${sql.id(`of${of}`)},
    count(*) filter (where ${among} and ${counted})::integer as ${sql.id(`count${of}`)}, ${measured}`
}

function cellOf(row: Sums, of: number) {
  const [median = null, p90 = null] = listOf(row[`parts${of}`])
  return {
    of: Number(row[`of${of}`]),
    count: Number(row[`count${of}`]),
    mean: numberOr(row[`mean${of}`]),
    median,
    p90,
  }
}

const numberOr = (value: unknown) => (typeof value === 'number' ? value : null)
const listOf = (value: unknown): number[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'number') : []
