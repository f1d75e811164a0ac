import type { Input } from '#shared/core/endpoint.ts'
import type { askAges, askOwnFigures, Breakdown, Every } from '#shared/report.ts'
import type { KpiName } from './kpis.ts'

/** What the service manager's board tells in numbers, and what in its course. */
export const serviceTiles: readonly KpiName[] = [
  'slaCompliance',
  'timeToAcknowledge',
  'timeToResolve',
  'backlog',
  'backlogGrowth',
  'firstAssignmentResolution',
  'reopenRate',
  'bounceRate',
]
export const serviceCourses: readonly KpiName[] = ['slaCompliance', 'timeToResolve', 'opened', 'resolved', 'backlog']
export const serviceKpis: readonly KpiName[] = [...new Set([...serviceTiles, ...serviceCourses])]

/** What it tells of each service, team or priority, in this order. */
export const brokenDown = [
  'opened',
  'resolved',
  'backlog',
  'timeToResolve',
  'slaCompliance',
  'reopenRate',
  'bounceRate',
] as const satisfies readonly KpiName[]

/** The stretch that a board is about, and what counts in it. */
export interface About {
  readonly period: string
  readonly filter: string
  readonly asOf?: string | undefined
}

/** The board as it opens where nobody asked for anything else. */
export const usual = { about: { period: '12w', filter: '' }, every: 'week', by: 'service' } as const

export const serviceFigures = (about: About, every: Every): Input<typeof askOwnFigures> => ({
  ...about,
  kpis: serviceKpis.join(','),
  every,
  compare: true,
  course: 'means',
})

export const serviceAges = (about: About, every: Every): Input<typeof askAges> => ({ ...about, every })

export const serviceBreakdown = (about: About, by: Breakdown): Input<typeof askOwnFigures> => ({
  ...about,
  kpis: brokenDown.join(','),
  by,
})
