import { expect, test } from 'vitest'
import { testDesk } from '#test/desk.ts'
import { openIncident } from '#shared/incident.ts'
import { getPriorityMatrix } from '#shared/matrix.ts'
import { addCustomField } from '#shared/item/custom.ts'
import { listComments, listNotes } from '#shared/item/conversation.ts'
import { listHistory } from '#shared/item/history.ts'
import { getRecord } from '#shared/records.ts'
import {
  addTemplate,
  changeTemplate,
  fillReply,
  getHandlingNotes,
  listTemplates,
  removeTemplate,
  takeAction,
} from '#shared/template.ts'
import type { Input } from '#shared/core/endpoint.ts'

const desk = await testDesk()
const network = await desk.team('Network')
const mail = await desk.service('E-mail', 1)
const sam = await desk.agent('Sam Ortiz')
const nora = await desk.agent('Nora Wirth', { teams: [network] })
const ann = await desk.administrator('Ann Lee')
const rita = await desk.requester('Rita Maria Lindt')

const report = (more: Partial<Input<typeof openIncident>> = {}) =>
  sam.call(openIncident, { title: 'Mail does not arrive', requesterId: rita.id, ...more })
const add = (name: string, more: Omit<Input<typeof addTemplate>, 'name'>) => ann.call(addTemplate, { name, ...more })

const notesOn = async (more: Partial<Input<typeof openIncident>>) => {
  const { id: itemId } = await report(more)
  return (await sam.call(getHandlingNotes, { itemId })).map(({ name }) => name)
}

test('INC-12: a canned reply is filled in with what is true of the record', async () => {
  const { id: templateId } = await add('Hello', {
    use: 'reply',
    body: 'Dear {{requester.first}} ({{ requester }}),\nabout {{number}} “{{title}}”: {{team}} looks at {{service}}. {{me}}',
  })
  const plain = await report({ title: 'A title with {{me}} in it' })
  const whole = await report({ teamId: network.id, serviceId: mail.id })

  const bodies = await Promise.all([plain, whole].map(({ id: itemId }) => sam.call(fillReply, { itemId, templateId })))

  expect(bodies.map(({ body }) => body)).toEqual([
    `Dear Rita (Rita Maria Lindt),\nabout ${plain.number} “A title with {{me}} in it”: the service desk looks at the service. Sam Ortiz`,
    `Dear Rita (Rita Maria Lindt),\nabout ${whole.number} “Mail does not arrive”: Network looks at E-mail. Sam Ortiz`,
  ])
})

test('INC-12: a special handling note shows on the records that its condition matches, and on no other', async () => {
  await add('VIP', { use: 'handling', body: 'Call within ten minutes', filter: 'service.tier:1 priority<=2' })
  await add('Printers', { use: 'handling', body: 'Look at the tray', filter: 'title:printer' })
  await add('Away', { use: 'handling', body: 'Never shown', filter: 'title:printer' }).then(({ id }) =>
    ann.call(changeTemplate, { id, active: false }),
  )
  expect(await notesOn({ serviceId: mail.id, impact: 1, urgency: 1 })).toEqual(['VIP'])
  expect(await notesOn({ serviceId: mail.id })).toEqual([])
  expect(await notesOn({ title: 'The printer is on fire', serviceId: mail.id, impact: 1, urgency: 1 })).toEqual([
    'Printers',
    'VIP',
  ])
  expect(await notesOn({ title: 'Blueprinters' })).toEqual([])
})

test('INC-12: a quick action sets all of its fields by the record’s own verbs', async () => {
  await ann.call(addCustomField, { kind: 'incident', name: 'site', label: 'Site', type: 'text' })
  const { id: templateId } = await add('To the network', {
    use: 'action',
    fill: {
      impact: 2,
      urgency: 1,
      serviceId: mail.id,
      teamId: network.id,
      assigneeId: nora.id,
      tags: 'vpn, mail',
      'custom.site': 'North',
      note: 'Sent on by {{me}}',
      comment: 'Dear {{requester.first}}, it is on its way',
    },
  })
  const { id: itemId } = await report({ tags: ['old'] })

  await sam.call(takeAction, { itemId, templateId })

  const priority = (await sam.call(getPriorityMatrix, {})).find(
    (cell) => cell.impact === 2 && cell.urgency === 1,
  )?.priority
  expect(await sam.call(getRecord, { key: itemId })).toMatchObject({
    impact: 2,
    urgency: 1,
    priority,
    state: 'assigned',
    team: { name: 'Network' },
    assignee: { name: 'Nora Wirth' },
    service: { name: 'E-mail' },
    tags: ['old', 'vpn', 'mail'],
    custom: { site: 'North' },
  })
  expect((await rita.call(listComments, { itemId })).map(({ body }) => body)).toEqual(['Dear Rita, it is on its way'])
  expect((await sam.call(listNotes, { itemId })).map(({ body }) => body)).toEqual(['Sent on by Sam Ortiz'])
})

test('INC-12: a quick action that cannot be done wholly does nothing', async () => {
  const { id: templateId } = await add('Resolve it', {
    use: 'action',
    fill: { tags: 'done', note: 'Tried', state: 'resolved', resolutionCode: 'fixed', resolutionNotes: 'By {{me}}' },
  })
  const { id: itemId, number } = await report()
  await sam.call(takeAction, { itemId, templateId })
  expect(await sam.call(getRecord, { key: number })).toMatchObject({
    state: 'resolved',
    resolutionNotes: 'By Sam Ortiz',
  })
  const before = await sam.call(listHistory, { itemId })

  await expect(sam.call(takeAction, { itemId, templateId })).rejects.toThrow('409')

  expect(await sam.call(listHistory, { itemId })).toEqual(before)
})

test('an action gives nobody a right that they do not have', async () => {
  const { id: templateId } = await add('Override', { use: 'action', fill: { priority: 1, priorityReason: 'The boss' } })
  const { id: itemId } = await report()

  await expect(sam.call(takeAction, { itemId, templateId })).rejects.toThrow('403')
  await ann.call(takeAction, { itemId, templateId })
  expect(await sam.call(getRecord, { key: itemId })).toMatchObject({ priority: 1, priorityReason: 'The boss' })
})

test('a waiting action asks the caller what it waits for', async () => {
  const { id: templateId } = await add('Ask', {
    use: 'action',
    fill: { state: 'waiting', holdReason: 'caller', comment: 'Dear {{requester.first}}, which room?' },
  })
  const { id: itemId } = await report()
  await sam.call(takeAction, { itemId, templateId })

  expect(await sam.call(getRecord, { key: itemId })).toMatchObject({ state: 'waiting', holdReason: 'caller' })
  expect((await rita.call(listComments, { itemId })).map(({ body }) => body)).toEqual(['Dear Rita, which room?'])
})

test.for([
  [
    { use: 'reply', body: 'Dear {{customer}}' },
    '400 There is no {{customer}}; there are {{requester}}, {{requester.first}}',
  ],
  [{ use: 'reply', body: '  ' }, '400 Write something'],
  [{ use: 'handling', body: 'x', filter: 'sate:new' }, '400 At character 1'],
  [{ use: 'reply', body: 'x', filter: 'is:open' }, '400 Only a handling note has a filter'],
  [{ use: 'action' }, '400 Say what the action does'],
  [{ use: 'action', fill: { version: 1 } }, "400 An action cannot set 'version'"],
  [{ use: 'action', fill: { impact: 9 } }, '400 impact'],
  [{ use: 'action', fill: { state: 'closed' } }, "400 An action cannot set 'state'"],
  [{ use: 'action', fill: { state: 'resolved' } }, '400 state'],
  [{ use: 'action', fill: { comment: 'Hi {{nobody}}' } }, '400 There is no {{nobody}}'],
  [{ use: 'action', fill: { 'custom.colour': 'red' } }, "400 There is no field 'colour'"],
  [{ use: 'template', fill: { impact: 'high' } }, '400 impact'],
  [{ use: 'template', fill: { number: 'INC1' } }, "400 A new record has no field 'number'"],
  [{ use: 'template', fill: {}, kind: 'spaceship' }, '400 There is no kind'],
] as const)('%o is refused when it is saved', async ([wrong, why]) => {
  await expect(add('Wrong', wrong)).rejects.toThrow(why)
})

test('a template is changed and removed by those who look after them; put away, others no longer see it', async () => {
  const { id } = await add('New laptop', { use: 'template', fill: { title: 'A new laptop', impact: 3 } })
  const names = async (who: typeof sam) => (await who.call(listTemplates, { use: 'template' })).map(({ name }) => name)
  expect(await names(sam)).toEqual(['New laptop'])

  await expect(sam.call(changeTemplate, { id, name: 'Mine' })).rejects.toThrow('403')
  await expect(ann.call(changeTemplate, { id, fill: { colour: 'red' } })).rejects.toThrow('400')
  expect(await ann.call(changeTemplate, { id, active: false })).toMatchObject({ active: false, fill: { impact: 3 } })
  expect([await names(sam), await names(ann)]).toEqual([[], ['New laptop']])
  await expect(add('new laptop', { use: 'template', fill: {} })).rejects.toThrow('409 There is one of that name')
  await ann.call(removeTemplate, { id })
  expect(await names(ann)).toEqual([])
})

test('INC-10: requesters see no templates and no handling notes', async () => {
  const { id: itemId } = await report()

  await expect(rita.call(listTemplates, {})).rejects.toThrow('403')
  await expect(rita.call(getHandlingNotes, { itemId })).rejects.toThrow('403')
})

test('a reply is no action, and an action put away is none', async () => {
  const reply = await add('Only text', { use: 'reply', body: 'Text' })
  const action = await add('Tag it', { use: 'action', fill: { tags: 'x' } })
  await ann.call(changeTemplate, { id: action.id, active: false })
  const { id: itemId } = await report()

  await expect(sam.call(takeAction, { itemId, templateId: reply.id })).rejects.toThrow('404 There is no such action')
  await expect(sam.call(takeAction, { itemId, templateId: action.id })).rejects.toThrow('404')
  await expect(sam.call(fillReply, { itemId, templateId: action.id })).rejects.toThrow('404 There is no such reply')
})
