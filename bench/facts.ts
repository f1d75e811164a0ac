import { told, type Told } from '#server/report/fact.ts'
import { line, listed, valuesOf } from './lines.ts'

const factFields = [
  ...(['itemId', 'recordedAt', 'state', 'priority', 'organisationId', 'serviceId', 'teamId', 'assigneeId'] as const),
  ...([
    'requesterId',
    'confidential',
    'category',
    'source',
    'major',
    'openedById',
    'resolvedById',
    'openedAt',
  ] as const),
  ...(['acknowledgedAt', 'assignedAt', 'resolvedAt', 'closedAt', 'endedAt', 'waitingSince', 'waitingMs'] as const),
  ...(['waits', 'groupChanges', 'handChanges', 'resolutions', 'endings', 'reopenings'] as const),
] as const
const stepFields = ['itemId', 'seq', 'at', 'recordedAt', 'state', 'teamId'] as const

/** Where the facts of incidents go. */
export const factTargets = {
  fact: `incident_fact (${listed(factFields)})`,
  past: `incident_fact_past (${listed([...factFields, 'until'])})`,
  step: `incident_step (${listed(stepFields)})`,
} as const

/** What figures are made of, from a history, as the desk keeps it. */
export function tellFacts(rows: Record<keyof typeof factTargets, string[]>, history: readonly Told[]) {
  const { versions, moves } = told(history)
  for (const { fact, until } of versions) {
    const its = valuesOf({ ...fact }, factFields)
    if (until === null) rows.fact.push(line(its))
    else rows.past.push(line([...its, until]))
  }
  for (const move of moves) rows.step.push(line(valuesOf({ ...move }, stepFields)))
}
