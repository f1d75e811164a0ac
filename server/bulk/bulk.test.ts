import { expect, test } from 'vitest'
import { cancelBulk, getBulk, listBulks, previewBulk, startBulk, undoBulk } from '#shared/item/bulk.ts'
import { assignIncident, changeIncident, closeIncident, openIncident, resolveIncident } from '#shared/incident.ts'
import { listHistory } from '#shared/item/history.ts'
import { changeTags } from '#shared/item/item.ts'
import { listRecords } from '#shared/records.ts'
import { bulkDesk, many } from './bulk.fixture.ts'

const desk = await bulkDesk()
const { rita } = desk
const team = await desk.team('Service desk')
const sam = await desk.employ(await desk.agent('Sam', { teams: [team] }))
const amara = await desk.employ(await desk.agent('Amara', { teams: [team] }))

const mine = many(assignIncident, { assigneeId: sam.id })
const resolved = many(resolveIncident, { code: 'fixed', notes: 'Restarted' })

const rows = async (filter: string) => (await sam.call(listRecords, { kind: 'incident', filter, limit: 200 })).records

async function over(ids: readonly string[]) {
  for (const id of ids) {
    await sam.call(resolveIncident, { id, code: 'fixed', notes: 'Done' })
    await sam.call(closeIncident, { id })
  }
}

test('what a change of many would come to is told before it is made, and why some would not change', async () => {
  const ids = await desk.opened(12, { category: 'preview' })
  await over(ids.slice(0, 3))
  for (const id of ids.slice(3, 5)) await sam.call(assignIncident, { id, assigneeId: sam.id })
  const [first] = await rows('category:preview state:closed')

  const preview = await sam.call(previewBulk, { ids, ...mine })
  expect(preview).toMatchObject({ total: { value: 12, exact: true }, looked: 12, changed: 7, same: 2, refused: 3 })
  expect(preview.reasons).toEqual([
    { reason: 'It is over; nobody works on it', count: 3, numbers: expect.arrayContaining([first!.number]) },
  ])
  expect(await sam.call(previewBulk, { filter: 'category:preview', ...mine })).toEqual(preview)
  expect(await rows('category:preview assignee:me')).toHaveLength(2)
})

test('a change of a few hundred by a filter is made of each with its own history, and taken back as one', async () => {
  await desk.opened(220, { category: 'hundreds' })
  const asked = { filter: 'category:hundreds', ...mine, label: 'Assigned to me' }
  const { id, state, total } = await sam.call(startBulk, asked)
  expect({ state, total }).toEqual({ state: 'working', total: 220 })
  await rita.call(openIncident, { title: 'Later than the filter', category: 'hundreds' })
  await desk.settle()
  expect(await sam.call(getBulk, { id })).toMatchObject({ state: 'done', waiting: 0, changed: 220, refused: 0 })
  expect((await rows('category:hundreds assignee:none')).map(({ title }) => title)).toEqual(['Later than the filter'])

  const [one, other] = await rows('category:hundreds assignee:me')
  const [, assigned] = await sam.call(listHistory, { itemId: one!.id })
  expect(assigned).toMatchObject({ name: 'incident.assigned', by: { name: 'Sam' }, channel: 'api' })
  await amara.call(assignIncident, { id: one!.id, assigneeId: amara.id })
  await amara.call(changeIncident, { id: other!.id, title: 'Another title' })

  expect(await sam.call(undoBulk, { id })).toMatchObject({ state: 'undoing' })
  await desk.settle()
  expect(await sam.call(getBulk, { id })).toMatchObject({
    state: 'undone',
    undone: 219,
    kept: 1,
    reasons: [{ reason: 'Amara changed it since', count: 1, numbers: [one!.number] }],
  })
  expect(await rows('category:hundreds assignee:me')).toEqual([])
  expect(await rows('category:hundreds state:new')).toHaveLength(200)
  const history = await sam.call(listHistory, { itemId: other!.id })
  expect(history.map(({ name }) => name)).toEqual([
    'incident.opened',
    'incident.assigned',
    'incident.changed',
    'item.undone',
  ])
  await expect(sam.call(undoBulk, { id })).resolves.toMatchObject({ state: 'undone' })
}, 120_000)

test('what cannot be changed is left, with the reason, and the others are changed', async () => {
  const ids = await desk.opened(4)
  await over(ids.slice(0, 1))
  const bulk = await desk.done(sam, { ids, ...resolved, label: 'Resolved' })
  expect(bulk).toMatchObject({ state: 'done', changed: 3, refused: 1 })
  expect(bulk.reasons.map(({ reason }) => reason)).toEqual(['It is closed; it cannot become resolved'])
})

test('tags are added to what each record has, and taken away again', async () => {
  const ids = await desk.opened(3)
  await sam.call(changeTags, { itemId: ids[0]!, add: ['printer'] })
  const tagged = await desk.done(sam, { ids, ...many(changeTags, { add: ['printer', 'floor-2'] }) })
  expect(tagged).toMatchObject({ changed: 3 })
  await sam.call(undoBulk, { id: tagged.id })
  await desk.settle()
  expect((await rows('tags:printer')).map(({ id, tags }) => [id, tags])).toEqual([[ids[0], ['printer']]])
})

test('what followed from a change is taken back with it, as a parent’s resolution that resolved its children', async () => {
  const [parent, child] = await desk.opened(2)
  await desk.asSystem(({ db }) =>
    db.updateTable('incident').set({ parentId: parent! }).where('id', '=', child!).execute(),
  )
  const bulk = await desk.done(sam, { ids: [parent!], ...resolved })
  const states = async () => (await Promise.all([parent, child].map((id) => rows(`number:${numbers.get(id!)}`)))).flat()
  const numbers = new Map((await rows('')).map(({ id, number }) => [id, number]))
  expect((await states()).map(({ state }) => state)).toEqual(['resolved', 'resolved'])
  await sam.call(undoBulk, { id: bulk.id })
  await desk.settle()
  expect((await states()).map(({ state }) => state)).toEqual(['new', 'new'])
})

test('a change of many can be taken back for five minutes', async () => {
  const bulk = await desk.done(sam, { ids: await desk.opened(2), ...mine })
  expect(await sam.call(listBulks, {})).toContainEqual(bulk)
  await desk.pass(0.1)
  await expect(sam.call(undoBulk, { id: bulk.id })).rejects.toThrow('too late')
  expect(await sam.call(listBulks, {})).toEqual([])
})

test('whoever loses the right midway changes no more', async () => {
  const kim = await desk.employ(await desk.agent('Kim', { teams: [team] }))
  const ids = await desk.opened(120, { category: 'midway' })
  const { id } = await kim.call(startBulk, { ids, ...many(assignIncident, { assigneeId: kim.id }) })
  const working = desk.settle()
  for (;;) if ((await kim.call(getBulk, { id })).changed > 5) break
  await desk.dismiss(kim)
  await working
  const { changed, refused, reasons } = await kim.call(getBulk, { id })
  expect(changed).toBeGreaterThan(5)
  expect(changed + refused).toBe(120)
  expect(reasons).toMatchObject([{ reason: 'You may not do this: it needs item.work', count: refused }])
  expect(refused).toBeGreaterThan(0)
}, 60_000)

test('what is called off stays as far as it came, and can be taken back', async () => {
  const ids = await desk.opened(120)
  const { id } = await sam.call(startBulk, { ids, ...mine })
  const working = desk.settle()
  for (;;) if ((await sam.call(getBulk, { id })).changed > 5) break
  await sam.call(cancelBulk, { id })
  await working
  const { state, changed, waiting } = await sam.call(getBulk, { id })
  expect({ state, all: changed + waiting }).toEqual({ state: 'cancelled', all: 120 })
  expect(waiting).toBeGreaterThan(0)
  await sam.call(undoBulk, { id })
  await desk.settle()
  expect(await sam.call(getBulk, { id })).toMatchObject({ state: 'undone', undone: changed, waiting })
}, 60_000)

test('a change of many is its owner’s alone, and forgotten after a day', async () => {
  const { id } = await desk.done(sam, { ids: await desk.opened(1), ...mine })
  const ada = await desk.administrator('Ada')
  for (const other of [ada, amara]) {
    await expect(other.call(getBulk, { id })).rejects.toThrow('no such change')
    await expect(other.call(undoBulk, { id })).rejects.toThrow('no such change')
    expect(await other.call(listBulks, {})).toEqual([])
  }
  await desk.pass(25)
  await expect(sam.call(getBulk, { id })).rejects.toThrow('no such change')
})

test('a change of many says what is wrong with it before it begins', async () => {
  const [id] = await desk.opened(1)
  const ids = [id!]
  await expect(sam.call(startBulk, { ids, verb: 'DELETE /people/:id', input: {} })).rejects.toThrow('done to many is')
  await expect(sam.call(startBulk, { ...mine })).rejects.toThrow('Name the records')
  await expect(sam.call(startBulk, { ids, filter: '', ...mine })).rejects.toThrow('or a filter')
  await expect(sam.call(startBulk, { filter: 'colour:red', ...mine })).rejects.toThrow('At character 1')
  await expect(sam.call(startBulk, { filter: 'title:nothing', ...mine })).rejects.toThrow('No record matches')
  const wrong = sam.call(startBulk, { ids, verb: resolved.verb, input: { code: 'magic', notes: 'x' } })
  await expect(wrong).rejects.toMatchObject({ status: 400, body: { fields: { 'input.code': expect.any(String) } } })
})
