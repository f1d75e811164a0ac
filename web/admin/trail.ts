import type { Output } from '#shared/core/endpoint.ts'
import type { listAudit } from '#shared/desk.ts'

export type Change = Output<typeof listAudit>[number]

/** The settings that the trail tells of, by their tables. */
export const tables: Readonly<Record<string, string>> = {
  setting: 'Desk',
  person: 'Person',
  person_role: 'Roles of a person',
  role: 'Role',
  team: 'Team',
  member: 'Members of a team',
  team_organisation: 'Whom a team serves',
  organisation: 'Organisation',
  service: 'Service',
  rule: 'Rule',
  priority_rule: 'Priority',
  custom_field: 'Field',
  template: 'Template',
  calendar: 'Calendar',
  calendar_version: 'Version of a calendar',
  calendar_use: 'Who keeps a calendar',
  sla_definition: 'Service level',
  sla_version: 'Version of a service level',
  survey: 'Survey',
  source: 'Monitoring',
}

export const nameOf = ({ before, after }: Pick<Change, 'before' | 'after'>) =>
  fieldsOf(after ?? before).get('name') ?? ''

/** Each field that differs; ids and times only where nothing else does. */
export function differencesOf(before: unknown, after: unknown) {
  const [was, is] = [fieldsOf(before), fieldsOf(after)]
  const names = [...new Set([...was.keys(), ...is.keys()])].filter((name) => was.get(name) !== is.get(name))
  const telling = names.filter((name) => !/(^|_)(id|at)$/.test(name))
  return (telling.length > 0 ? telling : names)
    .map((name) => ({ name: name.replaceAll('_', ' '), was: was.get(name) ?? '', is: is.get(name) ?? '' }))
    .filter((one) => one.was !== '' || one.is !== '')
}

function fieldsOf(row: unknown): ReadonlyMap<string, string> {
  if (typeof row !== 'object' || row === null) return new Map()
  return new Map(Object.entries(row).map(([name, value]) => [name, shown(value)]))
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 160 ? `${text.slice(0, 159)}…` : text
}
