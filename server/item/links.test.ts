import { expect, test } from 'vitest'
import { testDesk } from '#test/desk.ts'
import { listHistory } from '#shared/item/history.ts'
import { addLink, listLinks, removeLink } from '#shared/item/links.ts'
import { record } from './record.fixture.ts'

const desk = await testDesk()
const sam = await desk.agent('Sam Ortiz')
const rita = await desk.requester('Rita Lindt')

const link = (itemId: string, to: string, type: 'causes' | 'relates' = 'causes') =>
  sam.call(addLink, { itemId, type, to })

test('a link reads right from both ends, and both histories tell of it', async () => {
  const [one, other] = [await record(desk, rita), await record(desk, rita)]
  const made = await sam.call(addLink, { itemId: one.itemId, type: 'duplicates', to: other.number.toLowerCase() })

  expect(made).toMatchObject({ reads: 'duplicates', item: { number: other.number, state: 'new', phase: 'open' } })
  expect(await rita.call(listLinks, { itemId: other.itemId })).toMatchObject([
    { id: made.id, type: 'duplicates', reads: 'is duplicated by', item: { number: one.number } },
  ])
  const told = async ({ itemId }: typeof one) => (await rita.call(listHistory, { itemId })).at(-1)
  expect(await told(one)).toMatchObject({ name: 'item.linked', data: { other: other.number } })
  expect(await told(other)).toMatchObject({ name: 'item.linked', data: { other: one.number } })

  await sam.call(removeLink, { itemId: other.itemId, id: made.id })
  expect(await sam.call(listLinks, { itemId: one.itemId })).toEqual([])
  expect(await told(one)).toMatchObject({ name: 'item.unlinked' })
  expect(await told(other)).toMatchObject({ name: 'item.unlinked' })
})

test('a link is made once, not to itself, not the other way round as well, and not to what is not there', async () => {
  const [one, other] = [await record(desk, rita), await record(desk, rita)]
  await link(one.itemId, other.itemId)

  await expect(link(one.itemId, other.number)).rejects.toThrow('409 They are linked in that way already')
  await expect(link(other.itemId, one.number)).rejects.toThrow(`409 ${one.number} already causes ${other.number}`)
  await expect(link(one.itemId, one.number)).rejects.toThrow('400 A record cannot be linked to itself')
  await expect(link(one.itemId, 'INC9999999')).rejects.toThrow('400 There is no record INC9999999')
  await link(one.itemId, other.number, 'relates')
  await expect(link(other.itemId, one.number, 'relates')).rejects.toThrow('409')
})

test('INC-11: a restricted record cannot be linked to by those who may not see it', async () => {
  const [one, secret] = [await record(desk, rita), await record(desk, rita, { confidential: true })]

  await expect(sam.call(addLink, { itemId: one.itemId, type: 'relates', to: secret.number })).rejects.toThrow(
    `400 There is no record ${secret.number}`,
  )
  await expect(rita.call(addLink, { itemId: one.itemId, type: 'relates', to: secret.number })).rejects.toThrow('403')
})

test('two people who link two records both ways at once do not block each other', async () => {
  const pairs = await Promise.all(
    Array.from({ length: 6 }, async () => [await record(desk, rita), await record(desk, rita)]),
  )

  const results = await Promise.all(
    pairs.flatMap(([one, other]) => [
      sam.call(addLink, { itemId: one!.itemId, type: 'causes', to: other!.number }),
      sam.call(addLink, { itemId: other!.itemId, type: 'follows', to: one!.number }),
    ]),
  )

  expect(results).toHaveLength(12)
})
