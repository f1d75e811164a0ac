import { text } from '#shared/core/message.ts'
/** What a person may do, and how an administrator reads it. Roles are rows that grant these; code names only them. */
export const permissions = {
  'item.read': text('Read the records that are theirs to see'),
  'item.read-organisation': text('Read all records of their own organisation'),
  'item.read-everywhere': text('Read the records of every organisation, whether their teams serve it or not'),
  'item.comment': text('Write to the requester, and attach files'),
  'item.note': text('Read and write internal notes'),
  'item.work': text('Change, assign, link, tag and tick off records'),
  'item.export': text('Export lists'),
  'import.manage': text('Bring in records from files, with their past'),
  'incident.open': text('Report an incident'),
  'incident.open-for-others': text('Report an incident for somebody else'),
  'incident.override-priority': text('Set a priority that the matrix does not give, with a reason'),
  'view.share': text('Share saved views with a team or everyone'),
  'people.read': text('Look people up'),
  'people.manage': text('Invite and change people, teams, organisations and roles'),
  'service.manage': text('Change the list of services'),
  'rule.manage': text('Change routing rules, priorities and custom fields'),
  'sla.manage': text('Change calendars and service levels, and recalculate clocks'),
  'template.manage': text('Change templates, replies and handling notes'),
  'source.manage': text('Connect monitoring tools'),
  'survey.manage': text('Decide what requesters are asked when their records are done'),
  'report.read': text('Read the figures of what they may see'),
  'audit.read': text('Read who changed which setting'),
  'desk.manage': text('Set up the desk and see its health'),
} as const

export type Permission = keyof typeof permissions
export const permissionNames = namesOf(permissions)

/** The names of a dictionary, as the compiler knows them and Object.keys does not. */
export function namesOf<T extends object>(dictionary: T) {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a literal has no names but its own
  return Object.keys(dictionary) as [keyof T & string, ...(keyof T & string)[]]
}

/** Which side of the counter someone stands on; each is a database role of its own. */
export type Audience = 'staff' | 'requester'

const requester = ['item.read', 'item.comment', 'incident.open'] as const
const analyst = [
  ...requester,
  ...(['item.note', 'item.work', 'item.export', 'incident.open-for-others', 'people.read'] as const),
] as const
const lead = [...analyst, 'incident.override-priority', 'view.share', 'template.manage', 'report.read'] as const
const manager = [
  ...lead,
  'item.read-everywhere',
  'service.manage',
  'rule.manage',
  'sla.manage',
  'survey.manage',
  'audit.read',
] as const

/** The roles that a new desk starts with. They are data: an administrator can change them and add others. */
export const startingRoles: readonly {
  readonly key: string
  readonly name: string
  readonly audience: Audience
  readonly permissions: readonly Permission[]
}[] = [
  { key: 'requester', name: text('Requester'), audience: 'requester', permissions: requester },
  {
    key: 'organisation_contact',
    name: text('Organisation contact'),
    audience: 'requester',
    permissions: [...requester, 'item.read-organisation'],
  },
  { key: 'analyst', name: text('Service desk analyst'), audience: 'staff', permissions: analyst },
  { key: 'team_lead', name: text('Team lead'), audience: 'staff', permissions: lead },
  { key: 'service_manager', name: text('Service manager'), audience: 'staff', permissions: manager },
  {
    key: 'change_manager',
    name: text('Change manager'),
    audience: 'staff',
    permissions: [...lead, 'item.read-everywhere'],
  },
  {
    key: 'auditor',
    name: text('Auditor'),
    audience: 'staff',
    permissions: [
      'item.read',
      'item.read-everywhere',
      'item.note',
      'item.export',
      'people.read',
      'report.read',
      'audit.read',
    ],
  },
  { key: 'administrator', name: text('Administrator'), audience: 'staff', permissions: permissionNames },
]
