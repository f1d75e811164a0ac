import type { Ctx } from '#server/core/desk.ts'
import { invalid } from '#server/core/refusal.ts'
import { bucketsOf, periodOf, type Bucket, type Span } from '#shared/report/period.ts'

export interface Question {
  readonly period: string
  readonly zone?: string | undefined
  readonly filter: string
  readonly asOf?: string | undefined
  readonly window?: number | undefined
}

/** What a question stands on: whose days are meant, which stretch of time, and what is known. */
export interface Ground {
  readonly zone: string
  readonly asOf: string
  /** Null where all that is known now counts. */
  readonly past: string | null
  readonly now: Span
  readonly before: Span
}

export function groundOf(ctx: Ctx, { period, zone = ctx.actor.zone, asOf: wanted }: Question): Ground {
  const asOf = wanted === undefined ? ctx.now : new Date(wanted).toISOString()
  if (asOf > ctx.now) throw invalid({ asOf: 'Nothing is known of a time to come' })
  const spans = periodOf(period, zone, asOf)
  if (!spans) throw invalid({ period: 'There is no such period, or it is longer than ten years' })
  return { zone, asOf, past: asOf < ctx.now ? asOf : null, ...spans }
}

export function bucketsIn({ zone, asOf }: Ground, span: Span, every: 'day' | 'week' | 'month' | undefined): Bucket[] {
  if (every === undefined) return []
  const buckets = bucketsOf(span, every, zone, asOf)
  if (!buckets) throw invalid({ every: 'That is more than can be shown: take a shorter period, or longer steps' })
  return buckets
}

/** A write may take this long before others see it; what is older is all there. */
const longestWrite = 60_000

/** Whether all that was recorded by the as-of can be seen by now. */
export const isSettled = ({ now }: Ctx, { asOf }: Ground) => Date.parse(now) - Date.parse(asOf) >= longestWrite

/** The as-of, as a moment by which what happened at it has happened. */
export const momentOf = ({ asOf }: Ground) => new Date(Date.parse(asOf) + 1).toISOString()

/** The last moment of a span that is known: what happened at the as-of itself is known too. */
export function lastMoment(ground: Ground, { to }: Span) {
  const known = momentOf(ground)
  return to < known ? to : known
}
