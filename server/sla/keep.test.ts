import { expect, test } from 'vitest'
import { verifyHistory } from '#server/item/item.ts'
import {
  assignIncident,
  cancelIncident,
  changeIncident,
  holdIncident,
  openIncident,
  startIncident,
  reopenIncident,
  resolveIncident,
} from '#shared/incident.ts'
import { addNote } from '#shared/item/conversation.ts'
import { getRecord, listRecords } from '#shared/records.ts'
import { changeDefinition, listClocks, listDefinitions } from '#shared/sla.ts'
import { Terms } from '#shared/sla/terms.ts'
import { hour, slaDesk } from './desk.fixture.ts'

const desk = await slaDesk()
const { sam, rita, lena, network } = desk
const fixed = { code: 'fixed', notes: 'Done' } as const
const due = async (id: string) => (await sam.call(getRecord, { key: id })).dueAt

/** A promise that holds for records with a tag of its own, so that tests keep out of each other's way. */
const tagged = async (
  tag: string,
  more: Parameters<typeof desk.define>[0],
  as: Parameters<typeof desk.define>[1] = {},
) => desk.define({ start: `tags:${tag}`, ...more }, as)

const open = (tag: string, more: object = {}) =>
  sam.call(openIncident, { title: `About ${tag}`, requesterId: rita.id, tags: [tag], ...more })

test('terms that change hold for clocks that begin later; those that run keep theirs, and a definition can be put away', async () => {
  const { id: definitionId } = await tagged('versions', { within: { by: 'time', minutes: 60 } }, { name: 'Versions' })
  desk.setTime('2030-02-18T08:00:00Z')
  const first = await open('versions')
  const { definition } = await lena.call(changeDefinition, {
    id: definitionId,
    startsAt: '2030-02-18T12:00:00.000Z',
    terms: { ...(await termsOf(definitionId)), within: { by: 'time', minutes: 120 } },
  })
  expect(definition.versions.map(({ version }) => version)).toEqual([2, 1])
  const second = await open('versions')
  desk.setTime('2030-02-18T13:00:00Z')
  const third = await open('versions')
  const dues = await Promise.all([first, second, third].map(({ id }) => due(id)))
  expect(dues).toEqual(['2030-02-18T09:00:00.000Z', '2030-02-18T09:00:00.000Z', '2030-02-18T15:00:00.000Z'])
  await lena.call(changeDefinition, { id: definitionId, retired: true })
  desk.setTime('2030-02-18T13:30:00Z')
  expect(await due((await open('versions')).id)).toBeNull()
  await sam.call(changeIncident, { id: third.id, category: 'Still' })
  expect(await due(third.id)).toBe('2030-02-18T15:00:00.000Z')
})

async function termsOf(id: string) {
  const found = (await sam.call(listDefinitions, {})).find((one) => one.id === id)
  return Terms.parse(found?.versions[0])
}

test('the queue sorts and filters by when records are due, and the due time is no part of the history', async () => {
  await tagged('queue', { within: { by: 'time', minutes: 60 }, start: 'tags:queue impact:1' }, { name: 'Queue 1' })
  await tagged('queue', { within: { by: 'time', minutes: 600 } }, { name: 'Queue 2' })
  desk.setTime('2030-02-20T08:00:00Z')
  const [late, soon] = [await open('queue'), await open('queue', { impact: 1 })]
  const { records } = await sam.call(listRecords, { kind: 'incident', filter: 'tags:queue', sort: 'dueAt' })
  expect(records.map(({ id }) => id)).toEqual([soon.id, late.id])
  desk.setTime('2030-02-20T10:00:00Z')
  const overdue = await sam.call(listRecords, { kind: 'incident', filter: 'tags:queue is:overdue' })
  expect(overdue.records.map(({ id }) => id)).toEqual([soon.id])
  expect((await desk.asSystem((ctx) => verifyHistory(ctx))).faults).toEqual([])
})

test('what is kept of a clock is what is counted: rows, due times and what was over', async () => {
  await tagged('rows', { within: { by: 'time', minutes: 60 } }, { name: 'Rows' })
  desk.setTime('2030-02-21T08:00:00Z')
  const { id } = await open('rows')
  await desk.pass(2)
  expect(await desk.rows(id)).toMatchObject([
    {
      state: 'running',
      breachedAt: '2030-02-21T09:00:00.000Z',
      dueAt: '2030-02-21T09:00:00.000Z',
      told: 100,
      wakeAt: null,
    },
  ])
  await sam.call(resolveIncident, { id, ...fixed })
  await desk.pass(1)
  await sam.call(reopenIncident, { id, reason: 'Not yet' })
  await desk.pass(1)
  await sam.call(cancelIncident, { id, reason: 'Never mind' })
  expect(await desk.rows(id)).toMatchObject([
    { state: 'stopped', stoppedAt: '2030-02-21T10:00:00.000Z', businessMs: 2 * hour, elapsedMs: 2 * hour },
    { state: 'stopped', startedAt: '2030-02-21T11:00:00.000Z', businessMs: hour },
  ])
  expect(await desk.past(id)).toEqual([])
})

test('a requester is told nothing of clocks but when it is due, and whoever may not see a record sees none of its clocks', async () => {
  await tagged('secret', {}, { name: 'Secret' })
  const { id } = await open('secret', { confidential: true, teamId: network.id })
  const stranger = await desk.agent('Olga', { teams: [await desk.team('Elsewhere')] })
  await expect(rita.call(listClocks, { itemId: id })).rejects.toThrow('403')
  await expect(stranger.call(listClocks, { itemId: id })).rejects.toThrow('404')
  await sam.call(addNote, { itemId: id, body: 'For us' })
  expect((await desk.clocks(id)).map(({ name }) => name)).toEqual(['Secret'])
})

test('SLM-12: who held the clock for how long, and the parts come to the whole', async () => {
  await tagged('hands', { within: { by: 'time', minutes: 4800 } }, { name: 'Hands' })
  desk.setTime('2030-03-13T08:00:00Z')
  const { id } = await open('hands')
  await desk.pass(1)
  await sam.call(assignIncident, { id, teamId: network.id })
  await desk.pass(2)
  await sam.call(assignIncident, { id, assigneeId: sam.id })
  await desk.pass(3)
  await sam.call(holdIncident, { id, reason: 'vendor' })
  await desk.pass(4)
  await sam.call(holdIncident, { id, reason: 'caller', comment: 'Which one?' })
  await desk.pass(5)
  await sam.call(startIncident, { id })
  await desk.pass(1)
  await sam.call(resolveIncident, { id, ...fixed })
  const { breakdown, businessMs, elapsedMs, pausedMs } = await desk.clock(id, 'Hands')
  expect(
    breakdown.map(({ holder, businessMs: its, pausedMs: waited }) => [holder.name, its / hour, waited / hour]),
  ).toEqual([
    ['Sam', 4, 0],
    ['Network', 2, 0],
    ['Nobody', 1, 0],
    ['The vendor', 0, 4],
    ['Rita', 0, 5],
  ])
  const sum = (of: 'businessMs' | 'elapsedMs' | 'pausedMs') => breakdown.reduce((total, share) => total + share[of], 0)
  expect([sum('businessMs'), sum('elapsedMs'), sum('pausedMs')]).toEqual([businessMs, elapsedMs, pausedMs])
})
