import { expect, test } from 'vitest'
import { startingRoles } from '#shared/access.ts'
import { listAudit } from '#shared/desk.ts'
import * as api from '#shared/people.ts'
import { addService, changeService, listServices } from '#shared/service.ts'
import { getMe } from '#shared/session.ts'
import { setUpDesk } from '#server/session/browser.fixture.ts'

const { desk, ada, roles, invited } = await setUpDesk()

const shape = (all: readonly { key: string; permissions: readonly string[] }[]) =>
  new Map(all.map(({ key, permissions }) => [key, new Set(permissions)]))

test('a new desk has the starting roles, each with just what it may', async () => {
  const listed = await ada.call(api.listRoles, {})
  expect(shape(listed)).toEqual(shape(startingRoles))
})

test('roles are data: a new one counts at once, and a change is felt at the next request', async () => {
  const role = await ada.call(api.addRole, { name: 'Night Watch', audience: 'staff', permissions: ['item.read'] })
  expect(role.key).toBe('night_watch')
  await expect(ada.call(api.addRole, { name: 'night watch', audience: 'staff', permissions: [] })).rejects.toThrow(
    'There is a role of that name',
  )
  const someone = await invited('Night Owl')
  await ada.call(api.changePerson, { id: someone.id, roleIds: [role.id] })
  await expect(someone.call(api.listTeams, {})).rejects.toThrow('it needs people.read')
  await ada.call(api.changeRole, { id: role.id, permissions: ['item.read', 'people.read'] })
  await expect(someone.call(api.listTeams, {})).resolves.toBeDefined()
  await expect(someone.call(getMe, {})).resolves.toMatchObject({ permissions: ['item.read', 'people.read'] })
})

test('a role of requesters holds nothing that is for staff', async () => {
  const wrong = { name: 'Too much', audience: 'requester' as const, permissions: ['people.read' as const] }
  await expect(ada.call(api.addRole, wrong)).rejects.toThrow('cannot hold people.read')
  await expect(
    ada.call(api.changeRole, { id: roles.get('requester')!, permissions: ['item.read', 'item.note'] }),
  ).rejects.toThrow('cannot hold item.note')
})

test('organisations, teams and services are added, changed and retired', async () => {
  const organisation = await ada.call(api.addOrganisation, { name: 'Quay', domain: 'Quay.example' })
  expect(organisation).toMatchObject({ domain: 'quay.example', people: 0 })
  await expect(ada.call(api.addOrganisation, { name: 'quay' })).rejects.toThrow('There is an organisation of that name')
  await ada.call(api.changeOrganisation, { id: organisation.id, retired: true })
  const quay = (await ada.call(api.listOrganisations, {})).find(({ id }) => id === organisation.id)
  expect(quay).toMatchObject({ name: 'Quay', retired: true })

  const someone = await invited('Crane Driver')
  const team = await ada.call(api.addTeam, {
    name: 'Cranes',
    members: [{ personId: someone.id, lead: true }],
    organisationIds: [organisation.id],
  })
  expect(team).toMatchObject({ members: [{ name: 'Crane Driver', lead: true }], organisations: [{ name: 'Quay' }] })
  const changed = await ada.call(api.changeTeam, { id: team.id, members: [{ personId: someone.id, lead: false }] })
  expect(changed.members).toMatchObject([{ lead: false }])
  await expect(ada.call(api.addTeam, { name: 'CRANES' })).rejects.toThrow('There is a team of that name')

  const service = await ada.call(addService, { name: 'Berths', tier: 1, teamId: team.id, ownerId: someone.id })
  expect(service).toMatchObject({ tier: 1, team: { name: 'Cranes' }, owner: { name: 'Crane Driver' } })
  await ada.call(changeService, { id: service.id, ownerId: null, retired: true })
  const requester = await invited('Ship Owner', 'requester')
  const seen = await requester.call(listServices, {})
  expect(seen.find(({ id }) => id === service.id)).toMatchObject({ owner: null, retired: true })
  await expect(someone.call(changeService, { id: service.id, tier: 4 })).rejects.toThrow('403')
  await expect(ada.call(addService, { name: 'Lost', tier: 1, teamId: desk.home.id })).rejects.toThrow('no such team')
})

test('every change to people, teams and roles tells who made it, and what was before', async () => {
  const someone = await invited('Audited One')
  await ada.call(api.changePerson, { id: someone.id, jobTitle: 'Harbour master' })
  const [change] = await ada.call(listAudit, { table: 'person', limit: 1 })
  expect(change).toMatchObject({ act: 'update', row: someone.id, by: 'Ada Byron' })
  expect(change!.before).toMatchObject({ job_title: null })
  expect(change!.after).toMatchObject({ job_title: 'Harbour master' })
  await expect(someone.call(listAudit, {})).rejects.toThrow('it needs audit.read')
})
