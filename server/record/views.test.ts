import { expect, test } from 'vitest'
import { testDesk } from '#test/desk.ts'
import { addCustomField } from '#shared/item/custom.ts'
import { changeView, listViews, removeView, saveView } from '#shared/item/views.ts'

const desk = await testDesk()
const network = await desk.team('Network')
const printing = await desk.team('Printing')
const sam = await desk.agent('Sam Ortiz', { teams: [network] })
const lea = await desk.person('Lea Moser', { role: 'team_lead', teams: [network] })
const ann = await desk.administrator('Ann Lee')
const eve = await desk.agent('Eve Stone', { teams: [printing] })
const rita = await desk.requester('Rita Lindt')

const look = {
  name: 'Our open ones',
  kind: 'incident',
  filter: 'is:open team:my-team priority<=2',
  sort: 'priority,-createdAt',
  columns: ['number', 'title', 'assignee'],
}
const names = async (who: typeof sam) => (await who.call(listViews, { kind: 'incident' })).map(({ name }) => name)

test('a view is seen by whom it is shared with, and marked as mine for its owner alone', async () => {
  await sam.call(saveView, { ...look, name: 'Sam’s' })
  await lea.call(saveView, { ...look, name: 'Network’s', sharedWith: 'team', teamId: network.id })
  await lea.call(saveView, { ...look, name: 'For all', sharedWith: 'everyone' })

  expect(await names(sam)).toEqual(['For all', 'Network’s', 'Sam’s'])
  expect(await names(eve)).toEqual(['For all'])
  expect(await names(rita)).toEqual(['For all'])
  expect((await sam.call(listViews, {})).filter(({ mine }) => mine).map(({ owner }) => owner.name)).toEqual([
    'Sam Ortiz',
  ])
})

test('to share takes the right to, and a team of one’s own', async () => {
  await expect(sam.call(saveView, { ...look, sharedWith: 'everyone' })).rejects.toThrow('403 You may not share views')
  await expect(lea.call(saveView, { ...look, sharedWith: 'team', teamId: printing.id })).rejects.toThrow('403')
  await expect(lea.call(saveView, { ...look, sharedWith: 'team' })).rejects.toThrow('409 Name the team')
})

test('only its owner changes or removes a view', async () => {
  const view = await lea.call(saveView, { ...look, name: 'Hands off', sharedWith: 'everyone' })
  const mine = await sam.call(saveView, { ...look, name: 'Private' })

  await expect(sam.call(changeView, { id: view.id, ...look, name: 'Taken' })).rejects.toThrow('403 Only its owner')
  await expect(sam.call(removeView, { id: view.id })).rejects.toThrow('403')
  await expect(lea.call(removeView, { id: mine.id })).rejects.toThrow('404')
  expect(await lea.call(changeView, { id: view.id, ...look, name: 'Quiet', columns: [] })).toMatchObject({
    name: 'Quiet',
    sharedWith: 'me',
    columns: [],
  })
  await lea.call(removeView, { id: view.id })
  expect(await names(lea)).not.toContain('Quiet')
})

test.for([
  [{ filter: 'sate:open' }, "Did you mean 'state'?"],
  [{ filter: 'state:brokn' }, 'At character'],
  [{ sort: 'description' }, 'One cannot sort by'],
  [{ columns: ['number', 'nonsense'] }, "There is no field 'nonsense'"],
  [{ kind: 'spaceship' }, 'no kind'],
] as const)('a view that could not be opened is not saved: %o', async ([wrong, why]) => {
  await expect(
    sam.call(saveView, { ...look, ...wrong, columns: [...('columns' in wrong ? wrong.columns : [])] }),
  ).rejects.toThrow(why)
})

test('a view may be of all kinds, and go by custom fields', async () => {
  await ann.call(addCustomField, { kind: 'incident', name: 'site', label: 'Site', type: 'choice', options: ['North'] })

  await sam.call(saveView, { ...look, name: 'All', kind: '', filter: 'is:overdue', columns: ['number', 'kind'] })
  await sam.call(saveView, { ...look, name: 'North', filter: 'custom.site:north', columns: ['custom.site'] })
  expect(await names(sam)).toContain('North')
})
