import { expect, test } from 'vitest'
import { testDesk } from '#test/desk.ts'
import { addCustomField } from '#shared/item/custom.ts'
import { listHistory } from '#shared/item/history.ts'
import { setCustom, setTags } from '#shared/item/item.ts'
import { addLink, listLinks } from '#shared/item/links.ts'
import { happen } from './happen.ts'
import { hold } from './hold.ts'
import { record } from './record.fixture.ts'

const desk = await testDesk()
const network = await desk.team('Network')
const mail = await desk.service('E-mail', 1)
const sam = await desk.agent('Sam Ortiz', { teams: [network] })
const ann = await desk.administrator('Ann Lee')
const rita = await desk.requester('Rita Lindt')

test('the history says who changed what, when, in words', async () => {
  const { itemId } = await record(desk, rita)
  await desk.asSystem(async (ctx) => {
    const held = await hold(ctx, itemId, 'incident')
    await happen({ ...ctx, actor: sam.actor }, held, {
      name: 'incident.assigned',
      data: {},
      set: {
        teamId: network.id,
        assigneeId: sam.id,
        serviceId: mail.id,
        state: 'waiting',
        holdReason: 'caller',
        priority: 2,
        major: true,
        tags: ['vpn', 'wifi'],
      },
    })
  })

  const [opened, assigned] = await rita.call(listHistory, { itemId })

  expect(opened).toMatchObject({ seq: 1, name: 'incident.opened', by: null, channel: 'system' })
  expect(opened?.changes).toContainEqual({
    field: 'requesterId',
    before: null,
    after: rita.id,
    was: '',
    is: 'Rita Lindt',
  })
  expect(assigned).toMatchObject({ seq: 2, by: { name: 'Sam Ortiz' }, channel: 'api', at: '2030-01-07T09:00:00.000Z' })
  expect(assigned?.changes.map(({ field, was, is }) => [field, was, is])).toEqual([
    ['teamId', '', 'Network'],
    ['assigneeId', '', 'Sam Ortiz'],
    ['serviceId', '', 'E-mail'],
    ['state', 'New', 'Waiting'],
    ['holdReason', '', 'Waiting for the caller'],
    ['priority', 'Planning', 'High'],
    ['major', 'no', 'yes'],
    ['tags', '', 'vpn, wifi'],
  ])
})

test('custom fields that requesters are not shown are not in the history that they read', async () => {
  const about = { kind: 'incident', type: 'text' } as const
  await ann.call(addCustomField, { ...about, name: 'cost_centre', label: 'Cost centre' })
  await ann.call(addCustomField, { ...about, name: 'room', label: 'Room', shownToRequesters: true })
  const { itemId } = await record(desk, rita)
  await sam.call(setCustom, { itemId, values: { cost_centre: 'CC-4711', room: '3.14' } })
  await sam.call(setCustom, { itemId, values: { cost_centre: 'CC-4712' } })
  await sam.call(setTags, { itemId, tags: ['printer'] })

  const hers = await rita.call(listHistory, { itemId })

  expect(JSON.stringify(hers)).not.toContain('CC-')
  expect(hers.slice(1).map(({ seq, name, changes }) => [seq, name, changes.map(({ is }) => is)])).toEqual([
    [2, 'item.changed', ['3.14']],
    [3, 'item.tagged', ['printer']],
  ])
  expect(JSON.stringify(await sam.call(listHistory, { itemId }))).toContain('CC-4712')
})

test('INC-11: a link to a record that the reader may not see is in neither links nor history', async () => {
  const otto = await desk.requester('Otto Brandt')
  const [hers, his] = [await record(desk, rita), await record(desk, otto)]
  await sam.call(addLink, { itemId: hers.itemId, type: 'duplicates', to: his.number })

  const seen = await rita.call(listHistory, { itemId: hers.itemId })

  expect(seen.map(({ name }) => name)).toEqual(['incident.opened'])
  expect(JSON.stringify(seen)).not.toContain(his.id)
  expect(await rita.call(listLinks, { itemId: hers.itemId })).toEqual([])
  expect((await sam.call(listHistory, { itemId: hers.itemId })).at(-1)?.data).toMatchObject({ other: his.number })
})

test('nobody reads the history of a record that is not theirs to see', async () => {
  const { itemId } = await record(desk, rita)
  const otto = await desk.requester('Otto Ruge')

  await expect(otto.call(listHistory, { itemId })).rejects.toThrow('404')
  await expect(desk.anyone(listHistory, { itemId })).rejects.toThrow('401')
})
