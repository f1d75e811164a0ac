import type { Permission } from '#shared/access.ts'
import { useMay } from '#web/core/me.ts'

export interface AdminPlace {
  readonly href: string
  readonly label: string
  readonly about: string
  readonly group: 'This desk' | 'Work' | 'People' | 'Connections'
  readonly may: Permission
}

const places: readonly AdminPlace[] = [
  {
    href: '/admin/desk',
    label: 'Name and times',
    about: 'Its name, and how long what is solved stays open',
    group: 'This desk',
    may: 'desk.manage',
  },
  {
    href: '/admin/health',
    label: 'Health',
    about: 'Database, disk, jobs and the seal of the history',
    group: 'This desk',
    may: 'desk.manage',
  },
  { href: '/admin/audit', label: 'Audit', about: 'Who changed which setting', group: 'This desk', may: 'audit.read' },
  { href: '/admin/services', label: 'Services', about: 'What IT provides', group: 'Work', may: 'service.manage' },
  {
    href: '/admin/rules',
    label: 'Routing rules',
    about: 'Who gets what, without anybody lifting a finger',
    group: 'Work',
    may: 'rule.manage',
  },
  {
    href: '/admin/priorities',
    label: 'Priorities',
    about: 'What impact and urgency amount to',
    group: 'Work',
    may: 'rule.manage',
  },
  {
    href: '/admin/service-levels',
    label: 'Service levels',
    about: 'What is promised, by when, and in which hours',
    group: 'Work',
    may: 'sla.manage',
  },
  {
    href: '/admin/calendars',
    label: 'Calendars',
    about: 'Working hours, holidays, and whose they are',
    group: 'Work',
    may: 'sla.manage',
  },
  { href: '/admin/fields', label: 'Fields', about: 'What else a record should say', group: 'Work', may: 'rule.manage' },
  {
    href: '/admin/templates',
    label: 'Templates and replies',
    about: 'What saves typing, and what to know when handling',
    group: 'Work',
    may: 'template.manage',
  },
  {
    href: '/admin/surveys',
    label: 'Surveys',
    about: 'What requesters are asked when it is done',
    group: 'Work',
    may: 'survey.manage',
  },
  { href: '/people', label: 'People', about: 'Who may come in', group: 'People', may: 'people.manage' },
  { href: '/teams', label: 'Teams', about: 'Who works together, for whom', group: 'People', may: 'people.manage' },
  {
    href: '/organisations',
    label: 'Organisations',
    about: 'Departments or customers',
    group: 'People',
    may: 'people.manage',
  },
  { href: '/roles', label: 'Roles', about: 'Who may do what', group: 'People', may: 'people.manage' },
  {
    href: '/admin/sources',
    label: 'Monitoring',
    about: 'Tools whose alerts become incidents',
    group: 'Connections',
    may: 'source.manage',
  },
  {
    href: '/admin/imports',
    label: 'Import',
    about: 'Records from elsewhere, with their whole past',
    group: 'Connections',
    may: 'import.manage',
  },
]

export const groups = ['This desk', 'Work', 'People', 'Connections'] as const

/** What the one who is signed in can set up. */
export function useAdminPlaces() {
  const may = useMay()
  return places.filter((place) => may(place.may))
}
