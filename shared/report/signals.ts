import { text } from '#shared/core/message.ts'
/** What the course of a figure says: where it usually runs, and which points are more than chance. */
export interface Course {
  readonly mean: number
  readonly upper: number
  readonly lower: number
  readonly signals: readonly Signal[]
}

export interface Signal {
  /** The last point of what is remarkable. */
  readonly at: number
  readonly rule: 'beyond' | 'run' | 'near'
  readonly side: 'above' | 'below'
}

/** Fewer points than this do not say where a figure usually runs. */
export const enough = 8
const runLength = 8

/**
 * Reads a course as a chart of individuals and moving ranges (XmR). Limits lie 2.66 mean moving ranges, three standard
 * deviations, from the mean. A point beyond a limit is a signal, and so are eight points in a row on one side of the mean
 * and two of three beyond two thirds of the way to the same limit. Of steady noise fewer
 * than one point in fifty is taken for a signal, or one in 25 where limits come from a baseline of thirty points. They
 * come from the baseline where there is one that is long enough and moves at all, else from the points themselves.
 */
export function courseOf(values: readonly (number | null)[], baseline: readonly (number | null)[] = []): Course | null {
  const known = values.filter(isNumber)
  const base = baseline.filter(isNumber)
  const ground = base.length >= enough && stepOf(base) > 0 ? base : known
  if (ground.length < enough) return null
  const mean = average(ground)
  const step = stepOf(ground)
  const away = values.map((value) => (value === null || step === 0 ? null : (value - mean) / (step / 3)))
  const signals = values.flatMap((_, at) => signalAt(away, at) ?? [])
  return { mean, upper: mean + step, lower: mean - step, signals }
}

/** The strongest signal that ends at a point, in standard deviations from the mean. */
function signalAt(away: readonly (number | null)[], at: number): Signal | null {
  const here = away[at] ?? 0
  if (here === 0) return null
  const over = (least: number) => (one: number | null) => one !== null && one * Math.sign(here) > least
  const last = (count: number) => (at + 1 < count ? [] : away.slice(at + 1 - count, at + 1))
  const side = here > 0 ? 'above' : 'below'
  if (over(3)(here)) return { at, rule: 'beyond', side }
  if (last(runLength).filter(over(0)).length === runLength) return { at, rule: 'run', side }
  return over(2)(here) && last(3).filter(over(2)).length >= 2 ? { at, rule: 'near', side } : null
}

export const signalWords = {
  beyond: text('beyond the limit'),
  run: text('eight in a row on one side of the mean'),
  near: text('two of three close to the limit'),
} as const satisfies Record<Signal['rule'], string>

/** From the mean to a limit. */
const stepOf = (values: readonly number[]) =>
  average(values.slice(1).map((value, at) => Math.abs(value - values[at]!))) * 2.66

const isNumber = (value: number | null) => value !== null
const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
