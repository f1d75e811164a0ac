/** What a person may do, and how an administrator reads it. Roles are rows that grant these; code names only them. */
export const permissions = {
  'item.read': 'Read the records that are theirs to see',
  'item.read-organisation': 'Read all records of their own organisation',
  'item.read-everywhere': 'Read the records of every organisation, whether their teams serve it or not',
  'item.comment': 'Write to the requester, and attach files',
  'item.note': 'Read and write internal notes',
  'item.work': 'Change, assign, link, tag and tick off records',
  'item.export': 'Export lists',
  'import.manage': 'Bring in records from files, with their past',
  'incident.open': 'Report an incident',
  'incident.open-for-others': 'Report an incident for somebody else',
  'incident.override-priority': 'Set a priority that the matrix does not give, with a reason',
  'view.share': 'Share saved views with a team or everyone',
  'people.read': 'Look people up',
  'people.manage': 'Invite and change people, teams, organisations and roles',
  'service.manage': 'Change the list of services',
  'rule.manage': 'Change routing rules, priorities and custom fields',
  'sla.manage': 'Change calendars and service levels, and recalculate clocks',
  'template.manage': 'Change templates, replies and handling notes',
  'source.manage': 'Connect monitoring tools',
  'survey.manage': 'Decide what requesters are asked when their records are done',
  'report.read': 'Read the figures of what they may see',
  'audit.read': 'Read who changed which setting',
  'desk.manage': 'Set up the desk and see its health',
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
  { key: 'requester', name: 'Requester', audience: 'requester', permissions: requester },
  {
    key: 'organisation_contact',
    name: 'Organisation contact',
    audience: 'requester',
    permissions: [...requester, 'item.read-organisation'],
  },
  { key: 'analyst', name: 'Service desk analyst', audience: 'staff', permissions: analyst },
  { key: 'team_lead', name: 'Team lead', audience: 'staff', permissions: lead },
  { key: 'service_manager', name: 'Service manager', audience: 'staff', permissions: manager },
  { key: 'change_manager', name: 'Change manager', audience: 'staff', permissions: [...lead, 'item.read-everywhere'] },
  {
    key: 'auditor',
    name: 'Auditor',
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
  { key: 'administrator', name: 'Administrator', audience: 'staff', permissions: permissionNames },
]
