import { expect, test } from 'vitest'
import { testDesk } from '#test/desk.ts'
import { addCustomField, changeCustomField, listCustomFields } from '#shared/item/custom.ts'
import { listHistory } from '#shared/item/history.ts'
import { setConfidential, setCustom, setTags } from '#shared/item/item.ts'
import { checkCustom } from './custom.ts'
import { record } from './record.fixture.ts'

const desk = await testDesk()
const network = await desk.team('Network')
const sam = await desk.agent('Sam Ortiz', { teams: [network] })
const ann = await desk.administrator('Ann Lee')
const rita = await desk.requester('Rita Lindt')

const add = (name: string, more: Partial<Parameters<typeof ann.call<typeof addCustomField>>[1]>) =>
  ann.call(addCustomField, { kind: 'incident', name, label: name, type: 'text', ...more })

const customIn = async (itemId: string) => {
  const { custom } = await desk.asSystem(({ db }) =>
    db.selectFrom('item').select('custom').where('id', '=', itemId).executeTakeFirstOrThrow(),
  )
  return custom
}

test('an administrator adds a field and it takes values of its type only', async () => {
  await add('seats', { type: 'number', label: 'Seats' })
  await add('site', { type: 'choice', label: 'Site', options: ['North', 'South'] })
  await add('seen_at', { type: 'time', label: 'Seen' })
  await add('agreed', { type: 'boolean', label: 'Agreed' })
  const { itemId } = await record(desk, rita)
  const set = (values: Record<string, unknown>) => sam.call(setCustom, { itemId, values })

  await set({ seats: 12.5, site: 'South', seen_at: '2030-01-07T10:00:00+01:00', agreed: false })
  expect(await customIn(itemId)).toEqual({
    seats: 12.5,
    site: 'South',
    seen_at: '2030-01-07T09:00:00.000Z',
    agreed: false,
  })

  await expect(set({ seats: 'many' })).rejects.toThrow('400 Seats: give a number')
  await expect(set({ seats: 1e300 })).rejects.toThrow('400')
  await expect(set({ site: 'West' })).rejects.toThrow('400 Site: choose North, South')
  await expect(set({ seen_at: 'yesterday' })).rejects.toThrow('400')
  await expect(set({ agreed: 'yes' })).rejects.toThrow('400 Agreed: say true or false')
  await expect(set({ colour: 'red' })).rejects.toThrow("400 There is no field 'colour'")

  await set({ site: null })
  expect(await customIn(itemId)).not.toHaveProperty('site')
})

test('two people who set different fields both succeed; of the same field the second is told', async () => {
  await add('floor', { label: 'Floor' })
  await add('desk_no', { label: 'Desk' })
  const { itemId } = await record(desk, rita)

  await sam.call(setCustom, { itemId, version: 1, values: { floor: '3' } })
  await ann.call(setCustom, { itemId, version: 1, values: { desk_no: '12' } })
  await expect(ann.call(setCustom, { itemId, version: 1, values: { floor: '4' } })).rejects.toMatchObject({
    status: 409,
    body: { clashes: [{ field: 'custom.floor', yours: '4', theirs: '3', by: 'Sam Ortiz' }] },
  })
  expect(await customIn(itemId)).toEqual({ floor: '3', desk_no: '12' })
})

test('a required field is asked for when a record is opened, and cannot be emptied', async () => {
  await add('ledger', { label: 'Ledger', required: true, kind: 'incident' })
  const { itemId } = await record(desk, rita)
  const check = (values: object, whole: boolean) =>
    desk.asSystem((ctx) => checkCustom({ ...ctx, actor: sam.actor }, 'incident', values, { whole }))

  await expect(check({}, true)).rejects.toMatchObject({ fields: { 'custom.ledger': 'Ledger is needed' } })
  await expect(check({ ledger: 'A' }, true)).resolves.toEqual({ ledger: 'A' })
  await expect(check({}, false)).resolves.toEqual({})
  await expect(sam.call(setCustom, { itemId, values: { ledger: null } })).rejects.toThrow('400 Ledger is needed')
})

test('a field that is put away is offered no more, and its values stay', async () => {
  const field = await add('batch', { label: 'Batch', shownToRequesters: true })
  const { itemId } = await record(desk, rita)
  await sam.call(setCustom, { itemId, values: { batch: '7' } })

  await ann.call(changeCustomField, { id: field.id, retired: true, label: 'Old batch' })

  expect(await customIn(itemId)).toEqual({ batch: '7' })
  await expect(sam.call(setCustom, { itemId, values: { batch: '8' } })).rejects.toThrow("There is no field 'batch'")
  const names = async (who: typeof rita) => (await who.call(listCustomFields, {})).map(({ name }) => name)
  expect(await names(sam)).toContain('batch')
  expect(await names(rita)).not.toContain('batch')
})

test('requesters are told of no field that is not shown to them, and cannot set it', async () => {
  await add('margin', { label: 'Margin', type: 'number' })
  await add('phone_no', { label: 'Phone', shownToRequesters: true })

  expect((await rita.call(listCustomFields, { kind: 'incident' })).map(({ name }) => name)).toEqual(['phone_no'])
  const check = (values: object) =>
    desk.asSystem((ctx) => checkCustom({ ...ctx, actor: rita.actor }, 'incident', values, { whole: true }))
  await expect(check({ margin: 1 })).rejects.toThrow('no field')
  await expect(check({ phone_no: '12' })).resolves.toEqual({ phone_no: '12' })
})

test.for([
  ['title', {}, 'already the name of a field'],
  ['constructor', {}, 'already the name of a field'],
  ['twice', { type: 'choice', options: ['A', 'a'] }, 'Each option once'],
  ['empty', { type: 'choice' }, 'Give a choice its options'],
  ['texted', { options: ['A'] }, 'Only a choice has options'],
  ['elsewhere', { kind: 'spaceship' }, 'no kind'],
  ['Big', {}, 'Small letters'],
] as const)('the field %s with %o is refused', async ([name, more, why]) => {
  await expect(add(name, { ...more, options: [...('options' in more ? more.options : [])] })).rejects.toThrow(why)
})

test('a name is taken once per kind, and only those who manage rules add fields', async () => {
  await add('once', {})
  await expect(add('once', {})).rejects.toThrow('409 There is a field of that name')
  await expect(sam.call(addCustomField, { kind: 'incident', name: 'sly', label: 'Sly', type: 'text' })).rejects.toThrow(
    '403',
  )
})

test('tags are small, each once, and set to the same they have not happened', async () => {
  const { itemId } = await record(desk, rita)
  await sam.call(setTags, { itemId, tags: ['VPN', ' vpn ', 'wi-fi'] })
  await sam.call(setTags, { itemId, tags: ['vpn', 'wi-fi'] })

  const events = (await sam.call(listHistory, { itemId })).filter(({ name }) => name === 'item.tagged')
  expect(events.map(({ changes }) => changes.map(({ is }) => is))).toEqual([['vpn, wi-fi']])
  await expect(sam.call(setTags, { itemId, tags: ['a b'] })).rejects.toThrow('400')
  await expect(rita.call(setTags, { itemId, tags: ['mine'] })).rejects.toThrow('403')
})

test('INC-11: a restricted record is gone for staff of other teams, also for the one who restricted it', async () => {
  const { itemId } = await record(desk, rita, { teamId: network.id })
  const eve = await desk.agent('Eve Stone')

  await eve.call(setConfidential, { itemId, confidential: true })

  await expect(eve.call(listHistory, { itemId })).rejects.toThrow('404')
  expect((await sam.call(listHistory, { itemId })).at(-1)).toMatchObject({
    name: 'item.restricted',
    by: { name: 'Eve Stone' },
  })
})
