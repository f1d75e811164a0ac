import { z } from 'zod'
import { permissionNames } from '#shared/access.ts'
import { endpoint } from '#shared/core/endpoint.ts'
import { text } from '#shared/core/message.ts'
import { Done, Email, Id, Name, OrganisationRef, TeamRef, Time } from '#shared/core/values.ts'

const Zone = z
  .string()
  .max(60)
  .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', text('Name a time zone'))
const RoleRef = z.object({ id: Id, key: z.string(), name: z.string() })

export const Person = z
  .object({
    id: Id,
    name: z.string(),
    email: z.string(),
    jobTitle: z.string().nullable(),
    phone: z.string().nullable(),
    organisation: OrganisationRef,
    manager: z.object({ id: Id, name: z.string() }).nullable(),
    zone: z.string(),
    vip: z.boolean(),
    active: z.boolean(),
    audience: z.enum(['staff', 'requester']),
    roles: z.array(RoleRef),
    teams: z.array(TeamRef.extend({ lead: z.boolean() })),
    hasPassword: z.boolean(),
    lastSeenAt: Time.nullable(),
  })
  .meta({ id: 'Person' })
export type Person = z.infer<typeof Person>

export const listPeople = endpoint({
  method: 'GET',
  path: '/people',
  may: 'people.read',
  summary: 'List people by name, e-mail, team or organisation',
  input: z.object({
    q: z.string().trim().max(100).default(''),
    teamId: Id.optional(),
    organisationId: Id.optional(),
    audience: z.enum(['staff', 'requester']).optional(),
    active: z.enum(['true', 'false']).optional(),
    after: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({ people: z.array(Person), next: z.string().nullable() }),
})

export const getPerson = endpoint({
  method: 'GET',
  path: '/people/:id',
  may: 'people.read',
  summary: 'Get one person',
  input: z.object({ id: Id }),
  output: Person,
})

const about = {
  name: Name,
  email: Email,
  jobTitle: Name.nullable(),
  phone: Name.nullable(),
  organisationId: Id,
  managerId: Id.nullable(),
  zone: Zone,
  vip: z.boolean(),
  roleIds: z.array(Id).min(1, text('Give at least one role')).max(20),
}

/** A link that works once and is shown where no mail server is set. */
const OneTimeLink = z.string().nullable().meta({ description: 'Shown once, where no mail server is set' })

export const addPerson = endpoint({
  method: 'POST',
  path: '/people',
  may: 'people.manage',
  secret: true,
  summary: 'Add a person, and invite them by a link that works once',
  input: z.object({
    ...about,
    jobTitle: Name.nullish(),
    phone: Name.nullish(),
    managerId: Id.nullish(),
    zone: Zone.default('UTC'),
    vip: z.boolean().default(false),
    teamIds: z.array(Id).max(50).default([]),
    invite: z.boolean().default(true),
  }),
  output: z.object({ person: Person, link: OneTimeLink }),
})

export const changePerson = endpoint({
  method: 'PATCH',
  path: '/people/:id',
  may: 'people.manage',
  summary: 'Change a person',
  input: z.object(about).partial().extend({ id: Id }),
  output: Person,
})

export const inviteAgain = endpoint({
  method: 'POST',
  path: '/people/:id/invitation',
  may: 'people.manage',
  secret: true,
  summary: 'Send a person a new link to set a password',
  input: z.object({ id: Id }),
  output: z.object({ link: OneTimeLink }),
})

/** What somebody leaves behind: records still on them, teams they lead, services they own. */
export const Left = z
  .object({
    records: z.array(z.object({ id: Id, kind: z.string(), number: z.string(), title: z.string() })),
    recordCount: z.int(),
    leads: z.array(TeamRef),
    services: z.array(z.object({ id: Id, name: z.string() })),
  })
  .meta({ id: 'Left' })

export const deactivatePerson = endpoint({
  method: 'POST',
  path: '/people/:id/deactivation',
  may: 'people.manage',
  summary: 'End a person’s access at once, and list what they own',
  input: z.object({ id: Id }),
  output: Left,
})

export const activatePerson = endpoint({
  method: 'DELETE',
  path: '/people/:id/deactivation',
  may: 'people.manage',
  summary: 'Give a person their access back',
  input: z.object({ id: Id }),
  output: Done,
})

export const Team = z
  .object({
    id: Id,
    name: z.string(),
    description: z.string(),
    members: z.array(z.object({ id: Id, name: z.string(), lead: z.boolean(), active: z.boolean() })),
    organisations: z.array(OrganisationRef).meta({ description: 'Whom the team serves; none means all' }),
    retired: z.boolean(),
  })
  .meta({ id: 'Team' })

export const listTeams = endpoint({
  method: 'GET',
  path: '/teams',
  may: 'people.read',
  summary: 'List the teams',
  input: z.object({}),
  output: z.array(Team),
})

const aboutTeam = {
  name: Name,
  description: z.string().trim().max(2000),
  members: z.array(z.object({ personId: Id, lead: z.boolean() })).max(500),
  organisationIds: z.array(Id).max(500),
}

export const addTeam = endpoint({
  method: 'POST',
  path: '/teams',
  may: 'people.manage',
  summary: 'Add a team',
  input: z.object(aboutTeam).partial().extend({ name: Name }),
  output: Team,
})

export const changeTeam = endpoint({
  method: 'PATCH',
  path: '/teams/:id',
  may: 'people.manage',
  summary: 'Change a team, its members and whom it serves, or retire it',
  input: z
    .object({ ...aboutTeam, retired: z.boolean() })
    .partial()
    .extend({ id: Id }),
  output: Team,
})

export const Organisation = z
  .object({ id: Id, name: z.string(), domain: z.string().nullable(), people: z.int(), retired: z.boolean() })
  .meta({ id: 'Organisation' })

const Domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, text('A domain looks like example.com'))

export const listOrganisations = endpoint({
  method: 'GET',
  path: '/organisations',
  may: 'people.read',
  summary: 'List the organisations: departments or customers',
  input: z.object({}),
  output: z.array(Organisation),
})

export const addOrganisation = endpoint({
  method: 'POST',
  path: '/organisations',
  may: 'people.manage',
  summary: 'Add an organisation',
  input: z.object({ name: Name, domain: Domain.nullish() }),
  output: Organisation,
})

export const changeOrganisation = endpoint({
  method: 'PATCH',
  path: '/organisations/:id',
  may: 'people.manage',
  summary: 'Change an organisation, or retire it',
  input: z.object({ name: Name, domain: Domain.nullable(), retired: z.boolean() }).partial().extend({ id: Id }),
  output: Organisation,
})

export const Role = z
  .object({
    id: Id,
    key: z.string(),
    name: z.string(),
    audience: z.enum(['staff', 'requester']),
    permissions: z.array(z.enum(permissionNames)),
  })
  .meta({ id: 'Role' })

export const listRoles = endpoint({
  method: 'GET',
  path: '/roles',
  may: 'people.read',
  summary: 'List the roles and what each may do',
  input: z.object({}),
  output: z.array(Role),
})

const aboutRole = { name: Name, permissions: z.array(z.enum(permissionNames)) }

export const addRole = endpoint({
  method: 'POST',
  path: '/roles',
  may: 'people.manage',
  summary: 'Add a role',
  input: z.object({ ...aboutRole, audience: z.enum(['staff', 'requester']) }),
  output: Role,
})

export const changeRole = endpoint({
  method: 'PATCH',
  path: '/roles/:id',
  may: 'people.manage',
  summary: 'Change what a role may do',
  input: z.object(aboutRole).partial().extend({ id: Id }),
  output: Role,
})
