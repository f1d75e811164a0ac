import { sql } from 'kysely'
import type { Ctx } from '#server/core/desk.ts'
import type { KpiName } from '#shared/report/kpis.ts'
import { grouped, keyOf, placeKey, placeOf, timesOf, type Asked, type Cell, type Grouped } from './cells.ts'
import { isFlow, measureOf, membersIn, populationOf, type Flow } from './measures.ts'
import type { Source } from './source.ts'

/** The figures that count or measure what happened, each population gone through once for all of its figures. */
export async function flows(ctx: Ctx, source: Source, asked: Asked, names: readonly KpiName[]): Promise<Cell[]> {
  const populations = Map.groupBy(names.filter(isFlow), (name) => measureOf(name).over)
  const cells: Cell[] = []
  for (const kpis of populations.values()) cells.push(...(await flow(ctx, source, asked, kpis)))
  return cells
}

type Sums = Record<string, number | readonly number[] | null>
type Row = Sums & Grouped

/** Counts and means are added up for every place at once; percentiles, which take sorting, for those that want them. */
async function flow(ctx: Ctx, source: Source, asked: Asked, kpis: readonly Flow[]): Promise<Cell[]> {
  const { rows } = await sql<Row>`
    select ${grouped(asked).place}, ${sql.join(kpis.map(sums))}
    from ${membersOf(source, asked, kpis)} group by ${grouped(asked).sets}`.execute(ctx.db)
  const measured = kpis.filter((kpi) => measureOf(kpi).value)
  const sorted = await percentiles(ctx, source, asked, measured)
  return rows.flatMap((row) =>
    kpis.map((kpi, of) => {
      const place = placeOf(row)
      const [median = null, p90 = null] = sorted.get(`${kpi} ${placeKey(place)}`) ?? []
      const [all, count] = [Number(row[`of${of}`]), Number(row[`count${of}`])]
      return { kpi, ...place, of: all, count, mean: numberOr(row[`mean${of}`]), median, p90 }
    }),
  )
}

async function percentiles(ctx: Ctx, source: Source, asked: Asked, kpis: readonly Flow[]) {
  const found = new Map<string, readonly number[]>()
  const places = asked.means ? { ...asked, edges: [asked.edges[0] ?? '', asked.edges.at(-1) ?? ''] } : asked
  const { place, sets } = grouped(places)
  for (const kpi of kpis) {
    const { rows } = await sql<Row & { parts: unknown }>`
      select ${place}, percentile_cont(array[0.5, 0.9]) within group (order by value0) filter (where among0) as parts
      from ${membersOf(source, places, [kpi])} group by ${sets}`.execute(ctx.db)
    for (const row of rows) found.set(`${kpi} ${placeKey(placeOf(row))}`, listOf(row.parts))
  }
  return found
}

/** The members of a population, each with what it says to every figure. */
function membersOf(source: Source, { by, edges }: Asked, kpis: readonly Flow[]) {
  const measure = measureOf(kpis[0] ?? 'opened')
  const { at, where } = populationOf(measure)
  return sql`(select width_bucket(${at}, ${timesOf(edges)}) as bucket, ${keyOf(by)} as key,
      ${sql.join(kpis.map((kpi, of) => parts(source, kpi, of)))}
    from ${membersIn(source, measure)} where ${at} >= ${edges[0]}::timestamptz
      and ${at} < ${edges.at(-1)}::timestamptz and ${where} and ${source.where}) member`
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
  const mean = measureOf(kpi).value ? sql`avg(${value}) filter (where ${among})` : sql`null`
  return sql`count(*) filter (where ${among})::integer as ${sql.id(`of${of}`)},
    count(*) filter (where ${among} and ${counted})::integer as ${sql.id(`count${of}`)}, ${mean} as ${sql.id(`mean${of}`)}`
}

const numberOr = (value: unknown) => (typeof value === 'number' ? value : null)
const listOf = (value: unknown): number[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'number') : []
