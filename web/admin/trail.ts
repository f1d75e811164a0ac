import type { Output } from '#shared/core/endpoint.ts'
import type { listAudit } from '#shared/desk.ts'
import { t } from '#web/core/words.ts'

export type Change = Output<typeof listAudit>[number]

/** The settings that the trail tells of, by their tables. */
export const tables: Readonly<Record<string, string>> = {
  setting: t('Desk'),
  person: t('Person'),
  person_role: t('Roles of a person'),
  role: t('Role'),
  team: t('Team'),
  member: t('Members of a team'),
  team_organisation: t('Whom a team serves'),
  organisation: t('Organisation'),
  service: t('Service'),
  rule: t('Rule'),
  priority_rule: t('Priority'),
  custom_field: t('Field'),
  template: t('Template'),
  calendar: t('Calendar'),
  calendar_version: t('Version of a calendar'),
  calendar_use: t('Who keeps a calendar'),
  sla_definition: t('Service level'),
  sla_version: t('Version of a service level'),
  survey: t('Survey'),
  source: t('Monitoring'),
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
  if (typeof value === 'boolean') return value ? t('yes') : t('no')
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 160 ? `${text.slice(0, 159)}…` : text
}
