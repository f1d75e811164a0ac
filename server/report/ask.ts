import type { Args, Ctx } from '#server/core/desk.ts'
import { invalid } from '#server/core/refusal.ts'
import type { Figure, Value } from '#shared/report.ts'
import type * as api from '#shared/report.ts'
import { kpiNamed, kpiNames, reopenWindow, type KpiName } from '#shared/report/kpis.ts'
import { waiting } from '#shared/report/waiting.ts'
import type { Bucket, Span } from '#shared/report/period.ts'
import { placeKey, type Asked, type Cell } from './cells.ts'
import { compliance, isOfClocks } from './clocks.ts'
import { flows } from './flows.ts'
import { bucketsIn, groundOf, lastMoment, momentOf, type Ground } from './ground.ts'
import { groupsOf } from './groups.ts'
import { lasting } from './lasting.ts'
import { momentary, openAt } from './open.ts'
import { ownFilter } from './own.ts'
import { sourceOf, type Source } from './source.ts'
import { toldOf } from './told.ts'
import { nothing, valueOf } from './value.ts'

/** Every figure there is, in the words of its one definition. */
export async function listKpis() {
  const kpis = kpiNames.map((name) => {
    const { notByPerson = false, momentary: once = false, ...kpi } = kpiNamed(name)
    return { name, ...kpi, notByPerson, momentary: once }
  })
  return { kpis, waiting: [...waiting] }
}

export type Question = Args<typeof api.askOwnFigures>

/** The figures asked for, seen with the eyes of whoever asks: what they may not see is in none of them. */
export async function askFigures(ctx: Ctx, input: Question) {
  const named = input.kpis.find((kpi) => input.by === 'assignee' && kpiNamed(kpi).notByPerson)
  if (named) throw invalid({ by: `${kpiNamed(named).label} says nothing of a single person` })
  const ground = groundOf(ctx, input)
  const source = await sourceOf(ctx, ground, input.filter)
  const buckets = bucketsIn(ground, ground.now, input.every)
  const cells = await cellsOf(ctx, ground, source, { ...input, span: ground.now, buckets })
  const before = input.compare === true && (await hasBegun(ctx, ground)) ? ground.before : null
  const past = before === null ? null : await pastOf(ctx, ground, source, { ...input, span: before })
  const figures: Figure[] = []
  for (const kpi of input.kpis) figures.push(await figureOf(ctx, input, { kpi, cells, past, buckets: buckets.length }))
  return { ...toldOf(ctx, ground, source), before, buckets, figures }
}

/** Whether the desk goes back as far as the period before: half of it is nothing to compare with. */
async function hasBegun({ db }: Ctx, { before }: Ground) {
  const first = await db
    .selectFrom('incidentFact')
    .select('itemId')
    .where('openedAt', '<', before.from)
    .limit(1)
    .execute()
  return first.length > 0
}

/** One's own: the incidents that are, or were last, assigned to whoever asks. */
export async function askOwnFigures(ctx: Ctx, input: Question) {
  const named = input.kpis.find((kpi) => kpiNamed(kpi).notByPerson)
  if (named) throw invalid({ kpis: `${kpiNamed(named).label} says nothing of a single person` })
  return askFigures(ctx, { ...input, filter: ownFilter(input.filter) })
}

interface Wanted extends Omit<Question, 'period' | 'filter'> {
  readonly span: Span
  readonly buckets: readonly Bucket[]
}

async function cellsOf(ctx: Ctx, ground: Ground, source: Source, { kpis, by, window, span, buckets, course }: Wanted) {
  const edges = buckets.length > 0 ? [buckets[0]!.from, ...buckets.map(({ to }) => to)] : [span.from, span.to]
  const names: KpiName[] = kpis.flatMap((kpi): KpiName[] => (kpi === 'backlogGrowth' ? ['opened', 'resolved'] : [kpi]))
  const asked: Asked = { by, edges, means: course === 'means' }
  const cells = await flows(ctx, source, asked, [...new Set(names)])
  if (names.includes('reopenRate')) cells.push(...(await lasting(ctx, source, asked, window ?? reopenWindow)))
  const points = [...buckets.map((bucket) => lastMoment(ground, bucket)), lastMoment(ground, span)]
  for (const kpi of names.filter(isOfClocks)) cells.push(...(await compliance(ctx, source, { by, edges, points }, kpi)))
  if (names.includes('backlog')) {
    cells.push(...(await openAt(ctx, source, { by, points })))
  }
  if (names.includes('unassigned')) cells.push(...(await momentary(ctx, source, { by, point: momentOf(ground) })))
  return kpis.includes('backlogGrowth') ? [...cells, ...growth(cells)] : cells
}

/** The period before: its total and its course, in as many steps. */
async function pastOf(ctx: Ctx, ground: Ground, source: Source, wanted: Omit<Wanted, 'buckets'>) {
  const buckets = bucketsIn({ ...ground, asOf: wanted.span.to }, wanted.span, wanted.every)
  const cells = await cellsOf(ctx, ground, source, { ...wanted, by: undefined, buckets })
  return { cells, buckets: buckets.length }
}

/** Opened less resolved, wherever either is known. */
function growth(cells: readonly Cell[]): Cell[] {
  const both = Map.groupBy(
    cells.filter(({ kpi }) => kpi === 'opened' || kpi === 'resolved'),
    placeKey,
  )
  return [...both.values()].map((its) => {
    const count = its.find(({ kpi }) => kpi === 'opened')?.count ?? 0
    const of = its.find(({ kpi }) => kpi === 'resolved')?.count ?? 0
    return { ...its[0]!, ...nothing, kpi: 'backlogGrowth', count, of }
  })
}

interface Making {
  readonly kpi: KpiName
  readonly cells: readonly Cell[]
  readonly past: { readonly cells: readonly Cell[]; readonly buckets: number } | null
  readonly buckets: number
}

const mostGroups = 50

async function figureOf(ctx: Ctx, { by }: Question, { kpi, cells, past, buckets }: Making): Promise<Figure> {
  const mine = placed(kpi, cells)
  const earlier = past && placed(kpi, past.cells)
  const groups = by ? await groupsOf(ctx, by, mine.sizes) : []
  return {
    kpi,
    total: mine.valueAt(undefined, null),
    before: earlier && !kpiNamed(kpi).momentary ? earlier.valueAt(undefined, null) : null,
    series: mine.course(undefined, buckets),
    seriesBefore: past && earlier ? earlier.course(undefined, past.buckets) : [],
    groups: groups.slice(0, mostGroups).map(({ key, label }) => ({
      key,
      label,
      total: mine.valueAt(key, null),
      series: mine.course(key, buckets),
    })),
    moreGroups: Math.max(0, groups.length - mostGroups),
  }
}

type Key = string | null | undefined

/** The numbers of one figure, each by where it belongs. */
function placed(kpi: KpiName, cells: readonly Cell[]) {
  const all = new Map(cells.filter((cell) => cell.kpi === kpi).map((cell) => [placeKey(cell), cell]))
  const valueAt = (key: Key, bucket: number | null): Value => valueOf(kpi, all.get(placeKey({ key, bucket })))
  const course = (key: Key, buckets: number) =>
    kpiNamed(kpi).momentary ? [] : Array.from({ length: buckets }, (_, bucket) => valueAt(key, bucket))
  const sizes = new Map(
    [...all.values()].flatMap(({ key, bucket, of, count }) =>
      key === undefined || bucket !== null ? [] : [[key, Math.max(of, count)] as const],
    ),
  )
  return { valueAt, course, sizes }
}
