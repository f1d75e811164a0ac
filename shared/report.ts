import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { text } from '#shared/core/message.ts'
import { Flag, Id, Limit, Time } from '#shared/core/values.ts'
import { Phase } from '#shared/item/item.ts'
import { kpiNames } from '#shared/report/kpis.ts'

export const KpiName = z.enum(kpiNames)

/** What a figure may be broken down by. */
export const Breakdown = z.enum(['service', 'team', 'priority', 'organisation', 'assignee', 'category', 'source'])
export type Breakdown = z.infer<typeof Breakdown>
export const Every = z.enum(['day', 'week', 'month'])
export type Every = z.infer<typeof Every>

const Zone = z
  .string()
  .max(60)
  .refine(isZone, text('There is no such time zone'))
  .meta({ description: 'Whose days are meant; your own when left out', example: 'Europe/London' })

function isZone(zone: string) {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) instanceof Intl.DateTimeFormat
  } catch {
    return false
  }
}

const question = {
  period: z
    .string()
    .max(60)
    .regex(
      /^(\d{1,3}(d|w|mo)|this-(week|month|quarter|year)|last-(week|month|quarter|year)|\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d)$/,
      {
        error: text('Write a period such as 30d, 12w, 12mo, this-month, last-quarter or 2026-01-01..2026-03-31'),
      },
    )
    .default('30d'),
  zone: Zone.optional(),
  filter: z.string().max(2000).default('').meta({ example: 'priority<=2 service:VPN' }),
  asOf: Time.optional().meta({ description: 'Only what was recorded by then counts; now when left out' }),
  window: z.coerce.number().int().min(0).max(365).optional().meta({ description: 'Days for the reopen rate' }),
}

const Names = z
  .string()
  .max(1000)
  .transform((names) => [...new Set(names.split(',').map((name) => name.trim()))])
  .pipe(z.array(KpiName).min(1).max(40))
  .meta({ description: 'Names of figures, with commas between', example: 'opened,resolved,timeToResolve' })

const asked = {
  ...question,
  kpis: Names,
  by: Breakdown.optional(),
  every: Every.optional(),
  course: z
    .enum(['all', 'means'])
    .default('all')
    .meta({ description: 'Whether the course has percentiles too, which take longer than means' }),
  compare: Flag.optional().meta({ description: 'Beside the period before' }),
}

const kept = {
  kept: Flag.optional().meta({
    description: 'Take an answer of the last day, if it took long to count; its `asOf` says when that was',
  }),
}

/** One number, and how many records it was made of. */
export const Value = z
  .object({
    value: z.number().nullable().meta({ description: 'Null where there is nothing to make it of' }),
    count: z.int().meta({ description: 'The records counted, or measured' }),
    of: z.int().nullable().meta({ description: 'The records that a share is of' }),
    median: z.number().nullable(),
    p90: z.number().nullable(),
  })
  .meta({ id: 'FigureValue' })
export type Value = z.infer<typeof Value>

const Span = z.object({ from: Time, to: Time })

const Figure = z
  .object({
    kpi: KpiName,
    total: Value,
    before: Value.nullable().meta({ description: 'The same of the period before' }),
    series: z.array(Value).meta({ description: 'One for each bucket' }),
    seriesBefore: z.array(Value).meta({ description: 'One for each bucket of the period before' }),
    groups: z.array(z.object({ key: z.string().nullable(), label: z.string(), total: Value, series: z.array(Value) })),
    moreGroups: z.int().meta({ description: 'Groups that are too many to be listed' }),
  })
  .meta({ id: 'Figure' })
export type Figure = z.infer<typeof Figure>

const Ground = {
  asOf: Time,
  zone: z.string(),
  from: Time,
  to: Time,
  settled: z.boolean().meta({ description: 'Nothing that is still being written can have been left out' }),
  lasting: z.boolean().meta({ description: 'The same question of the same as-of will have the same answer for ever' }),
  because: z.string().nullable().meta({ description: 'Why it need not' }),
}

export const askFigures = endpoint({
  method: 'GET',
  path: '/figures',
  may: 'report.read',
  summary: 'Ask for figures: of a period, under a filter, broken down, in their course, and as of any time',
  input: z.object({ ...asked, ...kept }),
  output: z.object({
    ...Ground,
    before: Span.nullable(),
    buckets: z.array(Span.extend({ whole: z.boolean() })),
    figures: z.array(Figure),
  }),
})
export type Figures = z.output<typeof askFigures.output>

export const askOwnFigures = endpoint({
  ...askFigures,
  input: z.object(asked),
  path: '/own-figures',
  may: 'item.work',
  summary: 'Ask for figures of the incidents that are or were last one’s own',
})

export const askAges = endpoint({
  method: 'GET',
  path: '/figures/ages',
  may: 'report.read',
  summary: 'How old what is open is, at the end of each day, week or month of a period, and at its end',
  input: z.object({ ...question, every: Every.optional(), ...kept }),
  output: z.object({
    ...Ground,
    buckets: z.array(Span.extend({ whole: z.boolean() })),
    ages: z.array(z.object({ from: z.int(), label: z.string(), total: z.int(), series: z.array(z.int()) })),
  }),
})

export const FigureRecord = z
  .object({
    id: Id,
    partId: Id.meta({ description: 'What counts: the record itself, or one of its clocks' }),
    number: z.string(),
    title: z.string(),
    state: z.string(),
    phase: Phase,
    priority: z.int().nullable(),
    at: Time.meta({ description: 'When it came to count' }),
    counted: z.boolean().meta({ description: 'Among those counted, and not only those they are a share of' }),
    value: z.number().nullable(),
  })
  .meta({ id: 'FigureRecord' })
export type FigureRecord = z.infer<typeof FigureRecord>

/** Exactly the records that a number was made of: give it what the number was asked with, and which number it is. */
export const listFigureRecords = endpoint({
  method: 'GET',
  path: '/figures/records',
  may: 'report.read',
  summary: 'List the records that a figure was made of',
  input: z.object({
    ...question,
    kpi: KpiName,
    part: z
      .enum(['counted', 'of'])
      .default('counted')
      .meta({ description: 'Those counted, or all they are a share of' }),
    by: Breakdown.optional(),
    key: z.string().max(200).optional().meta({ description: 'The group of the breakdown; empty for none' }),
    from: Time.optional().meta({ description: 'The bucket; the whole period when left out' }),
    to: Time.optional(),
    age: z.coerce
      .number()
      .int()
      .optional()
      .meta({ description: 'Of the backlog: the days from which a class of age begins' }),
    after: z.string().max(200).optional().meta({ description: 'The `next` of the page before' }),
    limit: Limit,
  }),
  output: z.object({ ...Ground, total: z.int(), records: z.array(FigureRecord), next: z.string().nullable() }),
})

export const listOwnFigureRecords = endpoint({
  ...listFigureRecords,
  path: '/own-figures/records',
  may: 'item.work',
  summary: 'List the records of one’s own that a figure was made of',
})

/** What a path is a path through. */
export const Along = z.enum(['state', 'team'])

const Spent = {
  median: z.number().nullable().meta({ description: 'Milliseconds' }),
  mean: z.number().nullable(),
  p90: z.number().nullable(),
}
const Key = z.string().nullable()

export const askProcess = endpoint({
  method: 'GET',
  path: '/figures/process',
  may: 'report.read',
  summary: 'See which ways incidents that ended in a period went, through states or teams, and where their time went',
  input: z.object({ ...question, along: Along.default('state') }),
  output: z.object({
    ...Ground,
    cases: z.int().meta({ description: 'Incidents that ended in the period' }),
    ways: z.int().meta({ description: 'Different ways that they went' }),
    variants: z
      .array(z.object({ path: z.array(Key), count: z.int(), ...Spent }))
      .meta({ description: 'The ways that most went, with the time from opening to end' }),
    places: z
      .array(z.object({ key: Key, label: z.string(), cases: z.int(), visits: z.int(), total: z.number(), ...Spent }))
      .meta({ description: 'Each state or team: how often it was come to, and the time spent there at a time' }),
    moves: z
      .array(z.object({ from: Key, to: Key, count: z.int(), cases: z.int(), ...Spent }))
      .meta({ description: 'Each move from one to another, with the time spent before it' }),
  }),
})
export type Process = z.output<typeof askProcess.output>

/** The incidents that went one way. */
export const listWayRecords = endpoint({
  method: 'GET',
  path: '/figures/process/records',
  may: 'report.read',
  summary: 'List the incidents that went one way',
  input: z.object({
    ...question,
    along: Along.default('state'),
    way: z.string().max(4000).meta({ description: 'The path as JSON', example: '["new","in_progress","resolved"]' }),
    limit: Limit,
  }),
  output: z.object({ ...Ground, total: z.int(), records: z.array(FigureRecord) }),
})

const Definition = z
  .object({
    name: KpiName,
    label: z.string(),
    shape: z.enum(['count', 'share', 'time', 'mean', 'difference', 'level']),
    better: z.enum(['less', 'more']).nullable(),
    formula: z.string(),
    counts: z.string(),
    beware: z.string(),
    source: z.enum(['history', 'clocks']),
    notByPerson: z.boolean(),
    momentary: z.boolean(),
  })
  .meta({ id: 'Kpi' })

export const listKpis = endpoint({
  method: 'GET',
  path: '/kpis',
  may: 'item.work',
  summary: 'List every figure that the desk knows, with what it means, and those that wait for other records',
  input: z.object({}),
  output: z.object({
    kpis: z.array(Definition),
    waiting: z.array(z.object({ label: z.string(), for: z.string() })),
  }),
})
