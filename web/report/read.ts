import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Input } from '#shared/core/endpoint.ts'
import {
  askAges,
  askFigures,
  askOwnFigures,
  listFigureRecords,
  listOwnFigureRecords,
  type Figure,
  type Every,
  type Figures,
} from '#shared/report.ts'
import { kpiNamed, type KpiName } from '#shared/report/kpis.ts'
import { courseOf, type Course } from '#shared/report/signals.ts'
import { query } from '#web/core/api.ts'

/** Figures stay on the page while others are fetched: a page that empties itself cannot be compared. */
const kept = { placeholderData: keepPreviousData, staleTime: 60_000 }

export const useFigures = (input: Input<typeof askFigures>, own = false) =>
  useQuery({ ...query(own ? askOwnFigures : askFigures, input), ...kept })

export const useAges = (input: Input<typeof askAges>) => useQuery({ ...query(askAges, input), ...kept })

export const useRecords = (input: Input<typeof listFigureRecords>, own: boolean) =>
  useQuery({ ...query(own ? listOwnFigureRecords : listFigureRecords, input), ...kept })

export const figureIn = (answer: Figures, kpi: KpiName): Figure | undefined =>
  answer.figures.find((figure) => figure.kpi === kpi)

/**
 * Where a figure usually runs, by the period before, and what of this one is more than chance. Only whole steps count. A
 * level drifts, and the days of a week differ by themselves: limits would take either for a signal.
 */
export function courseIn({ buckets }: Figures, { kpi, series, seriesBefore }: Figure, every: Every): Course | null {
  if (every === 'day' || kpiNamed(kpi).shape === 'level') return null
  const whole = series.map(({ value }, at) => (buckets[at]?.whole ? value : null))
  return courseOf(
    whole,
    seriesBefore.map(({ value }) => value),
  )
}
