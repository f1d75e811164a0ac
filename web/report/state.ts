import { useNavigate, useSearch } from '@tanstack/react-router'
import { Breakdown, Every } from '#shared/report.ts'
import { usual } from '#shared/report/boards.ts'
import { t } from '#web/core/words.ts'

/** What a page of figures asks, all of it in the URL: whoever opens it asks the same. */
export interface FigureSearch {
  readonly period?: string
  readonly f?: string
  readonly by?: Breakdown
  readonly every?: Every
  readonly asOf?: string
}

/** What the ways of incidents go through. */
export type Along = 'state' | 'team'

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

export function readFigureSearch(search: Record<string, unknown>): FigureSearch {
  const [period, f, asOf] = [text(search['period']), text(search['f']), text(search['asOf'])]
  const by = Breakdown.safeParse(search['by']).data
  const every = Every.safeParse(search['every']).data
  return {
    ...(period !== undefined && { period }),
    ...(f !== undefined && { f }),
    ...(by !== undefined && { by }),
    ...(every !== undefined && { every }),
    ...(asOf !== undefined && { asOf }),
  }
}

export const periods = [
  ['7d', t('Last 7 days')],
  ['30d', t('Last 30 days')],
  ['90d', t('Last 90 days')],
  ['12w', t('Last 12 weeks')],
  ['this-month', t('This month')],
  ['last-month', t('Last month')],
  ['this-quarter', t('This quarter')],
  ['last-quarter', t('Last quarter')],
  ['12mo', t('Last 12 months')],
] as const

/** Steps that make enough points to look at, and not too many. */
const stepsOf: Readonly<Record<string, Every>> = {
  '7d': 'day',
  '30d': 'day',
  '90d': 'week',
  '12w': 'week',
  'this-month': 'day',
  'last-month': 'day',
  'this-quarter': 'week',
  'last-quarter': 'week',
  '12mo': 'month',
}

/** The question that the URL asks, and how to ask another. */
export function useAsked() {
  const search: FigureSearch = useSearch({ strict: false })
  const navigate = useNavigate()
  const { period = usual.about.period, f: filter = usual.about.filter, by, asOf } = search
  const every = search.every ?? stepsOf[period] ?? usual.every
  const go = (change: { readonly [name in keyof FigureSearch]: FigureSearch[name] | undefined }) =>
    void navigate({ to: '.', search: readFigureSearch({ ...search, ...change }), replace: true })
  const question = { period, filter, ...(asOf !== undefined && { asOf }) }
  return { period, filter, by, every, asOf, question, search, go }
}

export type Asking = ReturnType<typeof useAsked>
