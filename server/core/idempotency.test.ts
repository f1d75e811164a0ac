import { expect, test } from 'vitest'
import { addSource, listSources } from '#shared/alert.ts'
import { openIncident } from '#shared/incident.ts'
import { addComment, listComments } from '#shared/item/conversation.ts'
import { countRecords } from '#shared/records.ts'
import { testDesk } from '#test/desk.ts'

const desk = await testDesk()
const rita = await desk.requester('Rita')
const otto = await desk.requester('Otto')
const report = { title: 'The lift is stuck' }
const key = (name: string) => ({ 'idempotency-key': name })

test('a write that is sent again under its key happens once, and is answered as before', async () => {
  const first = await rita.call(openIncident, report, key('a'))
  await rita.call(addComment, { itemId: first.id, body: 'Hello?' })
  expect(await rita.call(openIncident, report, key('a'))).toEqual(first)
  expect(await rita.call(countRecords, {})).toMatchObject({ value: 1 })
})

test('twenty copies at once have one effect and one answer', async () => {
  const { id } = await rita.call(openIncident, report)
  const send = () => rita.call(addComment, { itemId: id, body: 'Still stuck' }, key('b'))
  const answers = await Promise.all(Array.from({ length: 20 }, send))
  expect(new Set(answers.map((one) => one.id)).size).toBe(1)
  expect(await rita.call(listComments, { itemId: id })).toHaveLength(1)
})

test('a key belongs to who used it, and to what it was used for', async () => {
  const mine = await rita.call(openIncident, report, key('c'))
  const theirs = await otto.call(openIncident, report, key('c'))
  expect(theirs.id).not.toBe(mine.id)
  const other = rita.call(openIncident, { title: 'Another lift' }, key('c'))
  await expect(other).rejects.toThrow('422 This Idempotency-Key was used for another request')
})

test('a write that was refused leaves its key free', async () => {
  await expect(rita.call(openIncident, { title: 'x', teamId: rita.id }, key('d'))).rejects.toThrow('400')
  expect(await rita.call(openIncident, report, key('d'))).toMatchObject(report)
})

test('a key that is too long is refused', async () => {
  await expect(rita.call(openIncident, report, key('k'.repeat(256)))).rejects.toThrow('1 to 255')
})

test('what is told once is not kept: sent again under its key it is refused as done, and done once', async () => {
  const ada = await desk.administrator('Ada')
  const source = { type: 'alertmanager', name: 'Prometheus' } as const
  const { token } = await ada.call(addSource, source, key('e'))
  await expect(ada.call(addSource, source, key('e'))).rejects.toThrow('409 This was done already')
  expect(await ada.call(listSources, {})).toHaveLength(1)
  const kept = await desk.asSystem(({ db }) => db.selectFrom('idempotency').select('answer').execute())
  expect(JSON.stringify(kept)).not.toContain(token)
})
