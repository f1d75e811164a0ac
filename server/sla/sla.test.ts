import { expect, test } from 'vitest'
import { keepCalendar } from '#shared/calendar.ts'
import {
  assignIncident,
  changeIncident,
  holdIncident,
  openIncident,
  resolveIncident,
  startIncident,
} from '#shared/incident.ts'
import { addCustomField } from '#shared/item/custom.ts'
import { setCustom } from '#shared/item/item.ts'
import { getRecord, listRecords } from '#shared/records.ts'
import { listClocks } from '#shared/sla.ts'
import { at, hour, office, slaDesk } from './desk.fixture.ts'

const desk = await slaDesk()
const { sam, rita, lena, network, cloud } = desk
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

test('SLM-01: four clocks on one record run independently, and leaving the scope cancels the right one', async () => {
  await tagged('four', { start: 'tags:four impact:3', within: { by: 'time', minutes: 480 } }, { name: 'Resolve' })
  const answered = { stop: 'answered:true', pause: '', within: { by: 'time', minutes: 30 } } as const
  await tagged('four', answered, { name: 'Answer', target: 'response' })
  await tagged(
    'four',
    { start: 'tags:four team:Network', within: { by: 'time', minutes: 120 } },
    { name: 'Ours', type: 'ola' },
  )
  await tagged('four', { start: 'tags:four team:Network', stop: '-team:Network' }, { name: 'Handover', type: 'ola' })
  const { id } = await open('four', { teamId: network.id })
  expect(await due(id)).toBe('2030-01-07T09:30:00.000Z')

  await desk.pass(0.25)
  await sam.call(startIncident, { id })
  expect(await desk.clock(id, 'Answer')).toMatchObject({ state: 'stopped', breachedAt: null, businessMs: hour / 4 })
  expect(await due(id)).toBe('2030-01-07T11:00:00.000Z')
  await desk.pass(1)
  await sam.call(assignIncident, { id, teamId: cloud.id })
  const states = (await desk.clocks(id)).map(({ name, state, businessMs }) => [name, state, businessMs / hour])
  expect(states).toEqual([
    ['Resolve', 'running', 1.25],
    ['Answer', 'stopped', 0.25],
    ['Ours', 'cancelled', 1.25],
    ['Handover', 'stopped', 1.25],
  ])
  await sam.call(changeIncident, { id, impact: 1 })
  expect(await desk.clock(id, 'Resolve')).toMatchObject({ state: 'cancelled' })
  expect(await due(id)).toBeNull()
})

test('SLM-01: a caller is told when what was promised to them is due, and nothing of what teams promise each other', async () => {
  await tagged('told', { within: { by: 'time', minutes: 480 } }, { name: 'Promised' })
  await tagged('told', { within: { by: 'time', minutes: 60 } }, { name: 'Among us', type: 'ola' })
  await tagged('inner', { within: { by: 'time', minutes: 60 } }, { name: 'Only among us', type: 'ola' })
  const [told, inner] = [await open('told'), await open('inner')]
  const promised = (await desk.clock(told.id, 'Promised')).dueAt
  expect((await due(told.id))! < promised!).toBe(true)
  const asked = { kind: 'incident', filter: 'due<2d', sort: 'dueAt' } as const
  const hers = (await rita.call(listRecords, asked)).records.filter(({ id }) => [told.id, inner.id].includes(id))
  expect(hers.map(({ id, dueAt }) => [id, dueAt])).toEqual([[told.id, promised]])
  expect((await rita.call(getRecord, { key: inner.id })).dueAt).toBeNull()
})

test('SLM-02: stop comes before reset, reset before cancel, cancel before pause; a resume condition holds a pause open', async () => {
  desk.setTime('2030-01-08T09:00:00Z')
  const terms = {
    pause: 'is:waiting',
    resume: 'category:"Go on"',
    reset: 'category:Moved',
    cancelWhen: 'condition',
    cancel: 'category:Void',
  } as const
  await tagged('order', terms, { name: 'Order' })
  const { id } = await open('order')
  await desk.pass(1)
  await sam.call(holdIncident, { id, reason: 'vendor' })
  await desk.pass(1)
  await sam.call(startIncident, { id })
  await desk.pass(1)
  expect(await desk.clock(id, 'Order')).toMatchObject({ state: 'paused', businessMs: hour, pausedMs: 2 * hour })
  await sam.call(changeIncident, { id, category: 'Go on' })
  await desk.pass(1)
  expect(await desk.clock(id, 'Order')).toMatchObject({ state: 'running', businessMs: 2 * hour })

  await sam.call(changeIncident, { id, category: 'Moved' })
  await desk.pass(1)
  const [before, after] = (await desk.clocks(id)).filter(({ name }) => name === 'Order')
  expect(before).toMatchObject({ state: 'cancelled', businessMs: 2 * hour })
  expect(before?.steps.at(-1)).toMatchObject({ did: 'reset' })
  expect(after).toMatchObject({ state: 'running', businessMs: hour, startedAt: '2030-01-08T13:00:00.000Z' })

  await sam.call(changeIncident, { id, category: 'Void' })
  expect(await desk.clock(id, 'Order')).toMatchObject({ state: 'cancelled' })
  await desk.pass(1)
  await sam.call(resolveIncident, { id, ...fixed })
  expect((await desk.clocks(id)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
})

test('SLM-02: a clock that never cancels goes on when its start condition fails', async () => {
  await tagged('never', { start: 'tags:never impact:3', cancelWhen: 'never' }, { name: 'Never' })
  const { id } = await open('never')
  await desk.pass(1)
  await sam.call(changeIncident, { id, impact: 1 })
  expect(await desk.clock(id, 'Never')).toMatchObject({ state: 'running' })
  await sam.call(resolveIncident, { id, ...fixed })
  expect(await desk.clock(id, 'Never')).toMatchObject({ state: 'stopped', breachedAt: null })
})

test('SLM-04: one ticket, five sources of the zone, five due times; an empty source is the desk’s zone', async () => {
  const [tokyo, lisbon, phoenix] = [
    await desk.calendar('Tokyo', 'Asia/Tokyo', office),
    await desk.calendar('Lisbon', 'Europe/Lisbon', office),
    await desk.calendar('Phoenix', 'America/Phoenix', office),
  ]
  await lena.call(keepCalendar, { of: 'team', id: network.id, calendarId: tokyo })
  await lena.call(keepCalendar, { of: 'organisation', id: desk.home.id, calendarId: phoenix })
  await desk.asSystem(({ db }) =>
    db.updateTable('person').set({ zone: 'Asia/Kathmandu' }).where('id', '=', rita.id).execute(),
  )
  const hours = { within: { by: 'time', minutes: 60 }, calendarId: lisbon } as const
  await tagged('zone', { ...hours, zoneFrom: 'requester' }, { name: 'Caller' })
  await tagged('zone', { ...hours, zoneFrom: 'definition', zone: 'America/New_York' }, { name: 'Definition' })
  await tagged('zone', { ...hours, zoneFrom: 'organisation' }, { name: 'Organisation' })
  await tagged('zone', { ...hours, zoneFrom: 'team' }, { name: 'Team' })
  await tagged('zone', { ...hours, zoneFrom: 'calendar' }, { name: 'Calendar' })
  await tagged('zone', { ...hours, zoneFrom: 'assignee' }, { name: 'Nobody' })

  // Sunday, 2030-01-13, 18:00 UTC: everywhere out of hours, and Monday begins at another time in each place.
  desk.setTime('2030-01-13T18:00:00Z')
  const { id } = await open('zone', { teamId: network.id })
  const dueAt = Object.fromEntries((await desk.clocks(id)).map(({ name, dueAt: its }) => [name, its]))
  expect(dueAt).toEqual({
    Caller: at('2030-01-14T09:00[Asia/Kathmandu]'),
    Definition: at('2030-01-14T09:00[America/New_York]'),
    Organisation: at('2030-01-14T09:00[America/Phoenix]'),
    Team: at('2030-01-14T09:00[Asia/Tokyo]'),
    Calendar: at('2030-01-14T09:00[Europe/Lisbon]'),
    Nobody: at('2030-01-14T09:00[UTC]'),
  })
  expect(new Set(Object.values(dueAt).slice(0, 4)).size).toBe(4)
})

test('SLM-05: a target that is a time of the next business day is that very time, and a pause moves it in business time', async () => {
  const lisbon = await desk.calendar('Lisbon office', 'Europe/Lisbon', office)
  const within = { by: 'business-day', days: 1, time: '16:00' } as const
  await tagged('relative', { within, calendarId: lisbon }, { name: 'Tomorrow at four' })
  desk.setTime('2030-01-18T10:00:00Z')
  const { id } = await open('relative')
  expect(await due(id)).toBe('2030-01-21T16:00:00.000Z')
  await sam.call(holdIncident, { id, reason: 'vendor' })
  expect(await due(id)).toBeNull()
  desk.setTime('2030-01-21T09:00:00Z')
  await sam.call(startIncident, { id })
  // Paused for Friday 10 to 17 and Monday 8 to 9, eight hours: one until Monday 17, seven from Tuesday 8.
  expect(await due(id)).toBe('2030-01-22T15:00:00.000Z')
  expect(await desk.clock(id, 'Tomorrow at four')).toMatchObject({ originalDueAt: '2030-01-21T16:00:00.000Z' })
})

test('SLM-05: a target that the record itself names follows the record', async () => {
  const ann = await desk.administrator('Ann')
  await ann.call(addCustomField, { kind: 'incident', name: 'promised', label: 'Promised', type: 'time' })
  await tagged('promised', { within: { by: 'field', field: 'custom.promised' } }, { name: 'As promised' })
  desk.setTime('2030-01-23T10:00:00Z')
  const { id } = await open('promised')
  expect(await desk.clock(id, 'As promised')).toMatchObject({ dueAt: null, targetMs: null })
  await sam.call(setCustom, { itemId: id, values: { promised: '2030-01-24T12:00:00.000Z' } })
  expect(await due(id)).toBe('2030-01-24T12:00:00.000Z')
  await sam.call(setCustom, { itemId: id, values: { promised: '2030-01-24T15:00:00.000Z' } })
  expect(await due(id)).toBe('2030-01-24T15:00:00.000Z')
})

test('SLM-06: three hours a P3 with an hour of waiting, then a P1: due as if it always had been one, and one warning', async () => {
  await tagged('rises', { start: 'tags:rises impact:3', within: { by: 'time', minutes: 2880 } }, { name: 'Slow' })
  await tagged(
    'rises',
    { start: 'tags:rises impact:1', within: { by: 'time', minutes: 240 }, warnAt: [25, 50, 75], urgent: true },
    { name: 'Fast' },
  )
  desk.setTime('2030-02-04T08:00:00Z')
  const { id } = await open('rises')
  await sam.call(assignIncident, { id, assigneeId: sam.id, teamId: network.id })
  await desk.pass(1)
  await sam.call(holdIncident, { id, reason: 'vendor' })
  await desk.pass(1)
  await sam.call(startIncident, { id })
  await desk.pass(1)
  await sam.call(changeIncident, { id, impact: 1 })
  // Begun at 8 with four hours, one of three waited: two are used, two are left, so at 13.
  expect(await due(id)).toBe('2030-02-04T13:00:00.000Z')
  expect(await desk.clock(id, 'Fast')).toMatchObject({
    state: 'running',
    startedAt: '2030-02-04T08:00:00.000Z',
    attachedAt: '2030-02-04T11:00:00.000Z',
    originalDueAt: '2030-02-04T12:00:00.000Z',
    businessMs: 2 * hour,
    pausedMs: hour,
  })
  expect(await desk.clock(id, 'Slow')).toMatchObject({ state: 'cancelled' })
  const before = desk.mail.length
  await desk.pass(0.02)
  expect(desk.mailTo(sam).at(-1)?.subject).toContain('50 % of Fast is used up')
  expect(desk.mail.length - before).toBe(1)
})

test('SLM-07: from Friday 21:00 to Monday 9:30 an office of eight to seventeen works an hour and a half; sixty and a half pass', async () => {
  const berlin = await desk.calendar('Berlin office', 'Europe/Berlin', office)
  await tagged('friday', { calendarId: berlin, within: { by: 'time', minutes: 480 } }, { name: 'Weekend' })
  desk.setTime(at('2030-02-08T21:00[Europe/Berlin]'))
  const { id } = await open('friday')
  desk.setTime(at('2030-02-11T09:30[Europe/Berlin]'))
  await sam.call(resolveIncident, { id, ...fixed })
  const clock = await desk.clock(id, 'Weekend')
  expect(clock).toMatchObject({ businessMs: 1.5 * hour, elapsedMs: 60.5 * hour, breachedAt: null })
  expect(clock.originalDueAt).toBe(at('2030-02-11T16:00[Europe/Berlin]'))
  expect(clock.sentence).toBe('In time: it took 1 h 30 min of 8 h.')
})

test('SLM-10: every state of a clock names the condition, the values and the event that led to it', async () => {
  desk.setTime('2030-02-12T09:00:00Z')
  await tagged(
    'why',
    { start: 'tags:why impact:1', within: { by: 'time', minutes: 60 }, warnAt: [50] },
    { name: 'Why' },
  )
  const { id } = await open('why')
  const without = await sam.call(listClocks, { itemId: id })
  expect(without.notStarted.find(({ name }) => name === 'Why')?.because).toBe('“impact:1” does not hold: Impact is 3')
  await sam.call(changeIncident, { id, impact: 1 })
  await sam.call(holdIncident, { id, reason: 'vendor' })
  await desk.pass(1)
  await sam.call(startIncident, { id })
  await desk.pass(2)
  await sam.call(resolveIncident, { id, ...fixed })
  const { steps } = await desk.clock(id, 'Why')
  expect(steps.map(({ did, seq, because }) => [did, seq, because])).toEqual([
    ['attached', 3, '“tags:why impact:1” holds: Tags is why, Impact is 1'],
    ['paused', 3, '“is:waiting” holds: Phase is Waiting'],
    ['resumed', 4, '“is:waiting” does not hold: Phase is Open'],
    ['warned', 4, '50 % of 1 h were used up'],
    ['breached', 4, '1 h were used up'],
    ['stopped', 6, '“is:done” holds: Phase is Done'],
  ])
})
