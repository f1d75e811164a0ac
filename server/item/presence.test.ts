import { expect, test, vi } from 'vitest'
import { testDesk } from '#test/desk.ts'
import { permissionNames } from '#shared/access.ts'
import { goneAfterMs, listPresent, look, lookAway } from '#shared/item/presence.ts'
import { newId } from '#server/core/id.ts'
import { admin } from '#test/template.ts'
import { record } from './record.fixture.ts'

const desk = await testDesk()
const network = await desk.team('Network')
const sam = await desk.agent('Sam Ortiz')
const lia = await desk.agent('Lia Berg')
const ann = await desk.administrator('Ann Lee')
const rita = await desk.requester('Rita Lindt')

const seenBy = async (who: typeof sam, itemId: string) =>
  (await who.call(listPresent, { itemId })).map(({ name, doing }) => `${name} ${doing}`)

test('INC-15: colleagues see who else has a record before them and what they write, and nobody sees themselves', async () => {
  const { itemId } = await record(desk, rita)
  const [his, hers] = [newId(), newId()]

  expect(await sam.call(look, { itemId, page: his, doing: 'looking' })).toEqual([])
  expect(await lia.call(look, { itemId, page: hers, doing: 'replying' })).toMatchObject([
    { name: 'Sam Ortiz', doing: 'looking' },
  ])

  expect(await seenBy(sam, itemId)).toEqual(['Lia Berg replying'])
  expect(await seenBy(ann, itemId)).toEqual(['Lia Berg replying', 'Sam Ortiz looking'])
  await lia.call(look, { itemId, page: hers, doing: 'noting' })
  expect(await seenBy(sam, itemId)).toEqual(['Lia Berg noting'])
})

test('somebody with several pages is one person, who does the most that they do on any', async () => {
  const { itemId } = await record(desk, rita)
  for (const doing of ['looking', 'noting', 'replying', 'looking'] as const)
    await lia.call(look, { itemId, page: newId(), doing })

  expect(await seenBy(sam, itemId)).toEqual(['Lia Berg replying'])
})

test('a page shows one record: who goes on to the next one has left the last, and who looks away has left', async () => {
  const [first, next] = [await record(desk, rita), await record(desk, rita)]
  const page = newId()
  await lia.call(look, { itemId: first.itemId, page, doing: 'replying' })

  await lia.call(look, { itemId: next.itemId, page, doing: 'looking' })
  expect([await seenBy(sam, first.itemId), await seenBy(sam, next.itemId)]).toEqual([[], ['Lia Berg looking']])

  await sam.call(lookAway, { page })
  expect(await seenBy(sam, next.itemId)).toEqual(['Lia Berg looking'])
  await lia.call(lookAway, { page })
  expect(await seenBy(sam, next.itemId)).toEqual([])
})

test('a page that says nothing for longer than it may has gone', async () => {
  const { itemId } = await record(desk, rita)
  await lia.call(look, { itemId, page: newId(), doing: 'looking' })

  vi.setSystemTime(Date.now() + goneAfterMs - 1000)
  expect(await seenBy(sam, itemId)).toEqual(['Lia Berg looking'])
  vi.setSystemTime(Date.now() + 2000)
  expect(await seenBy(sam, itemId)).toEqual([])
  await desk.pass(1)
  expect(await admin(`select from presence where item_id = '${itemId}'`, desk.database)).toEqual([])
})

test('INC-10: a requester does not learn who looks at their record or writes there, whatever they were permitted', async () => {
  const bold = await desk.requester('Bold Rita', { may: permissionNames })
  const { itemId } = await record(desk, bold)
  await sam.call(look, { itemId, page: newId(), doing: 'noting' })

  for (const who of [rita, bold]) {
    await expect(who.call(listPresent, { itemId })).rejects.toThrow('403 You may not do this')
    await expect(who.call(look, { itemId, page: newId(), doing: 'looking' })).rejects.toThrow('403 You may not do this')
    await expect(who.call(lookAway, { page: newId() })).rejects.toThrow('403 You may not do this')
  }
  expect(await seenBy(lia, itemId)).toEqual(['Sam Ortiz noting'])
})

test('INC-11: who is at a restricted record is known to those who may see it', async () => {
  const nora = await desk.agent('Nora Net', { teams: [network] })
  const { itemId } = await record(desk, rita, { confidential: true, teamId: network.id })
  await nora.call(look, { itemId, page: newId(), doing: 'replying' })

  await expect(sam.call(listPresent, { itemId })).rejects.toThrow('404')
  await expect(sam.call(look, { itemId, page: newId(), doing: 'looking' })).rejects.toThrow('404')
})

test('whose access has ended is not there', async () => {
  const gone = await desk.agent('Gone Soon')
  const { itemId } = await record(desk, rita)
  await gone.call(look, { itemId, page: newId(), doing: 'looking' })

  await desk.asSystem(({ db }) => db.updateTable('person').set({ active: false }).where('id', '=', gone.id).execute())

  expect(await seenBy(sam, itemId)).toEqual([])
})
