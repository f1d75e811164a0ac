import type { Permission } from '#shared/access.ts'
import { useMay } from '#web/core/me.ts'
import { t } from '#web/core/words.ts'

export const groups = [
  { group: 'desk', name: t('This desk') },
  { group: 'work', name: t('Work') },
  { group: 'people', name: t('People') },
  { group: 'connections', name: t('Connections') },
] as const

export interface AdminPlace {
  readonly href: string
  readonly label: string
  readonly about: string
  readonly group: (typeof groups)[number]['group']
  readonly may: Permission
}

const places: readonly AdminPlace[] = [
  {
    href: '/admin/desk',
    label: t('Name and times'),
    about: t('Its name, and how long what is solved stays open'),
    group: 'desk',
    may: 'desk.manage',
  },
  {
    href: '/admin/health',
    label: t('Health'),
    about: t('Database, disk, jobs and the seal of the history'),
    group: 'desk',
    may: 'desk.manage',
  },
  {
    href: '/admin/audit',
    label: t('Audit'),
    about: t('Who changed which setting'),
    group: 'desk',
    may: 'audit.read',
  },
  {
    href: '/admin/services',
    label: t('Services'),
    about: t('What IT provides'),
    group: 'work',
    may: 'service.manage',
  },
  {
    href: '/admin/rules',
    label: t('Routing rules'),
    about: t('Who gets what, without anybody lifting a finger'),
    group: 'work',
    may: 'rule.manage',
  },
  {
    href: '/admin/priorities',
    label: t('Priorities'),
    about: t('What impact and urgency amount to'),
    group: 'work',
    may: 'rule.manage',
  },
  {
    href: '/admin/service-levels',
    label: t('Service levels'),
    about: t('What is promised, by when, and in which hours'),
    group: 'work',
    may: 'sla.manage',
  },
  {
    href: '/admin/calendars',
    label: t('Calendars'),
    about: t('Working hours, holidays, and whose they are'),
    group: 'work',
    may: 'sla.manage',
  },
  {
    href: '/admin/fields',
    label: t('Fields'),
    about: t('What else a record should say'),
    group: 'work',
    may: 'rule.manage',
  },
  {
    href: '/admin/templates',
    label: t('Templates and replies'),
    about: t('What saves typing, and what to know when handling'),
    group: 'work',
    may: 'template.manage',
  },
  {
    href: '/admin/surveys',
    label: t('Surveys'),
    about: t('What requesters are asked when it is done'),
    group: 'work',
    may: 'survey.manage',
  },
  { href: '/people', label: t('People'), about: t('Who may come in'), group: 'people', may: 'people.manage' },
  {
    href: '/teams',
    label: t('Teams'),
    about: t('Who works together, for whom'),
    group: 'people',
    may: 'people.manage',
  },
  {
    href: '/organisations',
    label: t('Organisations'),
    about: t('Departments or customers'),
    group: 'people',
    may: 'people.manage',
  },
  { href: '/roles', label: t('Roles'), about: t('Who may do what'), group: 'people', may: 'people.manage' },
  {
    href: '/admin/sources',
    label: t('Monitoring'),
    about: t('Tools whose alerts become incidents'),
    group: 'connections',
    may: 'source.manage',
  },
  {
    href: '/admin/imports',
    label: t('Import'),
    about: t('Records from elsewhere, with their whole past'),
    group: 'connections',
    may: 'import.manage',
  },
]

/** What the one who is signed in can set up. */
export function useAdminPlaces() {
  const may = useMay()
  return places.filter((place) => may(place.may))
}
