import { incidentStates, priorityNames } from '#shared/incident.ts'
import type { Breakdown } from '#shared/report.ts'
import { t } from '#web/core/words.ts'
import type { Along } from '#web/report/state.ts'

interface Group {
  readonly key: string | null
  readonly label: string
}

const none: Readonly<Record<Breakdown, string>> = {
  service: t('No service'),
  team: t('No team'),
  priority: t('No priority'),
  organisation: t('No organisation'),
  assignee: t('Nobody'),
  category: t('No category'),
  source: t('No source'),
}

const priorities = new Map(Object.entries(priorityNames).map(([key, name]) => [key, `${key} ${t(name)}`]))

/** What a group is called: by the data of the desk, but for those that every desk has. */
export function groupName({ key, label }: Group, by: Breakdown) {
  if (key === null) return none[by]
  return by === 'priority' ? (priorities.get(key) ?? label) : label
}

const states = new Map<string | null, string>(
  Object.entries(incidentStates).map(([key, state]) => [key, t(state.label)]),
)

/** What a place on the way of an incident is called: a state, or a team. */
export function placeName({ key, label }: Group, along: Along) {
  if (along === 'state') return states.get(key) ?? label
  return key === null ? none.team : label
}
