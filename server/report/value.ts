import type { Value } from '#shared/report.ts'
import { kpiNamed, type KpiName } from '#shared/report/kpis.ts'
import type { Cell } from './cells.ts'

export const nothing = { count: 0, of: 0, mean: null, median: null, p90: null }

/** A number as a figure tells it: what it comes to, and of how many records. */
export function valueOf(kpi: KpiName, cell: Omit<Cell, 'kpi' | 'bucket' | 'key'> = nothing): Value {
  const { count, of, mean, median, p90 } = cell
  const { shape } = kpiNamed(kpi)
  const plain = { count, of: null, median: null, p90: null }
  if (shape === 'share') return { ...plain, value: of === 0 ? null : (100 * count) / of, of }
  if (shape === 'difference') return { ...plain, value: count - of, of }
  if (shape === 'count' || shape === 'level') return { ...plain, value: count }
  return { value: mean, count: of, of: null, median, p90 }
}
