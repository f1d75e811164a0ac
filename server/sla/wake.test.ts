import { expect, test } from 'vitest'
import { keepCalendar } from '#shared/calendar.ts'
import { assignIncident, holdIncident, openIncident, resolveIncident, startIncident } from '#shared/incident.ts'
import { listHistory } from '#shared/item/history.ts'
import { getRecord } from '#shared/records.ts'
import { as, system, type Ctx, type Desk } from '#server/core/desk.ts'
import { happen, hold } from '#server/item/item.ts'
import { record } from '#server/item/record.fixture.ts'
import { deriveClocks } from './keep.ts'
import { at, office, slaDesk } from './desk.fixture.ts'

const desk = await slaDesk()
const { sam, rita, lena, network } = desk
const fixed = { code: 'fixed', notes: 'Done' } as const
const lead = await desk.person('Lea', { role: 'team_lead', teams: [network] })
await desk.asSystem(({ db }) => db.updateTable('member').set({ lead: true }).where('personId', '=', lead.id).execute())
const open = (tag: string, more: object = {}) =>
  sam.call(openIncident, { title: `About ${tag}`, requesterId: rita.id, tags: [tag], ...more })
const told = async (itemId: string) =>
  (await sam.call(listHistory, { itemId })).filter(({ name }) => name.startsWith('sla.'))

/** A desk on which things happen at another time than now. */
const recording = (of: Desk, time: string) => ({
  ...desk,
  asSystem: <T>(work: (ctx: Ctx) => Promise<T>) => as(of, system, work, { at: time }),
})

test('SLM-11: at 50 %, 75 % and when it is due, the record says so and whoever works on it is told, each once', async () => {
  await desk.define({ start: 'tags:w1', within: { by: 'time', minutes: 240 } }, { name: 'w1' })
  desk.setTime('2030-01-08T08:00:00Z')
  const { id, number } = await open('w1')
  await sam.call(assignIncident, { id, assigneeId: sam.id, teamId: network.id })
  for (let quarter = 0; quarter < 20; quarter += 1) await desk.pass(0.25)
  expect((await told(id)).map(({ name, at: time, data }) => [name, time, data['percent'] ?? null])).toEqual([
    ['sla.warned', '2030-01-08T10:15:00.000Z', 50],
    ['sla.warned', '2030-01-08T11:15:00.000Z', 75],
    ['sla.breached', '2030-01-08T12:15:00.000Z', null],
  ])
  const subjects = desk.mailTo(sam).map(({ subject }) => subject)
  expect(subjects).toEqual([
    `${number}: 50 % of w1 is used up`,
    `${number}: 75 % of w1 is used up`,
    `${number} is overdue: w1`,
  ])
  expect(await rita.call(listHistory, { itemId: id })).not.toContainEqual(
    expect.objectContaining({ name: 'sla.breached' }),
  )
})

test('SLM-11: where nobody works on it, the leads of its team are told; with a pause nobody is', async () => {
  await desk.define({ start: 'tags:w2', within: { by: 'time', minutes: 60 }, warnAt: [] }, { name: 'w2' })
  desk.setTime('2030-01-09T08:00:00Z')
  const [taken, paused] = [await open('w2', { teamId: network.id }), await open('w2', { teamId: network.id })]
  await sam.call(holdIncident, { id: paused.id, reason: 'vendor' })
  await desk.pass(2)
  expect(desk.mailTo(lead).map(({ subject }) => subject)).toEqual([`${taken.number} is overdue: w2`])
  expect(await told(paused.id)).toEqual([])
  await sam.call(startIncident, { id: paused.id })
  await desk.pass(2)
  expect(desk.mailTo(lead)).toHaveLength(2)
})

test('SLM-11: what is urgent is told at any hour, the rest in the hours of whoever is told, if it still goes by then', async () => {
  const hours = await desk.calendar('Office', 'Europe/Berlin', office)
  await lena.call(keepCalendar, { of: 'team', id: network.id, calendarId: hours })
  const within = { by: 'time', minutes: 60 } as const
  await desk.define({ start: 'tags:w3 tags:urgent', within, warnAt: [], urgent: true }, { name: 'w3 urgent' })
  await desk.define({ start: 'tags:w3 -tags:urgent', within, warnAt: [] }, { name: 'w3' })
  desk.setTime(at('2030-01-10T22:00[Europe/Berlin]'))
  const sent = desk.mailTo(lead).length
  const urgent = await open('w3', { teamId: network.id, tags: ['w3', 'urgent'] })
  const [waits, ends] = [await open('w3', { teamId: network.id }), await open('w3', { teamId: network.id })]
  await desk.pass(2)
  const subjects = () =>
    desk
      .mailTo(lead)
      .slice(sent)
      .map(({ subject }) => subject)
  expect(subjects()).toEqual([`${urgent.number} is overdue: w3 urgent`])
  await sam.call(resolveIncident, { id: ends.id, ...fixed })
  desk.setTime(at('2030-01-11T08:00[Europe/Berlin]'))
  await desk.pass(0.01)
  expect(subjects()).toEqual([`${urgent.number} is overdue: w3 urgent`, `${waits.number} is overdue: w3`])
  await lena.call(keepCalendar, { of: 'team', id: network.id, calendarId: null })
})

test('what came due while the desk was down is told once when it is up again, and said to be late, with its true time', async () => {
  await desk.define({ start: 'tags:w4', within: { by: 'time', minutes: 60 } }, { name: 'w4' })
  desk.setTime('2030-01-14T08:00:00Z')
  const { id } = await open('w4')
  desk.setTime('2030-01-15T08:00:00Z')
  await desk.pass(0)
  await desk.pass(0)
  expect(await told(id)).toMatchObject([
    { name: 'sla.breached', data: { late: true, dueAt: '2030-01-14T09:00:00.000Z' }, at: '2030-01-15T08:00:00.000Z' },
  ])
  expect(await desk.rows(id)).toMatchObject([{ breachedAt: '2030-01-14T09:00:00.000Z', told: 100 }])
})

test('an alarm is set for what is due within the minute, to the moment', async () => {
  await desk.define({ start: 'tags:w5', within: { by: 'time', minutes: 1 }, warnAt: [] }, { name: 'w5' })
  desk.setTime('2030-01-16T08:00:00Z')
  const { id } = await open('w5')
  desk.setTime('2030-01-16T08:01:00.001Z')
  await desk.settle()
  expect((await told(id)).map(({ name, at: time }) => [name, time])).toEqual([
    ['sla.breached', '2030-01-16T08:01:00.001Z'],
  ])
})

test('a record that comes with its past has clocks as they were, and wakes nobody until somebody does something with it', async () => {
  await desk.define(
    { start: 'category:Imported', within: { by: 'time', minutes: 60 } },
    { name: 'w6', startsAt: '2030-01-01T00:00:00.000Z' },
  )
  desk.setTime('2030-01-17T08:00:00Z')
  const mails = desk.mail.length
  const quiet = { ...desk.desk, reactions: new Map() }
  const { id } = await record(recording(quiet, '2030-01-16T08:00:00.000Z'), rita, { category: 'Imported' })
  await as(desk.desk, system, (ctx) => deriveClocks(ctx, 'incident', [id]))
  expect(await desk.rows(id)).toMatchObject([
    { startedAt: '2030-01-16T08:00:00.000Z', breachedAt: '2030-01-16T09:00:00.000Z', wakeAt: null },
  ])
  expect((await sam.call(getRecord, { key: id })).dueAt).toBeNull()
  await desk.pass(24)
  expect([await told(id), desk.mail.length]).toEqual([[], mails])

  await sam.call(assignIncident, { id, assigneeId: sam.id, teamId: network.id })
  expect((await sam.call(getRecord, { key: id })).dueAt).toBe('2030-01-16T09:00:00.000Z')
  await desk.pass(1)
  expect([await told(id), desk.mail.length]).toEqual([[], mails])
})

test('what somebody brings in an hour and more after it happened is counted as of then, and tells nobody what was over by now', async () => {
  await desk.define({ start: 'category:Late', within: { by: 'time', minutes: 60 } }, { name: 'w7' })
  desk.setTime('2030-01-21T12:00:00Z')
  const { id } = await record(recording(desk.desk, '2030-01-21T08:00:00.000Z'), rita, { category: 'Late' })
  await desk.pass(1)
  expect(await told(id)).toEqual([])
  expect(await desk.rows(id)).toMatchObject([
    { breachedAt: '2030-01-21T09:00:00.000Z', knownAt: '2030-01-21T12:00:00.000Z' },
  ])
})

test('what turns out to have been otherwise is kept beside, with the time until which it was believed', async () => {
  await desk.define({ start: 'category:Late', within: { by: 'time', minutes: 600 }, warnAt: [] }, { name: 'w8' })
  desk.setTime('2030-01-22T08:00:00Z')
  const { id } = await sam.call(openIncident, { title: 'w8', requesterId: rita.id, category: 'Late' })
  desk.setTime('2030-01-22T12:00:00Z')
  await as(
    desk.desk,
    sam.actor,
    async (ctx) =>
      happen(ctx, await hold(ctx, id, 'incident'), {
        name: 'incident.held',
        data: { reason: 'vendor' },
        set: { state: 'waiting', holdReason: 'vendor' },
      }),
    { at: '2030-01-22T09:00:00.000Z' },
  )
  const clock = (await desk.rows(id)).find(({ targetMs }) => targetMs === 36_000_000)!
  expect(clock).toMatchObject({ paused: true, businessMs: 3_600_000, knownAt: '2030-01-22T12:00:00.000Z' })
  const before = (await desk.past(id)).filter(({ id: its }) => its === clock.id)
  expect(before).toMatchObject([
    { paused: false, knownAt: '2030-01-22T08:00:00.000Z', until: '2030-01-22T12:00:00.000Z' },
  ])
})
