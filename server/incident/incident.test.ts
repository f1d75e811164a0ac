import { expect, test } from 'vitest'
import { differences, replay } from '#server/item/item.ts'
import {
  assignIncident,
  cancelIncident,
  changeIncident,
  closeIncident,
  holdIncident,
  openIncident,
  overridePriority,
  reopenIncident,
  resolveIncident,
  startIncident,
} from '#shared/incident.ts'
import { setParent } from '#shared/family.ts'
import { getPriorityMatrix, setPriorityMatrix } from '#shared/matrix.ts'
import { addComment, listComments } from '#shared/item/conversation.ts'
import { listHistory } from '#shared/item/history.ts'
import { listLinks } from '#shared/item/links.ts'
import { getRecord, listRecords } from '#shared/records.ts'
import { testDesk } from '#test/desk.ts'

const desk = await testDesk()
const network = await desk.team('Network')
const serviceDesk = await desk.team('Service desk')
const vpnService = await desk.service('VPN', 1)
const sam = await desk.agent('Sam', { teams: [network, serviceDesk] })
const nora = await desk.agent('Nora', { teams: [network] })
const lena = await desk.person('Lena', { role: 'service_manager', teams: [network] })
const rita = await desk.requester('Rita')
const otto = await desk.requester('Otto')

const vpn = { title: 'The VPN is down', description: 'Since this morning', impact: 1, urgency: 2 } as const
const fixed = { code: 'fixed', notes: 'Restarted the gateway' } as const

test('INC-01: a hundred reports at once get a hundred numbers, none twice', async () => {
  const all = await Promise.all(Array.from({ length: 100 }, () => rita.call(openIncident, vpn)))
  expect(new Set(all.map(({ number }) => number)).size).toBe(100)
  for (const { number } of all) expect(number).toMatch(/^INC\d{7}$/)
})

test('INC-01: an incident keeps who called, how to call back, what it is about and how it came in', async () => {
  const about = {
    requesterId: rita.id,
    contactId: otto.id,
    callback: '+44 20 7946 0018',
    category: 'Network',
    configurationItem: 'gw-01',
    serviceId: vpnService.id,
    source: 'phone' as const,
  }
  const incident = await sam.call(openIncident, { ...vpn, ...about })
  expect(incident).toMatchObject({
    state: 'new',
    source: 'phone',
    callback: '+44 20 7946 0018',
    category: 'Network',
    configurationItem: 'gw-01',
    requester: { name: 'Rita' },
    contact: { name: 'Otto' },
    openedBy: { name: 'Sam' },
    service: { tier: 1 },
    createdAt: '2030-01-07T09:00:00.000Z',
    version: 1,
  })
  expect(await sam.call(getRecord, { key: incident.number })).toEqual(incident)
})

test.for([
  [1, 1, 1],
  [1, 2, 2],
  [1, 3, 3],
  [2, 1, 2],
  [2, 2, 3],
  [2, 3, 4],
  [3, 1, 3],
  [3, 2, 4],
  [3, 3, 5],
] as const)('INC-02: impact %i and urgency %i make priority %i', async ([impact, urgency, priority]) => {
  expect(await rita.call(openIncident, { ...vpn, impact, urgency })).toMatchObject({ priority })
})

test('INC-02: the matrix is data, and an incident that is open keeps the priority it had', async () => {
  const cells = await lena.call(getPriorityMatrix, {})
  const before = await rita.call(openIncident, { title: 'Slow', impact: 3, urgency: 3 })
  const changed = cells.map((cell) => (cell.impact === 3 && cell.urgency === 3 ? { ...cell, priority: 4 } : cell))
  await expect(sam.call(setPriorityMatrix, { cells: changed })).rejects.toThrow('403')
  await lena.call(setPriorityMatrix, { cells: changed })
  expect(await rita.call(openIncident, { title: 'Slow', impact: 3, urgency: 3 })).toMatchObject({ priority: 4 })
  expect(await sam.call(getRecord, { key: before.number })).toMatchObject({ priority: 5 })
  await lena.call(setPriorityMatrix, { cells })
})

test('INC-02: a priority set by hand needs a reason, stays when impact changes, and can be given back', async () => {
  const { id } = await rita.call(openIncident, vpn)
  await expect(lena.call(overridePriority, { id, priority: 1 })).rejects.toThrow('Say why')
  await expect(sam.call(overridePriority, { id, priority: 1, reason: 'Board' })).rejects.toThrow('403')
  await lena.call(overridePriority, { id, priority: 1, reason: 'The board meets today' })
  expect(await sam.call(changeIncident, { id, impact: 3 })).toMatchObject({ priority: 1, impact: 3 })
  expect(await lena.call(overridePriority, { id, priority: null })).toMatchObject({ priority: 4, priorityReason: null })
})

test('INC-03: to wait for the caller takes a comment, and the caller’s answer brings it back to work', async () => {
  const { id } = await rita.call(openIncident, vpn)
  await expect(sam.call(holdIncident, { id, reason: 'caller' })).rejects.toThrow('Write what you need')
  const waiting = await sam.call(holdIncident, { id, reason: 'caller', comment: 'Which network are you on?' })
  expect(waiting).toMatchObject({ state: 'waiting', phase: 'waiting', holdReason: 'caller' })
  expect(await rita.call(listComments, { itemId: id })).toMatchObject([{ body: 'Which network are you on?' }])

  await rita.call(addComment, { itemId: id, body: 'The hotel’s' })
  expect(await sam.call(getRecord, { key: id })).toMatchObject({ state: 'in_progress', holdReason: null })
})

test('INC-03: what waits for a vendor goes on waiting when the caller writes', async () => {
  const { id } = await rita.call(openIncident, vpn)
  await sam.call(holdIncident, { id, reason: 'vendor' })
  await rita.call(addComment, { itemId: id, body: 'Any news?' })
  expect(await sam.call(getRecord, { key: id })).toMatchObject({ state: 'waiting', holdReason: 'vendor' })
})

test('INC-05: every change of hands is counted, the first assignment is none, and too many are told once', async () => {
  const { id } = await rita.call(openIncident, vpn)
  const hands = [
    [{ teamId: serviceDesk.id }, 0],
    [{ assigneeId: sam.id }, 0],
    [{ teamId: network.id }, 1],
    [{ assigneeId: nora.id }, 2],
    [{ assigneeId: sam.id, teamId: serviceDesk.id }, 3],
    [{ teamId: network.id, assigneeId: null }, 4],
  ] as const
  for (const [to, count] of hands)
    expect(await sam.call(assignIncident, { id, ...to })).toMatchObject({ reassignmentCount: count })
  const history = await sam.call(listHistory, { itemId: id })
  expect(history.filter(({ name }) => name === 'incident.bounced')).toMatchObject([{ data: { count: 3 } }])
  expect((await rita.call(listHistory, { itemId: id })).map(({ name }) => name)).not.toContain('incident.bounced')
})

test('an incident is given to those who belong to the team, and an assignee makes it assigned', async () => {
  const { id } = await rita.call(openIncident, vpn)
  await expect(sam.call(assignIncident, { id, teamId: serviceDesk.id, assigneeId: nora.id })).rejects.toThrow(
    'Nora is not in that team',
  )
  await expect(sam.call(assignIncident, { id, assigneeId: rita.id })).rejects.toThrow('no such person on the staff')
  const assigned = await sam.call(assignIncident, { id, assigneeId: nora.id })
  expect(assigned).toMatchObject({ state: 'assigned', team: { name: 'Network' }, assignee: { name: 'Nora' } })
})

test('INC-06: within its days a resolved incident is reopened and counted', async () => {
  const { id } = await rita.call(openIncident, vpn)
  await sam.call(resolveIncident, { id, ...fixed })
  await desk.pass(24)
  await expect(otto.call(reopenIncident, { id, reason: 'Not mine' })).rejects.toThrow('404')
  const reopened = await rita.call(reopenIncident, { id, reason: 'It dropped again' })
  expect(reopened).toMatchObject({ id, state: 'in_progress', reopenCount: 1, resolvedAt: null, resolutionCode: null })
})

test('INC-06: later than that a new incident follows the old one, linked both ways', async () => {
  const { id, number } = await sam.call(openIncident, { ...vpn, requesterId: rita.id })
  await sam.call(changeIncident, { id, major: true })
  await sam.call(resolveIncident, { id, ...fixed })
  await desk.pass(15 * 24)
  const next = await rita.call(reopenIncident, { id, reason: 'It is back' })
  expect(next.id).not.toBe(id)
  expect(next).toMatchObject({ state: 'new', reopenCount: 0, requester: { name: 'Rita' } })
  expect(await sam.call(listLinks, { itemId: id })).toMatchObject([{ type: 'follows', item: { number: next.number } }])
  expect(await sam.call(listLinks, { itemId: next.id })).toMatchObject([{ reads: 'follows', item: { number } }])
})

test('INC-07: a resolved incident closes itself after five days, whatever else was written; a major one never', async () => {
  const [plain, major] = await Promise.all([rita.call(openIncident, vpn), rita.call(openIncident, vpn)])
  await sam.call(changeIncident, { id: major.id, major: true })
  for (const { id } of [plain, major]) await sam.call(resolveIncident, { id, ...fixed })
  await desk.pass(4 * 24)
  await sam.call(addComment, { itemId: plain.id, body: 'Is it well?' })
  expect(await sam.call(getRecord, { key: plain.id })).toMatchObject({ state: 'resolved' })
  await desk.pass(25)
  expect(await sam.call(getRecord, { key: plain.id })).toMatchObject({ state: 'closed' })
  expect(await sam.call(getRecord, { key: major.id })).toMatchObject({ state: 'resolved' })
})

test('INC-08: what happens to a parent happens to its children, but what is asked of its caller', async () => {
  const [parent, child, other] = await Promise.all([1, 2, 3].map(() => rita.call(openIncident, vpn)))
  await sam.call(setParent, { id: child!.id, parent: parent!.number })
  const of = (id: string) => sam.call(getRecord, { key: id })

  await sam.call(startIncident, { id: parent!.id })
  expect(await of(child!.id)).toMatchObject({ state: 'in_progress', parent: { number: parent!.number } })
  await sam.call(holdIncident, { id: parent!.id, reason: 'caller', comment: 'Is it everywhere?' })
  expect(await of(child!.id)).toMatchObject({ state: 'in_progress', holdReason: null })
  await sam.call(holdIncident, { id: parent!.id, reason: 'vendor' })
  expect(await of(child!.id)).toMatchObject({ state: 'waiting', holdReason: 'vendor' })
  await sam.call(resolveIncident, { id: parent!.id, ...fixed })
  expect(await of(child!.id)).toMatchObject({ state: 'resolved', resolutionCode: 'fixed' })
  expect((await of(child!.id)).resolutionNotes).toContain(`${parent!.number}: Restarted`)
  await sam.call(reopenIncident, { id: parent!.id, reason: 'Not fixed' })
  expect(await of(child!.id)).toMatchObject({ state: 'in_progress', reopenCount: 1 })
  expect(await of(other!.id)).toMatchObject({ state: 'new' })
})

test('INC-08: a parent is nobody’s child, and nobody is their own', async () => {
  const [a, b, c] = await Promise.all([1, 2, 3].map(() => rita.call(openIncident, vpn)))
  await sam.call(setParent, { id: b!.id, parent: a!.number })
  await expect(sam.call(setParent, { id: c!.id, parent: b!.number })).rejects.toThrow('is itself a child')
  await expect(sam.call(setParent, { id: a!.id, parent: c!.number })).rejects.toThrow('has children of its own')
  await expect(sam.call(setParent, { id: c!.id, parent: c!.number })).rejects.toThrow('its own parent')
  await expect(sam.call(setParent, { id: c!.id, parent: 'INC9999999' })).rejects.toThrow('There is no incident')
  expect(await sam.call(setParent, { id: b!.id, parent: null })).toMatchObject({ parent: null })
})

test('an incident is resolved once, and says how', async () => {
  const { id } = await rita.call(openIncident, vpn)
  await expect(rita.call(resolveIncident, { id, ...fixed })).rejects.toThrow('403')
  await expect(sam.call(resolveIncident, { id, code: 'fixed', notes: '  ' })).rejects.toThrow('400')
  const all = await Promise.allSettled(Array.from({ length: 20 }, () => sam.call(resolveIncident, { id, ...fixed })))
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await expect(sam.call(resolveIncident, { id, ...fixed })).rejects.toThrow('409')
})

test('a requester closes what is solved and takes back what nobody began', async () => {
  const one = await rita.call(openIncident, vpn)
  await expect(otto.call(cancelIncident, { id: one.id, reason: 'Not mine' })).rejects.toThrow('404')
  expect(await rita.call(cancelIncident, { id: one.id, reason: 'My mistake' })).toMatchObject({ state: 'cancelled' })
  const two = await rita.call(openIncident, vpn)
  await sam.call(startIncident, { id: two.id })
  await expect(rita.call(cancelIncident, { id: two.id, reason: 'Hm' })).rejects.toThrow('being worked on')
  await sam.call(resolveIncident, { id: two.id, ...fixed })
  expect(await rita.call(closeIncident, { id: two.id })).toMatchObject({ state: 'closed' })
})

test('two edits of different fields both survive; of the same field, the second gets both values', async () => {
  const { id, version } = await rita.call(openIncident, vpn)
  await sam.call(changeIncident, { id, version, category: 'Network' })
  const both = await nora.call(changeIncident, { id, version, configurationItem: 'gw-02' })
  expect(both).toMatchObject({ category: 'Network', configurationItem: 'gw-02' })

  const clash = await nora.call(changeIncident, { id, version, category: 'Hardware' }).catch((error) => error)
  expect(clash.status).toBe(409)
  expect(clash.body.clashes).toMatchObject([{ field: 'category', yours: 'Hardware', theirs: 'Network', by: 'Sam' }])
})

test('a requester sees their own incidents and nobody else’s, by whatever way they ask', async () => {
  const { id, number } = await rita.call(openIncident, { ...vpn, title: 'Zanzibar printer' })
  expect((await otto.call(listRecords, { kind: 'incident', filter: 'Zanzibar' })).records).toEqual([])
  await expect(otto.call(getRecord, { key: number })).rejects.toThrow('404')
  await expect(otto.call(addComment, { itemId: id, body: 'Hello' })).rejects.toThrow('404')
  expect((await rita.call(listRecords, { kind: 'incident', filter: 'Zanzibar' })).records).toMatchObject([{ number }])
})

test('where the work goes is the desk’s to say', async () => {
  await expect(rita.call(openIncident, { ...vpn, teamId: network.id })).rejects.toThrow('Only the desk')
  await expect(rita.call(openIncident, { ...vpn, requesterId: otto.id })).rejects.toThrow('Only the desk')
  await expect(rita.call(openIncident, { ...vpn, title: '' })).rejects.toThrow('title')
  await expect(sam.call(openIncident, { ...vpn, serviceId: otto.id })).rejects.toThrow('There is no such service')
})

test('every incident of this file is what its history says', async () => {
  const rows = await desk.asSystem(async ({ db }) => {
    const items = await db.selectFrom('item').innerJoin('incident', 'incident.id', 'item.id').selectAll().execute()
    const events = await db.selectFrom('event').select(['itemId', 'changes']).orderBy('seq').execute()
    const histories = Map.groupBy(events, ({ itemId }) => itemId)
    return items.map((item) => ({ item, history: histories.get(item.id) ?? [] }))
  })
  expect(rows.length).toBeGreaterThan(100)
  for (const { item, history } of rows) {
    expect(differences(replay(history), item)).toEqual([])
    expect(history).toHaveLength(item.version)
  }
})
