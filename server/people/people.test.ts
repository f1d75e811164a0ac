import { expect, test } from 'vitest'
import { openIncident } from '#shared/incident.ts'
import * as api from '#shared/people.ts'
import { addService } from '#shared/service.ts'
import { getMe } from '#shared/session.ts'
import { actorFor } from '#server/people/people.ts'
import { setUpDesk } from '#server/session/browser.fixture.ts'

const { desk, ada, roles, invited } = await setUpDesk()
const role = (key: string) => roles.get(key)!
const home = desk.home.id

async function add(name: string, more: { roleIds?: string[]; organisationId?: string; teamIds?: string[] } = {}) {
  const email = `${name.toLowerCase().replaceAll(/\W+/g, '.')}@steward.example`
  const about = { name, email, organisationId: home, roleIds: [role('analyst')], invite: false, ...more }
  return (await ada.call(api.addPerson, about)).person
}

test('people are found by parts of their name and address, and page by page without gaps or doubles', async () => {
  const names = ['Zoë Quill', 'Zane Quill', 'Zora Quill', 'Zed Quill', 'Zack Quill']
  for (const name of names) await add(name)
  const all: string[] = []
  let after: string | null = null
  do {
    const page: { people: { name: string }[]; next: string | null } = await ada.call(api.listPeople, {
      q: 'quill z',
      limit: 2,
      ...(after && { after }),
    })
    all.push(...page.people.map(({ name }) => name))
    after = page.next
  } while (after)
  expect(all).toEqual(['Zack Quill', 'Zane Quill', 'Zed Quill', 'Zora Quill', 'Zoë Quill'])
  const { people } = await ada.call(api.listPeople, { q: 'zora.quill@stew' })
  expect(people.map(({ name }) => name)).toEqual(['Zora Quill'])
  expect((await ada.call(api.listPeople, { q: '%' })).people).toEqual([])
  await expect(ada.call(api.listPeople, { after: 'elsewhere' })).rejects.toThrow('400')
})

test('requesters cannot look people up, nor staff who may not manage change them', async () => {
  const requester = await invited('Plain Requester', 'requester')
  const analyst = await invited('Plain Analyst')
  await expect(requester.call(api.listPeople, {})).rejects.toThrow('403')
  await expect(requester.call(api.getPerson, { id: analyst.id })).rejects.toThrow('403')
  await expect(analyst.call(api.getPerson, { id: requester.id })).resolves.toMatchObject({ name: 'Plain Requester' })
  await expect(analyst.call(api.changePerson, { id: requester.id, vip: true })).rejects.toThrow('403')
  await expect(analyst.call(api.changeRole, { id: role('analyst'), permissions: ['people.manage'] })).rejects.toThrow(
    '403',
  )
})

test('an address is a person’s alone, whatever its letters', async () => {
  await add('Same Address')
  const email = 'SAME.Address@Steward.example'
  const about = { name: 'Other', email, organisationId: home, roleIds: [role('analyst')] }
  await expect(ada.call(api.addPerson, about)).rejects.toThrow('Another person has that address')
})

test('which side of the counter somebody stands on follows from their roles', async () => {
  const { id, audience } = await add('Side Changer', { roleIds: [role('requester')] })
  expect(audience).toBe('requester')
  const both = await ada.call(api.changePerson, { id, roleIds: [role('requester'), role('analyst')] })
  expect(both.audience).toBe('staff')
  const team = await ada.call(api.addTeam, { name: 'Counter', members: [{ personId: id, lead: false }] })
  await expect(ada.call(api.changePerson, { id, roleIds: [role('requester')] })).rejects.toThrow('in Counter')
  await ada.call(api.changeTeam, { id: team.id, members: [] })
  await expect(ada.call(api.changePerson, { id, roleIds: [role('requester')] })).resolves.toMatchObject({
    audience: 'requester',
  })
  await expect(ada.call(api.changeTeam, { id: team.id, members: [{ personId: id, lead: true }] })).rejects.toThrow(
    'Only staff',
  )
})

test('what somebody sees follows from their teams and whom those serve', async () => {
  const harbour = await ada.call(api.addOrganisation, { name: 'Harbour', domain: 'harbour.example' })
  const bound = await ada.call(api.addTeam, { name: 'Harbour desk', organisationIds: [harbour.id] })
  const open = await ada.call(api.addTeam, { name: 'Everyone’s desk' })
  const actor = async (id: string) => (await desk.asSystem(({ db }) => actorFor(db, id, 'web')))!

  const teamless = await add('Team Less')
  expect(await actor(teamless.id)).toMatchObject({ teams: [], serves: [home], everywhere: false })
  const one = await add('Team Bound', { teamIds: [bound.id] })
  expect(await actor(one.id)).toMatchObject({ teams: [bound.id], serves: [harbour.id], everywhere: false })
  const all = await add('Team Open', { teamIds: [bound.id, open.id] })
  expect(await actor(all.id)).toMatchObject({ everywhere: true })
  const auditor = await add('Team Auditor', { roleIds: [role('auditor')] })
  expect(await actor(auditor.id)).toMatchObject({ everywhere: true })
  const contact = await add('Team Contact', { roleIds: [role('organisation_contact')] })
  expect(await actor(contact.id)).toMatchObject({ serves: [], everywhere: false, audience: 'requester' })

  await ada.call(api.changeTeam, { id: open.id, retired: true })
  expect(await actor(all.id)).toMatchObject({ serves: [harbour.id], everywhere: false })
  await ada.call(api.deactivatePerson, { id: one.id })
  expect(await desk.asSystem(({ db }) => actorFor(db, one.id, 'web'))).toBeNull()
})

test('who leaves leaves a list of what is theirs', async () => {
  const leaver = await invited('Off Leaving')
  await ada.call(api.addTeam, { name: 'Led by leaver', members: [{ personId: leaver.id, lead: true }] })
  await ada.call(addService, { name: 'Owned by leaver', tier: 2, ownerId: leaver.id })
  const { id } = await ada.call(openIncident, { title: 'Left behind' })
  await desk.asSystem(({ db }) => db.updateTable('item').set({ assigneeId: leaver.id }).where('id', '=', id).execute())
  const left = await ada.call(api.deactivatePerson, { id: leaver.id })
  expect(left).toMatchObject({
    recordCount: 1,
    records: [{ id, kind: 'incident', title: 'Left behind' }],
    leads: [{ name: 'Led by leaver' }],
    services: [{ name: 'Owned by leaver' }],
  })
  await expect(leaver.call(getMe, {})).rejects.toThrow('401')
})

test('the last administrator stays, whichever way they would be lost', async () => {
  const me = await ada.call(getMe, {})
  const without = 'without an administrator'
  await expect(ada.call(api.deactivatePerson, { id: me.id })).rejects.toThrow(without)
  await expect(ada.call(api.changePerson, { id: me.id, roleIds: [role('analyst')] })).rejects.toThrow(without)
  await expect(ada.call(api.changeRole, { id: role('administrator'), permissions: ['item.read'] })).rejects.toThrow(
    without,
  )
  await expect(ada.call(getMe, {})).resolves.toMatchObject({ name: 'Ada Byron' })
  const other = await invited('Other Admin', 'administrator')
  const replies = await Promise.all([
    ada.send(api.deactivatePerson, { id: other.id }),
    other.send(api.deactivatePerson, { id: me.id }),
  ])
  const codes = replies.map(({ statusCode }) => statusCode)
  expect(codes.filter((code) => code === 200)).toHaveLength(1)
  const [left] = codes[0] === 200 ? [ada] : [other]
  await expect(left.call(getMe, {})).resolves.toBeDefined()
  if (codes[0] !== 200) await other.call(api.activatePerson, { id: me.id })
})
