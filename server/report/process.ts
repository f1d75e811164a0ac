import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Args, Ctx } from '#server/core/desk.ts'
import { invalid } from '#server/core/refusal.ts'
import type { FigureRecord, Process } from '#shared/report.ts'
import type * as api from '#shared/report.ts'
import { incidentStates } from '#shared/incident.ts'
import { groundOf, type Ground } from './ground.ts'
import { sourceOf, type Source } from './source.ts'
import { toldOf } from './told.ts'

type Input = Args<typeof api.askProcess>

const mostVariants = 50
const mostMoves = 200

/** The ways that incidents went which ended in a period: told by their histories, as they were known at the as-of. */
export async function askProcess(ctx: Ctx, input: Input): Promise<Process> {
  const ground = groundOf(ctx, input)
  const source = await sourceOf(ctx, ground, input.filter)
  await requireFew(ctx, ground, source)
  const { variants, places, moves } = await toldWays(ctx, stepsOf(ground, source, input.along))
  const names = await labelsOf(
    ctx,
    input.along,
    places.flatMap(({ key }) => key ?? []),
  )
  return {
    ...toldOf(ctx, ground, source),
    cases: variants[0]?.cases ?? 0,
    ways: variants[0]?.ways ?? 0,
    variants: variants.map(({ path, count, mean, median, p90 }) => ({ path, count, mean, median, p90 })),
    places: places.map((place) => ({
      ...place,
      label: place.key === null ? 'No team' : (names.get(place.key) ?? place.key),
    })),
    moves,
  }
}

const mostCases = 250_000

/** Every step of every incident is gone through, so there is an end to how many can be. */
async function requireFew({ db }: Ctx, { now }: Ground, source: Source) {
  const { rows } = await sql<{ cases: number }>`select count(*)::integer as cases from ${source.from}
    where f.ended_at >= ${now.from}::timestamptz and f.ended_at < ${now.to}::timestamptz and ${source.where}`.execute(
    db,
  )
  if ((rows[0]?.cases ?? 0) <= mostCases) return
  const most = mostCases.toLocaleString('en')
  throw invalid({ period: `More than ${most} incidents ended in it: take a shorter period, or a filter` })
}

interface Told {
  readonly variants: readonly (Process['variants'][number] & { readonly ways: number; readonly cases: number })[]
  readonly places: readonly Omit<Process['places'][number], 'label'>[]
  readonly moves: Process['moves']
}

const list = (query: RawBuilder<unknown>) => sql`(select coalesce(json_agg(its), '[]') from (${query}) its)`

/** All three in one question: the steps are gone through once. */
async function toldWays({ db }: Ctx, steps: RawBuilder<unknown>) {
  const variants = sql`select path, count(*)::integer as count, ${spent('lasted')}, (count(*) over ())::integer as ways,
      (sum(count(*)) over ())::integer as cases
    from (select item_id, array_agg(value order by seq) as path, max(lasted) as lasted from visit group by item_id) way
    group by path order by count(*) desc, path limit ${mostVariants}`
  const places = sql`select value as key, sum(first)::integer as cases, count(*)::integer as visits,
      coalesce(sum(spent), 0) as total, ${spent('spent')}
    from (select *, (row_number() over (partition by item_id, value) = 1)::integer as first from visit) visit
    group by value order by total desc, value`
  const moves = sql`select value as from, next_value as to, count(*)::integer as count, sum(first)::integer as cases,
      ${spent('spent')}
    from (select *, (row_number() over (partition by item_id, value, next_value) = 1)::integer as first
      from visit where not last) visit
    group by value, next_value order by count(*) desc, 1, 2 limit ${mostMoves}`
  const { rows } = await sql<Told>`
    with ${steps} select ${list(variants)} as variants, ${list(places)} as places, ${list(moves)} as moves`.execute(db)
  return rows[0] ?? { variants: [], places: [], moves: [] }
}

/** The incidents that went one way, the slowest first. */
export async function listWayRecords(ctx: Ctx, input: Args<typeof api.listWayRecords>) {
  const ground = groundOf(ctx, input)
  const source = await sourceOf(ctx, ground, input.filter)
  await requireFew(ctx, ground, source)
  const { rows } = await sql<FigureRecord & { total: number }>`
    with ${stepsOf(ground, source, input.along)},
      way as (select item_id, array_agg(value order by seq) as path, max(lasted) as lasted, max(ended_at) as at
        from visit group by item_id)
    select item.id, item.id as part_id, item.number, item.title, item.state, item.phase, item.priority, way.at,
      true as counted, lasted as value, (count(*) over ())::integer as total
    from way join item on item.id = way.item_id where path = ${pathOf(input.way)}::text[]
    order by lasted desc, item.id limit ${input.limit}`.execute(ctx.db)
  const records = rows.map(({ total: _, ...row }) => row)
  return { ...toldOf(ctx, ground, source), total: rows[0]?.total ?? 0, records }
}

const Path = z.array(z.string().max(80).nullable()).max(400)

function pathOf(way: string) {
  try {
    return Path.parse(JSON.parse(way))
  } catch {
    throw invalid({ way: 'Write a way as JSON, such as ["new","resolved"]' })
  }
}

/**
 * Each stay in a state or team, one after the other: a step that leads where one already is, is none. The time of the last
 * stay goes to the end of the incident.
 */
function stepsOf({ now, asOf }: Ground, source: Source, along: Input['along']) {
  const value = along === 'state' ? sql`step.state` : sql`step.team_id::text`
  return sql`member as materialized (
      select f.item_id, f.opened_at, f.ended_at from ${source.from}
      where f.ended_at >= ${now.from}::timestamptz and f.ended_at < ${now.to}::timestamptz and ${source.where}),
    step as (select member.*, step.seq, step.at, ${value} as value,
        lag(${value}) over item as before, row_number() over item as nth
      from app.steps_of(array(select item_id from member)) step join member on step.item_id = member.item_id
      where step.recorded_at <= ${asOf}::timestamptz window item as (partition by step.item_id order by step.seq)),
    stay as (select *, lead(at) over item as next_at, lead(value) over item as next_value,
        lead(seq) over item is null as last
      from step where nth = 1 or value is distinct from before window item as (partition by item_id order by seq)),
    visit as materialized (select item_id, seq, value, next_value, last, ended_at,
        ${ms(sql`coalesce(next_at, ended_at) - at`)} as spent, ${ms(sql`ended_at - opened_at`)} as lasted
      from stay)`
}

const ms = (interval: ReturnType<typeof sql>) => sql`greatest(0, date_part('epoch', ${interval}) * 1000)`

const spent = (column: string) => sql`avg(${sql.ref(column)}) as mean,
  percentile_cont(0.5) within group (order by ${sql.ref(column)}) as median,
  percentile_cont(0.9) within group (order by ${sql.ref(column)}) as p90`

async function labelsOf(
  { db }: Ctx,
  along: Input['along'],
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (along === 'state') return new Map(Object.entries(incidentStates).map(([state, { label }]) => [state, label]))
  if (keys.length === 0) return new Map()
  const teams = await db.selectFrom('team').select(['id', 'name']).where('id', 'in', keys).execute()
  return new Map(teams.map(({ id, name }) => [id, name]))
}
