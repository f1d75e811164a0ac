import { expect, test } from 'vitest'
import { testDesk } from '#test/desk.ts'
import { addComment, addNote, listComments, listNotes } from '#shared/item/conversation.ts'
import { listHistory } from '#shared/item/history.ts'
import { record } from './record.fixture.ts'

const desk = await testDesk()
const sam = await desk.agent('Sam Ortiz')
const rita = await desk.requester('Rita Lindt')

test('the desk and the requester talk, and each reads it in the order it was said', async () => {
  const { itemId } = await record(desk, rita)
  await rita.call(addComment, { itemId, body: 'It does not print' })
  await sam.call(addComment, { itemId, body: 'Is it switched on?' })
  await rita.call(addComment, { itemId, body: '  It is now  ' })

  const said = (await rita.call(listComments, { itemId })).map(({ author, body }) => `${author.name}: ${body}`)

  expect(said).toEqual(['Rita Lindt: It does not print', 'Sam Ortiz: Is it switched on?', 'Rita Lindt: It is now'])
  expect(await sam.call(listComments, { itemId })).toEqual(await rita.call(listComments, { itemId }))
})

test('INC-10: a requester may neither read nor write notes, and does not learn that there are any', async () => {
  const { itemId } = await record(desk, rita)
  const quiet = await rita.call(listHistory, { itemId })
  await sam.call(addNote, { itemId, body: 'She forgot to switch it on again' })

  await expect(rita.call(listNotes, { itemId })).rejects.toThrow('403')
  await expect(rita.call(addNote, { itemId, body: 'Hello?' })).rejects.toThrow('403')
  expect(await rita.call(listComments, { itemId })).toEqual([])
  expect(await rita.call(listHistory, { itemId })).toEqual(quiet)
  const after = await rita.call(addComment, { itemId, body: 'Any news?' })
  const seqs = (await rita.call(listHistory, { itemId })).map(({ seq, data }) => [seq, data])
  expect(seqs).toEqual([
    [1, {}],
    [2, { commentId: after.id }],
  ])
})

test('INC-10: the database itself keeps notes from requesters, whatever the permissions say', async () => {
  const { itemId } = await record(desk, rita)
  await sam.call(addNote, { itemId, body: 'Not for her' })
  const bold = await desk.requester('Bold Rita', { may: ['item.read', 'item.note', 'item.comment'] })
  const hers = await record(desk, bold)

  const status = async (id: string) => {
    const reply = await desk.inject({
      method: 'GET',
      url: `/api/items/${id}/notes`,
      headers: { authorization: bold.id },
    })
    return [reply.statusCode, reply.body.includes('Not for her')]
  }

  expect(await status(itemId)).toEqual([404, false])
  expect(await status(hers.itemId)).toEqual([500, false])
})

test('somebody else’s record takes no comment, and says no more than that it is not there', async () => {
  const { itemId } = await record(desk, rita)
  const otto = await desk.requester('Otto Brandt')

  await expect(otto.call(addComment, { itemId, body: 'Me too' })).rejects.toThrow('404 There is no such record')
  await expect(otto.call(listComments, { itemId })).rejects.toThrow('404')
})

test.for(['closed', 'cancelled'])(
  'a %s record takes notes, but nothing more that the requester would read',
  async (state) => {
    const { itemId, number } = await record(desk, rita, { state })

    await expect(rita.call(addComment, { itemId, body: 'Again!' })).rejects.toThrow(
      `409 ${number} is ${state}. Reopen it if it still can be, or report it anew`,
    )
    await expect(sam.call(addComment, { itemId, body: 'Sorry' })).rejects.toThrow('409')
    expect((await sam.call(addNote, { itemId, body: 'She wrote again' })).author.name).toBe('Sam Ortiz')
  },
)

test('a resolved record still takes comments', async () => {
  const { itemId } = await record(desk, rita, { state: 'resolved', ...resolution })

  expect((await rita.call(addComment, { itemId, body: 'Thank you' })).body).toBe('Thank you')
})

const resolution = {
  resolutionCode: 'fixed',
  resolutionNotes: 'Switched it on',
  resolvedAt: '2030-01-07T09:00:00.000Z',
} as const

test('a comment is written once however often it is sent with the same key', async () => {
  const { itemId } = await record(desk, rita)
  const send = () => rita.call(addComment, { itemId, body: 'Hello' }, { 'idempotency-key': 'k-1' })
  const [first, second] = [await send(), await send()]

  expect(second).toEqual(first)
  expect(await rita.call(listComments, { itemId })).toHaveLength(1)
})
