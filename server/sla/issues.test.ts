import { expect, test } from 'vitest'
import { keepCalendar } from '#shared/calendar.ts'
import {
  assignIncident,
  changeIncident,
  holdIncident,
  openIncident,
  reopenIncident,
  resolveIncident,
  startIncident,
} from '#shared/incident.ts'
import { addComment } from '#shared/item/conversation.ts'
import { getRecord } from '#shared/records.ts'
import { at, hour, office, slaDesk } from './desk.fixture.ts'

// What went wrong elsewhere, told as what must not go wrong here; each is named after the report of it.
const desk = await slaDesk()
const { sam, rita, network } = desk
const fixed = { code: 'fixed', notes: 'Done' } as const
const due = async (id: string) => (await sam.call(getRecord, { key: id })).dueAt
const open = (tag: string, more: object = {}) =>
  sam.call(openIncident, { title: `About ${tag}`, requesterId: rita.id, tags: [tag], ...more })
const lunch = [
  { from: '08:00', to: '12:00' },
  { from: '13:00', to: '17:00' },
]
const berlin = await desk.calendar('Berlin', 'Europe/Berlin', office)
const split = await desk.calendar('With lunch', 'Europe/Berlin', lunch)

test('SLM-06: zammad#5624, #5177: each of two promises runs by its own time, and a change of one leaves the other', async () => {
  await desk.define(
    { start: 'tags:z1', stop: 'answered:true', within: { by: 'time', minutes: 60 } },
    { name: 'z1 answer' },
  )
  await desk.define({ start: 'tags:z1 impact:3', within: { by: 'time', minutes: 480 } }, { name: 'z1 low' })
  await desk.define({ start: 'tags:z1 impact:1', within: { by: 'time', minutes: 120 } }, { name: 'z1 high' })
  desk.setTime('2030-03-04T08:00:00Z')
  const { id } = await open('z1')
  desk.setTime('2030-03-04T08:30:00Z')
  await sam.call(changeIncident, { id, impact: 1 })
  expect(await desk.clock(id, 'z1 answer')).toMatchObject({ state: 'stopped', businessMs: hour / 2 })
  expect(await desk.clock(id, 'z1 high')).toMatchObject({ dueAt: '2030-03-04T10:00:00.000Z', businessMs: hour / 2 })
})

test('SLM-06: glpi#15605, #6902: after a change of priority and back, both promises are as if the change had not been', async () => {
  await desk.define({ start: 'tags:g1 impact:3', within: { by: 'time', minutes: 480 } }, { name: 'g1 low' })
  await desk.define({ start: 'tags:g1 impact:1', within: { by: 'time', minutes: 60 } }, { name: 'g1 high' })
  desk.setTime('2030-03-05T08:00:00Z')
  const { id } = await open('g1')
  desk.setTime('2030-03-05T08:20:00Z')
  await sam.call(changeIncident, { id, impact: 1 })
  expect(await due(id)).toBe('2030-03-05T09:00:00.000Z')
  desk.setTime('2030-03-05T08:40:00Z')
  await sam.call(changeIncident, { id, impact: 3 })
  expect(await due(id)).toBe('2030-03-05T16:00:00.000Z')
  expect(await desk.clock(id, 'g1 low')).toMatchObject({
    startedAt: '2030-03-05T08:00:00.000Z',
    businessMs: 40 * 60_000,
  })
})

test('SLM-08: glpi#1912, #24481: what waits is not counted, however often and however long it waits', async () => {
  await desk.define({ start: 'tags:g2', within: { by: 'time', minutes: 240 } }, { name: 'g2' })
  desk.setTime('2030-03-06T08:00:00Z')
  const { id } = await open('g2')
  for (const [held, went] of [
    ['09:00', '11:00'],
    ['12:00', '12:01'],
    ['13:00', '20:00'],
  ]) {
    desk.setTime(`2030-03-06T${held}:00Z`)
    await sam.call(holdIncident, { id, reason: 'vendor' })
    expect(await due(id)).toBeNull()
    desk.setTime(`2030-03-06T${went}:00Z`)
    await sam.call(startIncident, { id })
  }
  // One hour, one hour, 59 minutes: an hour and a minute are left at 20:00.
  expect(await due(id)).toBe('2030-03-06T21:01:00.000Z')
  desk.setTime('2030-03-06T21:00:00Z')
  await sam.call(resolveIncident, { id, ...fixed })
  expect(await desk.clock(id, 'g2')).toMatchObject({ breachedAt: null, businessMs: 239 * 60_000 })
})

test('SLM-08: glpi#23359: the time through which it was solved is neither used up nor waited', async () => {
  await desk.define({ start: 'tags:g3', within: { by: 'time', minutes: 240 } }, { name: 'g3' })
  desk.setTime('2030-03-07T08:00:00Z')
  const { id } = await open('g3')
  desk.setTime('2030-03-07T10:00:00Z')
  await sam.call(resolveIncident, { id, ...fixed })
  expect(await due(id)).toBeNull()
  desk.setTime('2030-03-09T10:00:00Z')
  await sam.call(reopenIncident, { id, reason: 'Again' })
  desk.setTime('2030-03-09T11:00:00Z')
  const [solved, again] = await desk.clocks(id)
  expect(solved).toMatchObject({ state: 'stopped', businessMs: 2 * hour, pausedMs: 0 })
  expect(again).toMatchObject({
    state: 'running',
    startedAt: '2030-03-09T10:00:00.000Z',
    businessMs: hour,
    pausedMs: 0,
  })
})

test('SLM-08: glpi#10594: a wait of one business day moves the due time by one business day, not by the nights', async () => {
  await desk.define({ start: 'tags:g4', calendarId: berlin, within: { by: 'time', minutes: 540 } }, { name: 'g4' })
  desk.setTime(at('2030-03-11T08:00[Europe/Berlin]'))
  const { id } = await open('g4')
  expect(await due(id)).toBe(at('2030-03-11T17:00[Europe/Berlin]'))
  desk.setTime(at('2030-03-11T12:00[Europe/Berlin]'))
  await sam.call(holdIncident, { id, reason: 'evidence' })
  desk.setTime(at('2030-03-12T12:00[Europe/Berlin]'))
  await sam.call(startIncident, { id })
  expect(await due(id)).toBe(at('2030-03-12T17:00[Europe/Berlin]'))
})

test('SLM-08: a caller who answers lets the clock go on in that moment', async () => {
  await desk.define({ start: 'tags:g5', within: { by: 'time', minutes: 120 } }, { name: 'g5' })
  desk.setTime('2030-03-13T08:00:00Z')
  const { id } = await open('g5')
  desk.setTime('2030-03-13T09:00:00Z')
  await sam.call(holdIncident, { id, reason: 'caller', comment: 'Which one?' })
  desk.setTime('2030-03-13T15:00:00Z')
  await rita.call(addComment, { itemId: id, body: 'The grey one' })
  expect(await due(id)).toBe('2030-03-13T16:00:00.000Z')
})

test('SLM-03: frappe/helpdesk#2212, osTicket#4166: several intervals a day count each, and the lunch between does not', async () => {
  await desk.define({ start: 'tags:f1', calendarId: split, within: { by: 'time', minutes: 120 } }, { name: 'f1' })
  desk.setTime(at('2030-03-14T11:00[Europe/Berlin]'))
  const { id } = await open('f1')
  expect(await due(id)).toBe(at('2030-03-14T14:00[Europe/Berlin]'))
})

test('SLM-10: glpi#20077: the clock says which calendar counts, and in which zone', async () => {
  await desk.define({ start: 'tags:g6', calendarId: split, within: { by: 'time', minutes: 120 } }, { name: 'g6' })
  desk.setTime(at('2030-03-15T08:00[Europe/Berlin]'))
  const { id } = await open('g6')
  desk.setTime(at('2030-03-15T09:00[Europe/Berlin]'))
  const { segments } = await desk.clock(id, 'g6')
  expect(segments).toMatchObject([
    { calendar: 'With lunch', zone: 'Europe/Berlin', state: 'running', businessMs: hour },
  ])
})

test('SLM-11: zammad#4432: what is used up at midnight is told when whoever is told comes to work', async () => {
  await desk.define({ start: 'tags:z2', within: { by: 'time', minutes: 480 }, warnAt: [50, 75] }, { name: 'z2' })
  await desk.lena.call(keepCalendar, { of: 'person', id: sam.id, calendarId: berlin })
  desk.setTime(at('2030-03-18T19:00[Europe/Berlin]'))
  const { id, number } = await open('z2', { teamId: network.id })
  await sam.call(assignIncident, { id, assigneeId: sam.id })
  const before = desk.mailTo(sam).length
  for (let hours = 0; hours < 12; hours += 1) await desk.pass(1)
  expect(desk.mailTo(sam).length).toBe(before)
  await desk.pass(1.1)
  const told = desk.mailTo(sam).slice(before)
  expect(told.map(({ subject }) => subject)).toEqual([`${number} is overdue: z2`])
  expect(told[0]!.text).toContain('It was due Tue 19 Mar, 02:00 UTC')
})
