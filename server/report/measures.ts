import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { firstContactMinutes, repeatDays, type KpiName } from '#shared/report/kpis.ts'
import type { Source } from './source.ts'

/** Incidents by when something happened to them. */
export interface Population {
  readonly at: RawBuilder<string>
  readonly where: RawBuilder<SqlBool>
  /** It is made of the clocks of incidents, each by itself. */
  readonly ofClocks?: true
}

/** What one figure makes of a population. */
export interface Measure {
  readonly over: keyof typeof populations
  /** Those of the population that the figure is about; all when left out. */
  readonly among?: (source: Source) => RawBuilder<SqlBool>
  /** Those that are counted, of those that it is about; all when left out. */
  readonly counted?: (source: Source) => RawBuilder<SqlBool>
  readonly value?: RawBuilder<number>
}

const always = sql<SqlBool>`true`

export const populations = {
  opened: { at: sql<string>`f.opened_at`, where: always },
  acknowledged: { at: sql<string>`f.acknowledged_at`, where: always },
  resolved: { at: sql<string>`f.resolved_at`, where: always },
  closed: { at: sql<string>`f.closed_at`, where: sql<SqlBool>`f.state = 'closed'` },
  cancelled: { at: sql<string>`f.ended_at`, where: sql<SqlBool>`f.state = 'cancelled'` },
  resolutionClocks: {
    at: sql<string>`c.stopped_at`,
    where: sql<SqlBool>`c.cancelled_at is null and c.kind = 'sla' and c.target = 'resolution'`,
    ofClocks: true,
  },
} as const satisfies Record<string, Population>

/** Milliseconds from one time to another, never less than none. */
const elapsed = (from: string, to: string) =>
  sql<number>`greatest(0, date_part('epoch', ${sql.ref(to)} - ${sql.ref(from)}) * 1000)`

const cameLive = sql<SqlBool>`f.source in ('phone', 'chat', 'walk_up')`

const atFirstContact = ({ facts }: Source) => sql<SqlBool>`(f.group_changes = 0 and f.hand_changes = 0 and f.waits = 0
  and f.reopenings = '{}' and f.resolved_by_id = f.opened_by_id
  and f.resolved_at <= f.opened_at + make_interval(mins => ${sql.lit(firstContactMinutes)})
  and not exists (select from ${facts} again where again.requester_id = f.requester_id and again.item_id <> f.item_id
    and again.category is not distinct from f.category and again.opened_at > f.opened_at
    and again.opened_at <= f.resolved_at + make_interval(hours => ${sql.lit(repeatDays * 24)})))`

/** The figures that count or measure what happened in a period, each beside its definition in the registry. */
export const measures = {
  opened: { over: 'opened' },
  majors: { over: 'opened', among: () => sql<SqlBool>`f.major` },
  resolved: { over: 'resolved' },
  closed: { over: 'closed' },
  cancelled: { over: 'cancelled' },
  timeToAcknowledge: { over: 'acknowledged', value: elapsed('f.opened_at', 'f.acknowledged_at') },
  timeToResolve: { over: 'resolved', value: elapsed('f.opened_at', 'f.resolved_at') },
  workingTimeToResolve: {
    over: 'resolved',
    value: sql<number>`greatest(0, ${elapsed('f.opened_at', 'f.resolved_at')} - f.waiting_ms)`,
  },
  businessTimeToResolve: {
    over: 'resolutionClocks',
    value: sql<number>`(c.business_ms + c.paused_business_ms)::float8`,
  },
  workingBusinessTimeToResolve: { over: 'resolutionClocks', value: sql<number>`c.business_ms::float8` },
  timeToClose: { over: 'closed', value: elapsed('f.opened_at', 'f.closed_at') },
  firstAssignmentResolution: { over: 'resolved', counted: () => sql<SqlBool>`f.group_changes = 0` },
  firstContactResolution: { over: 'resolved', among: () => cameLive, counted: atFirstContact },
  bounceRate: { over: 'resolved', counted: () => sql<SqlBool>`f.group_changes > 0` },
  meanHops: { over: 'resolved', value: sql<number>`f.group_changes::float8` },
} as const satisfies Partial<Record<KpiName, Measure>>

export type Flow = keyof typeof measures

export const isFlow = (name: KpiName): name is Flow => Object.hasOwn(measures, name)
export const measureOf = (name: Flow): Measure => measures[name]
export const populationOf = ({ over }: Measure): Population => populations[over]

/** What a population is read from. */
export const membersIn = ({ from, withClocks }: Source, measure: Measure) =>
  populationOf(measure).ofClocks ? sql`${from} ${withClocks}` : from
