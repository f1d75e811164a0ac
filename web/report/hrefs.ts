import type { KpiName } from '#shared/report/kpis.ts'
import type { Breakdown } from '#shared/report.ts'
import type { FigureSearch } from '#web/report/state.ts'

type Search = { readonly [name: string]: string | number | undefined }

const at = (path: string, search: Search) => {
  const known = Object.entries(search).flatMap(([name, value]) =>
    value === undefined || (value === '' && name !== 'key') ? [] : [[name, String(value)]],
  )
  const text = new URLSearchParams(known).toString()
  return text === '' ? path : `${path}?${text}`
}

/** The page of one figure, asked as here. */
export const figureAt = (kpi: KpiName, search: FigureSearch, own = false) =>
  at(`/figures/${own ? 'own/' : ''}kpi/${kpi}`, { ...search })

export interface Behind {
  readonly part?: 'counted' | 'of'
  readonly by?: Breakdown
  readonly key?: string
  readonly from?: string
  readonly to?: string
  readonly age?: number
}

/** The records behind one number. */
export const recordsAt = (kpi: KpiName, search: FigureSearch, behind: Behind = {}, own = false) => {
  const { by: _, every: __, ...asked } = search
  return at(`/figures/${own ? 'own/' : ''}kpi/${kpi}/records`, { ...asked, ...behind })
}

/** The incidents that went one way. */
export const wayAt = (path: readonly (string | null)[], along: string, { by: _, every: __, ...asked }: FigureSearch) =>
  at('/figures/process/way', { ...asked, along, way: JSON.stringify(path) })

/** The queue under a filter. */
export const queueAt = (f: string, sort = '-createdAt') => at('/q', { f, sort })

/** The same figures as a table to take away. */
export const tableAt = (kpis: readonly KpiName[], asked: Search) =>
  at('/api/figures/table', { ...asked, kpis: kpis.join(',') })
