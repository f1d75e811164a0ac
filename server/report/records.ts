import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Args, Ctx } from '#server/core/desk.ts'
import { invalid } from '#server/core/refusal.ts'
import type { FigureRecord } from '#shared/report.ts'
import type * as api from '#shared/report.ts'
import { ages } from '#shared/report/ages.ts'
import { reopenWindow, type KpiName } from '#shared/report/kpis.ts'
import type { Span } from '#shared/report/period.ts'
import { keyOf } from './cells.ts'
import { clocksBehind, isOfClocks } from './clocks.ts'
import { groundOf, lastMoment, momentOf, type Ground } from './ground.ts'
import { resolutions, resolvedWithin, undoneWithin } from './lasting.ts'
import { stretches, touching } from './levels.ts'
import { isFlow, measureOf, membersIn, populationOf, type Flow } from './measures.ts'
import { withoutAssignee } from './open.ts'
import { ownFilter } from './own.ts'
import { sourceOf, type Source } from './source.ts'
import { toldOf } from './told.ts'

type Input = Args<typeof api.listFigureRecords>

/** Exactly the records behind one number, newest first. */
export async function listFigureRecords(ctx: Ctx, input: Input) {
  const ground = groundOf(ctx, input)
  const source = await sourceOf(ctx, ground, input.filter)
  const span = { from: input.from ?? ground.now.from, to: input.to ?? ground.now.to }
  const behind = sql`select part_id, item_id, at, counted, value from (${membersOf(ground, source, { ...input, span })}) member
    where ${input.part === 'counted' ? sql`counted` : sql`true`}`
  const { rows: counts } = await sql<{ total: number }>`
    select count(*)::integer as total from (${behind}) behind`.execute(ctx.db)
  const { rows } = await sql<FigureRecord>`
    select item.id, behind.part_id, item.number, item.title, item.state, item.phase, item.priority, behind.at, behind.counted, behind.value
    from (${behind}) behind join item on item.id = behind.item_id
    where ${input.after === undefined ? sql`true` : behindCursor(input.after)}
    order by behind.at desc, behind.part_id desc limit ${input.limit + 1}`.execute(ctx.db)
  const last = rows.length > input.limit ? rows[input.limit - 1] : undefined
  return {
    ...toldOf(ctx, ground, source),
    total: counts[0]?.total ?? 0,
    records: rows.slice(0, input.limit),
    next: last ? cursorOf(last) : null,
  }
}

export const listOwnFigureRecords = (ctx: Ctx, input: Input) =>
  listFigureRecords(ctx, { ...input, filter: ownFilter(input.filter) })

interface Which extends Pick<Input, 'kpi' | 'part' | 'by' | 'key' | 'age' | 'window'> {
  readonly span: Span
}

function membersOf(ground: Ground, source: Source, { span, ...which }: Which): RawBuilder<unknown> {
  const kpi = standIn(which)
  const mine = narrowed(source, groupOf(which))
  if (isFlow(kpi)) return membersOfFlow(mine, span, kpi)
  if (kpi === 'reopenRate') return membersResolved(mine, span, which.window ?? reopenWindow)
  if (kpi === 'unassigned') return membersOpen(narrowed(mine, withoutAssignee), momentOf(ground), which.age)
  const point = lastMoment(ground, span)
  if (isOfClocks(kpi)) return clocksBehind(mine, kpi, { span, point })
  return membersOpen(mine, point, which.age)
}

const groupOf = ({ by, key }: Omit<Which, 'span'>) =>
  by === undefined || key === undefined ? sql`true` : sql`${keyOf(by)} is not distinct from ${key || null}`

const narrowed = (source: Source, where: RawBuilder<unknown>): Source => ({
  ...source,
  where: sql`${source.where} and ${where}`,
})

/** A difference is made of two figures, and has the records of each. */
const standIn = ({ kpi, part }: Pick<Which, 'kpi' | 'part'>): KpiName =>
  kpi !== 'backlogGrowth' ? kpi : part === 'counted' ? 'opened' : 'resolved'

function membersOfFlow(source: Source, { from, to }: Span, kpi: Flow) {
  const measure = measureOf(kpi)
  const { at, where, ofClocks } = populationOf(measure)
  return sql`select ${ofClocks ? sql`c.id` : sql`f.item_id`} as part_id, f.item_id, ${at} as at, ${measure.counted?.(source) ?? sql`true`} as counted,
      ${measure.value ?? sql`null::float8`} as value
    from ${membersIn(source, measure)} where ${at} >= ${from}::timestamptz and ${at} < ${to}::timestamptz and ${where}
      and ${measure.among?.(source) ?? sql`true`} and ${source.where}`
}

const membersResolved = (source: Source, { from, to }: Span, window: number) =>
  sql`select f.item_id as part_id, f.item_id, max(resolved) as at, bool_or(${undoneWithin(window)}) as counted, null::float8 as value
    from ${source.from} ${resolutions} where ${resolvedWithin(from, to)} and ${source.where} group by f.item_id`

function membersOpen(source: Source, point: string, age: number | undefined) {
  const next = ages.find(({ from }) => age !== undefined && from > age)
  const oldEnough = age === undefined ? sql`true` : sql`(${age} = 0 or ${since(age)} < ${point}::timestamptz)`
  const youngEnough = next === undefined ? sql`true` : sql`${since(next.from)} >= ${point}::timestamptz`
  return sql`select f.item_id as part_id, f.item_id, f.opened_at as at, true as counted, null::float8 as value
    from ${source.from} ${stretches} where ${touching(point, point)} and begins < ${point}::timestamptz
      and (ends is null or ends >= ${point}::timestamptz) and ${oldEnough} and ${youngEnough} and ${source.where}`
}

const since = (days: number) => sql`f.opened_at + make_interval(hours => ${days * 24})`

const cursorOf = ({ at, partId }: FigureRecord) => Buffer.from(JSON.stringify([at, partId])).toString('base64url')

const Cursor = z.tuple([z.iso.datetime({ offset: true }), z.uuid()])

function behindCursor(after: string) {
  try {
    const [at, id] = Cursor.parse(JSON.parse(Buffer.from(after, 'base64url').toString()))
    return sql`(behind.at, behind.part_id) < (${at}::timestamptz, ${id}::uuid)`
  } catch {
    throw invalid({ after: 'This cursor belongs to another list' })
  }
}
