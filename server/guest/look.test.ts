import { expect, test } from 'vitest'
import { getGuest, listGuestLinks, lookAsRequester } from '#shared/guest.ts'
import { closeIncident, openIncident, reopenIncident, resolveIncident } from '#shared/incident.ts'
import { addComment, addNote, listComments, listNotes } from '#shared/item/conversation.ts'
import { listHistory } from '#shared/item/history.ts'
import { setConfidential } from '#shared/item/item.ts'
import { getRecord } from '#shared/records.ts'
import { testDesk } from '#test/desk.ts'

const desk = await testDesk()
const sam = await desk.agent('Sam')
const rita = await desk.requester('Rita')

async function reported() {
  const { id, number } = await rita.call(openIncident, { title: 'The door sticks' })
  await sam.call(addNote, { itemId: id, body: 'Says so every week' })
  await sam.call(addComment, { itemId: id, body: 'Which door is it?' })
  return { id, number }
}
const lookAt = async (itemId: string) => desk.guest((await sam.call(lookAsRequester, { itemId })).url)

test('staff see a record as its requester sees it: what was said to them, and nothing internal', async () => {
  const { id, number } = await reported()
  const look = await lookAt(id)
  expect(await look.call(getGuest, {})).toMatchObject({ id: rita.id, name: 'Rita', number, mayWrite: false })
  expect(await look.call(getRecord, { key: number })).toEqual({
    ...(await rita.call(getRecord, { key: number })),
    can: ['cancel'],
  })
  expect(await look.call(listComments, { itemId: id })).toEqual(await rita.call(listComments, { itemId: id }))
  expect(await look.call(listHistory, { itemId: id })).toEqual(await rita.call(listHistory, { itemId: id }))
  await expect(look.call(listNotes, { itemId: id })).rejects.toThrow('403')
})

test('who looks as the requester writes nothing in their name', async () => {
  const { id } = await reported()
  await sam.call(resolveIncident, { id, code: 'fixed', notes: 'Planed it' })
  const look = await lookAt(id)
  await expect(look.call(addComment, { itemId: id, body: 'Thanks' })).rejects.toThrow('You only look')
  await expect(look.call(reopenIncident, { id, reason: 'No' })).rejects.toThrow('You only look')
  await expect(look.call(closeIncident, { id })).rejects.toThrow('You only look')
  expect(await sam.call(getRecord, { key: id })).toMatchObject({ state: 'resolved' })
})

test('the look ends after a quarter of an hour, opens that record alone, and is no link by letter', async () => {
  const { id } = await reported()
  const other = await reported()
  const look = await lookAt(id)
  await expect(look.call(getRecord, { key: other.number })).rejects.toThrow('404')
  expect(await sam.call(listGuestLinks, { itemId: id })).toEqual([])
  await desk.pass(0.3)
  await expect(look.call(getRecord, { key: id })).rejects.toThrow('401')
})

test('what staff do not see themselves they do not see as its requester either', async () => {
  const { id } = await reported()
  await (await desk.administrator('Ada')).call(setConfidential, { itemId: id, confidential: true })
  await expect(sam.call(lookAsRequester, { itemId: id })).rejects.toThrow('404')
  await expect(rita.call(lookAsRequester, { itemId: id })).rejects.toThrow('403')
})
