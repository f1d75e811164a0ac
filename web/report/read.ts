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
import type { Asking } from '#web/report/state.ts'

/** Figures stay on the page while others are fetched: a page that empties itself cannot be compared. */
const shown = { placeholderData: keepPreviousData, staleTime: 60_000 }

export const useFigures = (input: Input<typeof askOwnFigures>, own = false) =>
  useQuery({ ...(own ? query(askOwnFigures, input) : query(askFigures, input)), ...shown })

const minute = 60_000

/** Figures that may take long to count: what was kept of them shows at once, and gives way to those of now where it is old. */
export function useKeptFigures(input: Input<typeof askOwnFigures>) {
  const kept = useQuery({ ...query(askFigures, { ...input, kept: true }), ...shown })
  const now = useQuery({ ...query(askFigures, input), enabled: isOld(kept, input) })
  return now.data ? now : kept
}

export function useKeptAges(input: Input<typeof askAges>) {
  const kept = useQuery({ ...query(askAges, { ...input, kept: true }), ...shown })
  const now = useQuery({ ...query(askAges, input), enabled: isOld(kept, input) })
  return now.data ? now : kept
}

interface Told {
  readonly asOf: string
}

const ageOf = ({ asOf }: Told) => Date.now() - Date.parse(asOf)

const isOld = (
  { data, isPlaceholderData }: { readonly data: Told | undefined; readonly isPlaceholderData: boolean },
  { asOf }: { readonly asOf?: string | undefined },
) => data !== undefined && !isPlaceholderData && asOf === undefined && ageOf(data) > 10 * minute

const isPast = (answer: Told) => ageOf(answer) > minute

/** The question as of when it was answered, if that is a while ago: the records behind a number are those of then. */
export const asAnswered = (asking: Asking, answer: Told): Asking =>
  isPast(answer) ? { ...asking, search: { ...asking.search, asOf: answer.asOf } } : asking

export const useAges = (input: Input<typeof askAges>) => useQuery({ ...query(askAges, input), ...shown })

export const useRecords = (input: Input<typeof listFigureRecords>, own: boolean) =>
  useQuery({ ...query(own ? listOwnFigureRecords : listFigureRecords, input), ...shown })

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
