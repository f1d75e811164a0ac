import { expect, test } from 'vitest'
import { setUpDesk } from '#server/session/browser.fixture.ts'
import * as alert from '#shared/alert.ts'
import * as api from '#shared/desk.ts'
import * as custom from '#shared/item/custom.ts'
import * as people from '#shared/people.ts'
import * as rules from '#shared/rule.ts'
import * as services from '#shared/service.ts'
import * as surveys from '#shared/survey.ts'
import * as templates from '#shared/template.ts'
import { admin } from '#test/template.ts'

const { desk, ada, roles, invited } = await setUpDesk()

const newest = async (table: string) => (await ada.call(api.listAudit, { table, limit: 1 }))[0]!
const undoNewest = async (table: string) => ada.call(api.undoChange, { id: (await newest(table)).id })

const service = await ada.call(services.addService, { name: 'Mail', tier: 2, teamId: null, ownerId: null })
const organisation = await ada.call(people.addOrganisation, { name: 'Norvik', domain: 'norvik.example' })
const team = await ada.call(people.addTeam, { name: 'Messaging' })
const rule = await ada.call(rules.addRule, {
  name: 'Mail',
  on: 'opened',
  filter: 'service:Mail',
  then: [{ do: 'assign-team', teamId: team.id }],
})
const reply = await ada.call(templates.addTemplate, { use: 'reply', name: 'Restarted', body: 'It was restarted.' })
const field = await ada.call(custom.addCustomField, {
  kind: 'incident',
  name: 'floor',
  label: 'Floor',
  type: 'choice',
  options: ['First', 'Second'],
})
const { source } = await ada.call(alert.addSource, { type: 'alertmanager', name: 'Prometheus' })
const survey = await ada.call(surveys.addSurvey, {
  name: 'All',
  question: 'How was it?',
  on: 'resolved',
})
const nora = await invited('Nora Vik')

const servicesNow = () => ada.call(services.listServices, {})
const rulesNow = () => ada.call(rules.listRules, {})
const templatesNow = () => ada.call(templates.listTemplates, {})

const settings = [
  ['service', servicesNow, () => ada.call(services.changeService, { id: service.id, name: 'Post', tier: 1 })],
  [
    'rule',
    rulesNow,
    () => ada.call(rules.changeRule, { id: rule.id, filter: 'priority:1', then: rule.then, stop: false }),
  ],
  ['template', templatesNow, () => ada.call(templates.changeTemplate, { id: reply.id, body: 'Gone', active: false })],
  [
    'custom_field',
    () => ada.call(custom.listCustomFields, { kind: 'incident' }),
    () => ada.call(custom.changeCustomField, { id: field.id, label: 'Storey', options: ['Third'], required: true }),
  ],
  [
    'organisation',
    () => ada.call(people.listOrganisations, {}),
    () => ada.call(people.changeOrganisation, { id: organisation.id, name: 'Norvik AS', domain: null, retired: true }),
  ],
  [
    'team',
    () => ada.call(people.listTeams, {}),
    () => ada.call(people.changeTeam, { id: team.id, name: 'Post', description: 'Mail and more' }),
  ],
  [
    'role',
    () => ada.call(people.listRoles, {}),
    () => ada.call(people.changeRole, { id: roles.get('analyst')!, permissions: ['item.read'] }),
  ],
  [
    'person',
    () => ada.call(people.getPerson, { id: nora.id }),
    () => ada.call(people.changePerson, { id: nora.id, name: 'Nora Lie', jobTitle: 'Analyst', vip: true }),
  ],
  [
    'survey',
    () => ada.call(surveys.listSurveys, {}),
    () => ada.call(surveys.changeSurvey, { id: survey.id, filter: 'priority:1', share: 20, active: false }),
  ],
  [
    'source',
    () => ada.call(alert.listSources, {}),
    () => ada.call(alert.changeSource, { id: source.id, name: 'Old one' }),
  ],
  [
    'setting',
    () => ada.call(api.getDesk, {}),
    () => ada.call(api.renameDesk, { name: 'IT', reopenDays: 3, autoCloseDays: 9, bounceLimit: 5 }),
  ],
] as const

test.for(settings)(
  'what was changed of a %s is as it was once that is undone, and again once that is',
  async (setting) => {
    const [table, now, change] = setting
    const before = await now()
    await change()
    const after = await now()
    expect(after).not.toEqual(before)
    expect(await newest(table)).toMatchObject({ act: 'update', by: 'Ada Byron', undoable: true })
    const { by } = await undoNewest(table)
    expect(await now()).toEqual(before)
    expect(await newest(table)).toMatchObject({ id: by, act: 'update', by: 'Ada Byron' })
    await ada.call(api.undoChange, { id: by })
    expect(await now()).toEqual(after)
    await undoNewest(table)
  },
)

test('what was added is removed, or retired or ended where nothing is ever removed', async () => {
  const before = await templatesNow()
  await ada.call(templates.addTemplate, { use: 'reply', name: 'Replaced', body: 'It was replaced.' })
  await undoNewest('template')
  expect(await templatesNow()).toEqual(before)
  const { id } = await ada.call(services.addService, { name: 'Telephone', tier: 3, teamId: null, ownerId: null })
  await undoNewest('service')
  expect((await servicesNow()).find((one) => one.id === id)).toMatchObject({ retired: true })
  await ada.call(surveys.addSurvey, { name: 'Once more', question: 'And now?', on: 'closed' })
  await undoNewest('survey')
  const ended = (await ada.call(surveys.listSurveys, {})).find(({ name }) => name === 'Once more')
  expect(ended).toMatchObject({ active: false })
})

test('a rule that was added is removed again, wherever it was moved to, but not what was made of it since', async () => {
  const about = { on: 'opened' as const, filter: 'priority:1', then: rule.then }
  const { id } = await ada.call(rules.addRule, { ...about, name: 'First' })
  const added = (await newest('rule')).id
  await ada.call(rules.changeRule, { id, position: 0 })
  await ada.call(rules.changeRule, { id, filter: 'priority:2' })
  await expect(ada.call(api.undoChange, { id: added })).rejects.toThrow('Somebody has changed filter since')
  await undoNewest('rule')
  await ada.call(api.undoChange, { id: added })
  expect((await rulesNow()).map(({ name }) => name)).toEqual(['Mail'])
})

test('what was removed is there again', async () => {
  await ada.call(rules.removeRule, { id: rule.id })
  await undoNewest('rule')
  const { id: _, position: __, ...same } = rule
  expect((await rulesNow()).at(-1)).toMatchObject(same)
})

test('what somebody changed again since stays as it is, and which field that is gets said', async () => {
  await ada.call(people.changeTeam, { id: team.id, description: 'Mail' })
  const { id } = await newest('team')
  await ada.call(people.changeTeam, { id: team.id, description: 'Mail and calendars' })
  await expect(ada.call(api.undoChange, { id })).rejects.toThrow('Somebody has changed description since')
  await ada.call(people.changeTeam, { id: team.id, name: 'Collaboration' })
  await ada.call(api.undoChange, { id: (await newest('team')).id - 1 })
  expect((await ada.call(people.listTeams, {})).find((one) => one.id === team.id)).toMatchObject({
    name: 'Collaboration',
    description: 'Mail',
  })
})

test('a change that was made behind the desk’s back is undone like any other', async () => {
  await admin(`update service set tier = 4 where id = '${service.id}'`, desk.database)
  await undoNewest('service')
  expect((await servicesNow()).find(({ id }) => id === service.id)).toMatchObject({ tier: 2 })
})

test('whoever may read the trail undoes only what they may change', async () => {
  const { id } = await ada.call(people.addRole, {
    name: 'Auditor of rules',
    audience: 'staff',
    permissions: ['audit.read', 'rule.manage', 'item.read'],
  })
  roles.set('auditing', id)
  const kai = await invited('Kai Moen', 'auditing')
  await ada.call(services.changeService, { id: service.id, tier: 3 })
  const [change] = await kai.call(api.listAudit, { table: 'service', row: service.id, limit: 1 })
  expect(change).toMatchObject({ undoable: false })
  await expect(kai.call(api.undoChange, { id: change!.id })).rejects.toThrow('it needs service.manage')
  expect((await newest('rule')).id).toBeGreaterThan(0)
  const [ofRules] = await kai.call(api.listAudit, { table: 'rule', limit: 1 })
  expect(ofRules).toMatchObject({ undoable: true })
})

test('what has ways of its own to be undone, or none, says so', async () => {
  const [role] = await ada.call(api.listAudit, { table: 'person_role', limit: 1 })
  expect(role).toMatchObject({ undoable: false })
  await expect(ada.call(api.undoChange, { id: role!.id })).rejects.toThrow('Change it where it is set')
  await expect(ada.call(api.undoChange, { id: 999_999 })).rejects.toThrow('There is no such change')
})

test('what is no longer allowed is not undone, and the field is named', async () => {
  await ada.call(people.changeOrganisation, { id: organisation.id, name: 'Norvik Marine' })
  const { id } = await newest('organisation')
  await ada.call(people.addOrganisation, { name: 'Norvik' })
  await expect(ada.call(api.undoChange, { id })).rejects.toThrow('There is an organisation of that name')
})
