import type { KpiName } from '#shared/report/kpis.ts'

/** Figures that tell of the same thing otherwise: whoever looks at one may mean another. */
const alike: readonly (readonly KpiName[])[] = [
  ['timeToResolve', 'workingTimeToResolve', 'businessTimeToResolve', 'workingBusinessTimeToResolve', 'timeToClose'],
  ['firstAssignmentResolution', 'firstContactResolution', 'bounceRate', 'meanHops'],
  ['slaCompliance', 'slaResponseCompliance', 'slaResolutionCompliance'],
  ['backlog', 'unassigned', 'backlogGrowth'],
]

export const likeKpi = (name: KpiName): KpiName[] =>
  alike.flatMap((names) => (names.includes(name) ? names.filter((one) => one !== name) : []))
