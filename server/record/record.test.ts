import { expect, test } from 'vitest'
import { assignIncident, openIncident, resolveIncident } from '#shared/incident.ts'
import { addNote } from '#shared/item/conversation.ts'
import { addCustomField } from '#shared/item/custom.ts'
import { setConfidential, setTags } from '#shared/item/item.ts'
import { search } from '#shared/item/search.ts'
import { countRecords, getRecord, listRecords } from '#shared/records.ts'
import { testDesk } from '#test/desk.ts'

const desk = await testDesk()
const retail = await desk.organisation('Halyard Retail')
const network = await desk.team('Network')
const stores = await desk.team('Stores', [retail])
const vpn = await desk.service('VPN', 1)
const admin = await desk.administrator('Ada')
const sam = await desk.agent('Sam', { teams: [network] })
const sue = await desk.agent('Sue', { teams: [stores] })
const rita = await desk.requester('Rita')
const remy = await desk.requester('Remy', { organisation: retail.id })
const chief = await desk.person('Chiara', { role: 'organisation_contact', organisation: retail.id })

const titles = ['Printer jams', 'VPN drops', 'Émile cannot sign in', 'Scanner offline', 'Mail is slow']
for (const [at, title] of titles.entries()) {
  const who = at % 2 === 0 ? rita : remy
  await who.call(openIncident, { title, impact: (at % 3) + 1, urgency: 2, ...(at === 1 && { serviceId: vpn.id }) })
  await desk.pass(1)
}

const titled = (rows: readonly { title: string }[]) => rows.map(({ title }) => title)
const list = async (filter: string, sort = 'createdAt', who = sam) =>
  titled((await who.call(listRecords, { kind: 'incident', filter, sort })).records)

test.for([
  ['', [0, 1, 2, 3, 4]],
  ['is:open priority<=2', [0, 3]],
  ['service:VPN', [1]],
  ['service.tier:1', [1]],
  ['requester.organisation:"Halyard Retail"', [1, 3]],
  ['-requester:Rita', [1, 3]],
  ['service:none title~a', [0, 2, 3, 4]],
  ['created>-90m', [4]],
  ['(title~vpn or title~mail) -service:any', [4]],
  ['scan', [3]],
  ['emile', [2]],
  ['is:unassigned impact:1..2', [0, 1, 3, 4]],
] as const)('the list under %j holds what it says', async ([filter, expected]) => {
  expect(await list(filter)).toEqual(expected.map((at) => titles[at]))
})

test('a filter that is wrong says where, and what would be right', async () => {
  await expect(list('prioity:1')).rejects.toThrow(
    "400 At character 1: There is no field 'prioity'. Did you mean 'priority'?",
  )
  await expect(list('state:opn')).rejects.toThrow('At character 7')
  await expect(list('', 'colour')).rejects.toThrow("One cannot sort by 'colour'")
})

test.for([
  'priority,-createdAt',
  '-priority,createdAt',
  'title',
  '-title',
  'service,createdAt',
  '-dueAt,title',
  'team,-title',
])('pages of a list sorted by %s hold every record once, in order', async (sort) => {
  const { records: whole } = await sam.call(listRecords, { kind: 'incident', sort, limit: 200 })
  const pages: string[] = []
  let after: string | undefined
  do {
    const page = await sam.call(listRecords, { kind: 'incident', sort, limit: 2, ...(after && { after }) })
    pages.push(...titled(page.records))
    after = page.next ?? undefined
  } while (after)
  expect(pages).toEqual(titled(whole))
  expect(new Set(pages).size).toBe(titles.length)
})

test('a cursor of another list is refused', async () => {
  const { next } = await sam.call(listRecords, { kind: 'incident', sort: 'title', limit: 1 })
  await expect(sam.call(listRecords, { kind: 'incident', sort: '-title', after: next! })).rejects.toThrow(
    'another list',
  )
  await expect(sam.call(listRecords, { kind: 'incident', after: 'AAAA' })).rejects.toThrow('400')
})

test('counts are of what one may see', async () => {
  expect(await sam.call(countRecords, { filter: 'is:open' })).toEqual({ value: 5, exact: true })
  expect(await rita.call(countRecords, {})).toEqual({ value: 3, exact: true })
  expect(await remy.call(countRecords, { kind: 'incident' })).toEqual({ value: 2, exact: true })
  expect(await chief.call(countRecords, {})).toEqual({ value: 2, exact: true })
  expect(await sue.call(countRecords, {})).toEqual({ value: 2, exact: true })
})

test('INC-11: a restricted record is not there for others: no list, count, search or address knows it', async () => {
  const { id, number } = await remy.call(openIncident, { title: 'Zeppelin in the stock room' })
  await sam.call(assignIncident, { id, teamId: network.id })
  await sam.call(setConfidential, { itemId: id, confidential: true })
  expect(await list('zeppelin')).toHaveLength(1)
  for (const who of [sue, chief]) {
    expect(await list('zeppelin', 'createdAt', who)).toEqual([])
    expect(await who.call(countRecords, { filter: 'zeppelin' })).toEqual({ value: 0, exact: true })
    expect(await who.call(search, { q: 'zeppelin' })).toEqual([])
    expect(await who.call(search, { q: number })).toEqual([])
    await expect(who.call(getRecord, { key: number })).rejects.toThrow('404')
    await expect(who.call(getRecord, { key: id })).rejects.toThrow('404')
  }
  expect(await list('zeppelin', 'createdAt', remy)).toHaveLength(1)
  await sam.call(resolveIncident, { id, code: 'fixed', notes: 'Flew away' })
})

test('search finds by number, by the start of words, without accents, by people, and in spite of a slip', async () => {
  const find = async (q: string, who = sam) => titled(await who.call(search, { q }))
  const { number } = (await sam.call(listRecords, { filter: 'title~vpn' })).records[0]!
  expect(await find(number.toLowerCase())).toEqual(['VPN drops'])
  expect(await find('prin ja')).toEqual(['Printer jams'])
  expect((await find('EMILE'))[0]).toBe('Émile cannot sign in')
  expect((await find('remy')).toSorted()).toEqual(expect.arrayContaining(['Scanner offline', 'VPN drops']))
  await desk.pass(1)
  expect((await find('scaner'))[0]).toBe('Scanner offline')
  expect(await find('scaner', rita)).not.toContain('Scanner offline')
  const [hit] = await sam.call(search, { q: 'printer' })
  expect(hit!.excerpt).toContain('⟦')
})

test('INC-10: what stands in a note is found by staff alone', async () => {
  const { records } = await sam.call(listRecords, { filter: 'title~mail' })
  await sam.call(addNote, { itemId: records[0]!.id, body: 'Quokka suspected' })
  expect(await list('quokka')).toEqual(['Mail is slow'])
  expect(await list('quokka', 'createdAt', rita)).toEqual([])
  expect(titled(await rita.call(search, { q: 'quokka' }))).toEqual([])
})

test('a custom field works in filters, lists and the record as soon as it is there; hidden ones are not the requester’s', async () => {
  const field = { kind: 'incident', name: 'cost_centre', label: 'Cost centre', type: 'number' } as const
  await admin.call(addCustomField, field)
  await admin.call(addCustomField, { ...field, name: 'floor', label: 'Floor', shownToRequesters: true })
  const { id } = await sam.call(openIncident, {
    title: 'Lift',
    requesterId: rita.id,
    custom: { cost_centre: 4711, floor: 3 },
  })
  expect(await list('custom.cost_centre>4000')).toEqual(['Lift'])
  expect(await list('custom.floor:3', 'createdAt', rita)).toEqual(['Lift'])
  await expect(list('custom.cost_centre:4711', 'createdAt', rita)).rejects.toThrow('no field')
  expect(await rita.call(getRecord, { key: id })).toMatchObject({ custom: { floor: 3 } })
  expect((await rita.call(getRecord, { key: id })).custom).not.toHaveProperty('cost_centre')
  const [row] = (await rita.call(listRecords, { filter: 'title~lift' })).records
  expect(row!.custom).toEqual({ floor: 3 })
})

test('tags are found whole', async () => {
  const { records } = await sam.call(listRecords, { filter: 'title~vpn' })
  await sam.call(setTags, { itemId: records[0]!.id, tags: ['hotel', 'wifi'] })
  expect(await list('tags:wifi')).toEqual(['VPN drops'])
  expect(await list('tags:wif')).toEqual([])
})

test('a list can name further fields of its kind, and nothing that is not one', async () => {
  const { records } = await sam.call(listRecords, { kind: 'incident', fields: 'impact,openedBy', filter: 'title~vpn' })
  expect(records[0]).toMatchObject({ impact: 2, openedBy: { name: 'Remy' } })
  await expect(sam.call(listRecords, { kind: 'incident', fields: 'head' })).rejects.toThrow("no field 'head'")
  await expect(sam.call(listRecords, { kind: 'spaceship' })).rejects.toThrow("no kind 'spaceship'")
})

test('a record is shown and found though who it is about, or who opened it, is out of sight', async () => {
  const wanda = await desk.requester('Wanda', { organisation: retail.id })
  const { number } = await wanda.call(openIncident, { title: 'Wandering laptop' })
  await desk.asSystem(({ db }) =>
    db.updateTable('person').set({ organisationId: desk.home.id }).where('id', '=', wanda.id).execute(),
  )
  expect(await chief.call(getRecord, { key: number })).toMatchObject({ requester: { name: 'Somebody' } })
  expect(titled(await chief.call(search, { q: 'wandering' }))).toEqual(['Wandering laptop'])

  await sue.call(openIncident, { title: 'Ibex at the gate', requesterId: rita.id })
  expect(await list('ibex')).toEqual(['Ibex at the gate'])
})

const page = () => rita.call(listRecords, { kind: 'incident', sort: '-updatedAt', limit: 1 })

test('INC-10: when a note was written shows in no order and no cursor that a requester gets', async () => {
  const { records } = await sam.call(listRecords, { filter: 'title~"Printer jams"' })
  const before = await page()
  await desk.pass(1)
  await sam.call(addNote, { itemId: records[0]!.id, body: 'Between us' })
  expect(await page()).toEqual(before)
  expect((await sam.call(listRecords, { sort: '-updatedAt', limit: 1 })).records).toMatchObject([
    { title: 'Printer jams' },
  ])
})
