import { expect, test } from 'vitest'
import { testDesk } from '#test/desk.ts'
import { listHistory } from '#shared/item/history.ts'
import { addTask, changeTask, listTasks, removeTask } from '#shared/item/tasks.ts'
import { record } from './record.fixture.ts'
import { openMandatoryTasks } from './tasks.ts'

const desk = await testDesk()
const sam = await desk.agent('Sam Ortiz')
const rita = await desk.requester('Rita Lindt')

const titles = async (itemId: string) => (await sam.call(listTasks, { itemId })).map(({ title }) => title)

test('steps keep their order, and one that is moved pushes the others along', async () => {
  const { itemId } = await record(desk, rita)
  const [first, , third] = [
    await sam.call(addTask, { itemId, title: 'Unplug it' }),
    await sam.call(addTask, { itemId, title: 'Wait' }),
    await sam.call(addTask, { itemId, title: 'Plug it in' }),
  ]
  await sam.call(changeTask, { itemId, id: third.id, position: 0 })
  expect(await titles(itemId)).toEqual(['Plug it in', 'Unplug it', 'Wait'])

  await sam.call(removeTask, { itemId, id: first.id })
  await sam.call(addTask, { itemId, title: 'Print' })
  expect(await titles(itemId)).toEqual(['Plug it in', 'Wait', 'Print'])
})

test('an open mandatory step is what stands in the way of a resolution', async () => {
  const { itemId } = await record(desk, rita)
  await sam.call(addTask, { itemId, title: 'Nice to do' })
  const { id } = await sam.call(addTask, { itemId, title: 'Call back', mandatory: true, assigneeId: sam.id })
  const open = () => desk.asSystem((ctx) => openMandatoryTasks(ctx, itemId))

  expect((await open()).map(({ title }) => title)).toEqual(['Call back'])
  const done = await sam.call(changeTask, { itemId, id, done: true })
  expect(done).toMatchObject({ doneAt: '2030-01-07T09:00:00.000Z', assignee: { name: 'Sam Ortiz' } })
  expect(await open()).toEqual([])

  await sam.call(changeTask, { itemId, id, done: false })
  expect(await open()).toHaveLength(1)
})

test('the history tells the staff of each step, and the requester of none', async () => {
  const { itemId } = await record(desk, rita)
  const { id } = await sam.call(addTask, { itemId, title: 'Check the invoice' })
  await sam.call(changeTask, { itemId, id, done: true })
  await sam.call(changeTask, { itemId, id, done: true })
  await sam.call(removeTask, { itemId, id })

  const did = (await sam.call(listHistory, { itemId })).flatMap(({ data }) => ('did' in data ? [data['did']] : []))
  expect(did).toEqual(['added', 'done', 'removed'])
  expect(JSON.stringify(await rita.call(listHistory, { itemId }))).not.toContain('invoice')
  await expect(rita.call(listTasks, { itemId })).rejects.toThrow('403')
})

test('a step is for somebody of the staff, and belongs to its own record', async () => {
  const [one, other] = [await record(desk, rita), await record(desk, rita)]
  const { id } = await sam.call(addTask, { itemId: one.itemId, title: 'Look' })

  await expect(sam.call(changeTask, { itemId: one.itemId, id, assigneeId: rita.id })).rejects.toThrow('400 Nobody')
  await expect(sam.call(changeTask, { itemId: other.itemId, id, title: 'Steal' })).rejects.toThrow('404')
  await expect(sam.call(removeTask, { itemId: other.itemId, id })).rejects.toThrow('404')
})
