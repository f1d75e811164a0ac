import { expect, test } from 'vitest'
import { testDesk } from '#test/desk.ts'
import { listHistory } from '#shared/item/history.ts'
import { listWatchers, unwatch, watch } from '#shared/item/watchers.ts'
import { record } from './record.fixture.ts'

const desk = await testDesk()
const everybody = await desk.team('Service desk')
const network = await desk.team('Network')
const sam = await desk.agent('Sam Ortiz', { teams: [everybody] })
const ann = await desk.agent('Ann Lee', { teams: [network] })
const rita = await desk.requester('Rita Lindt')

test('staff watch a record, once, until they no longer do', async () => {
  const { itemId } = await record(desk, rita)
  await sam.call(watch, { itemId, personId: sam.id })
  await sam.call(watch, { itemId, personId: ann.id })
  await sam.call(watch, { itemId, personId: ann.id })
  const names = async () => (await sam.call(listWatchers, { itemId })).map(({ name }) => name)
  expect(await names()).toEqual(['Ann Lee', 'Sam Ortiz'])

  await sam.call(unwatch, { itemId, personId: ann.id })
  await sam.call(unwatch, { itemId, personId: ann.id })

  expect(await names()).toEqual(['Sam Ortiz'])
  expect((await sam.call(listHistory, { itemId })).slice(1).map(({ name, data }) => [name, data['person']])).toEqual([
    ['item.watched', 'Sam Ortiz'],
    ['item.watched', 'Ann Lee'],
    ['item.unwatched', 'Ann Lee'],
  ])
})

test('INC-11: nobody watches a record that they may not see', async () => {
  const { itemId } = await record(desk, rita, { confidential: true, teamId: network.id })

  await expect(ann.call(watch, { itemId, personId: sam.id })).rejects.toThrow('409 Sam Ortiz may not see this record')
  await ann.call(watch, { itemId, personId: ann.id })
  await expect(sam.call(watch, { itemId, personId: sam.id })).rejects.toThrow('404')
})

test('requesters do not watch, and cannot make others watch', async () => {
  const { itemId } = await record(desk, rita)

  await expect(sam.call(watch, { itemId, personId: rita.id })).rejects.toThrow('400 Nobody of the staff is that')
  await expect(rita.call(watch, { itemId, personId: sam.id })).rejects.toThrow('403')
})

test('to look with another’s eyes leaves nothing behind: one still acts as oneself', async () => {
  const { itemId } = await record(desk, rita, { confidential: true, teamId: network.id })
  await ann.call(watch, { itemId, personId: ann.id })
  await expect(ann.call(watch, { itemId, personId: sam.id })).rejects.toThrow('409')

  const seen = await Promise.all(
    Array.from({ length: 12 }, (_, at) =>
      (at % 2 ? ann : sam).call(listWatchers, { itemId }).then(
        () => true,
        () => false,
      ),
    ),
  )

  expect(seen).toEqual(Array.from({ length: 12 }, (_, at) => at % 2 === 1))
})
