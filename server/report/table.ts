import { Readable } from 'node:stream'
import { z } from 'zod'
import { as, type Actor, type Desk } from '#server/core/desk.ts'
import type { RawRoute } from '#server/core/http.ts'
import { invalid } from '#server/core/refusal.ts'
import { asFile } from '#server/core/transfer.ts'
import { asCsv } from '#server/record/record.ts'
import * as api from '#shared/report.ts'
import { kpiNamed } from '#shared/report/kpis.ts'
import type { Span } from '#shared/report/period.ts'
import { askFigures } from './ask.ts'

/** The same figures as the API tells, as a table: a line for the whole period, for each bucket, and for each group. */
export const figureTable: RawRoute = {
  method: 'GET',
  path: '/figures/table',
  may: 'report.read',
  summary: 'Get figures as CSV: takes what asking for figures takes',
  async handle(desk, actor, request, reply) {
    const { answer, name } = await tableOf(desk, actor, request.query)
    return asFile(reply, name, 'text/csv; charset=utf-8').send(Readable.from(asCsv(linesOf(answer))))
  },
}

async function tableOf(desk: Desk, actor: Actor, query: unknown) {
  const input = api.askFigures.input.safeParse(query)
  if (!input.success) {
    const { fieldErrors } = z.flattenError(input.error)
    throw invalid(Object.fromEntries(Object.entries(fieldErrors).map(([field, [first]]) => [field, String(first)])))
  }
  const answer = await as(desk, actor, (ctx) => askFigures(ctx, input.data), { access: 'read only' })
  return { answer, name: `Figures ${answer.from.slice(0, 10)} ${input.data.period}.csv` }
}

const head = ['Figure', 'Group', 'From', 'To', 'Value', 'Unit', 'Records', 'Of', 'Median', '90th percentile', 'As of']

async function* linesOf({ figures, buckets, from, to, asOf }: Awaited<ReturnType<typeof askFigures>>) {
  yield head
  for (const { kpi, total, series, groups } of figures) {
    const line = (group: string, span: Span, { value, count, of, median, p90 }: api.Value) => {
      const about = [kpiNamed(kpi).label, group, span.from, span.to]
      return [about, [value, unitOf(kpi), count, of, median, p90, asOf]].flat()
    }
    const whole = { from, to }
    yield line('', whole, total)
    for (const [at, value] of series.entries()) yield line('', buckets[at] ?? whole, value)
    for (const { label, total: its, series: course } of groups) {
      yield line(label, whole, its)
      for (const [at, value] of course.entries()) yield line(label, buckets[at] ?? whole, value)
    }
  }
}

const units = { share: 'percent', time: 'milliseconds', mean: 'changes', count: '', difference: '', level: '' } as const

const unitOf = (kpi: z.infer<typeof api.KpiName>) => units[kpiNamed(kpi).shape]
