import { expect, test, vi } from 'vitest'
import {
  addCalendar,
  changeCalendar,
  listCalendars,
  listHolidayRegions,
  listHolidays,
  keepCalendar,
} from '#shared/calendar.ts'
import { testDesk } from '#test/desk.ts'
import { bookOf, businessTime, hoursFor } from './calendar.ts'

const desk = await testDesk()
const team = await desk.team('Network')
const lena = await desk.person('Lena', { role: 'service_manager' })
const sam = await desk.agent('Sam', { teams: [team] })
const rita = await desk.requester('Rita')
const hour = 3_600_000

const office = [{ from: '08:00', to: '17:00' }]
const week = [office, office, office, office, office, [], []]
const berlin = { zone: 'Europe/Berlin', week, holidays: null, days: [] }
const monday = [Date.parse('2030-01-07T00:00Z'), Date.parse('2030-01-08T00:00Z')] as const

test('SLM-03: a calendar is kept with its hours, holidays and half days, and every version of it', async () => {
  const { id, version } = await lena.call(addCalendar, { name: 'Office Berlin', ...berlin })
  expect(version).toBe(1)
  const first = await desk.asSystem((ctx) => bookOf(ctx))
  const windows = [{ from: '08:00', to: '12:00' }]
  const day = { date: '2030-01-07', name: 'Moving', windows, origin: 'own' as const }
  const changed = await lena.call(changeCalendar, { id, days: [day] })
  expect(changed).toMatchObject({ version: 2, days: [day], isDefault: false })
  expect(await lena.call(changeCalendar, { id, name: 'Berlin' })).toMatchObject({ version: 2, name: 'Berlin' })

  const second = await desk.asSystem((ctx) => bookOf(ctx))
  const before = await desk.asSystem((ctx) => bookOf(ctx, first.revision))
  expect([businessTime(before.hours(id), ...monday), businessTime(second.hours(id), ...monday)]).toEqual([
    9 * hour,
    4 * hour,
  ])
})

test('SLM-03: a group, a customer or a person keeps a calendar; who keeps none has the desk’s', async () => {
  const { id } = await lena.call(addCalendar, { name: 'Nights', ...berlin, week: Array.from({ length: 7 }, () => []) })
  const mine = await lena.call(addCalendar, { name: 'Mine', ...berlin })
  const hours = async (whose: Parameters<typeof hoursFor>[1]) =>
    businessTime(hoursFor(await desk.asSystem((ctx) => bookOf(ctx)), whose), ...monday) / hour
  expect(await hours({ personId: sam.id, teamId: team.id })).toBe(24)
  await lena.call(keepCalendar, { of: 'team', id: team.id, calendarId: id })
  expect(await hours({ personId: sam.id, teamId: team.id })).toBe(0)
  await lena.call(keepCalendar, { of: 'person', id: sam.id, calendarId: mine.id })
  expect(await hours({ personId: sam.id, teamId: team.id })).toBe(9)
  await lena.call(keepCalendar, { of: 'organisation', id: desk.home.id, calendarId: mine.id })
  await lena.call(keepCalendar, { of: 'team', id: team.id, calendarId: null })
  expect(await hours({ teamId: team.id, organisationId: desk.home.id })).toBe(9)
  expect((await sam.call(listCalendars, {})).find(({ name }) => name === 'Mine')?.uses.map(({ name }) => name)).toEqual(
    ['Halyard', 'Sam'],
  )
})

test('SLM-03: the desk has one calendar of its own, which cannot be put away', async () => {
  const { id } = await lena.call(addCalendar, { name: 'House', ...berlin })
  await lena.call(changeCalendar, { id, isDefault: true })
  const own = (await lena.call(listCalendars, {})).filter(({ isDefault }) => isDefault)
  expect(own.map(({ name }) => name)).toEqual(['House'])
  await expect(lena.call(changeCalendar, { id, retired: true })).rejects.toThrow('cannot be put away')
})

test('SLM-03: what is no calendar is refused', async () => {
  const add = (more: object) => lena.call(addCalendar, { name: 'Bad', ...berlin, ...more })
  const overlapping = [
    { from: '08:00', to: '12:00' },
    { from: '11:00', to: '17:00' },
  ]
  await expect(add({ week: [overlapping, [], [], [], [], [], []] })).rejects.toThrow('may not overlap')
  await expect(add({ week: [[{ from: '12:00', to: '08:00' }], [], [], [], [], [], []] })).rejects.toThrow('end after')
  await expect(add({ zone: 'Europe/Atlantis' })).rejects.toThrow('time zone')
  const day = { date: '2030-01-07', name: 'Twice', windows: [], origin: 'own' as const }
  await expect(add({ days: [day, day] })).rejects.toThrow('2030-01-07 is named twice')
  await expect(sam.call(addCalendar, { name: 'Mine too', ...berlin })).rejects.toThrow('403')
  await expect(rita.call(listCalendars, {})).rejects.toThrow('403')
  await expect(lena.call(keepCalendar, { of: 'team', id: sam.id, calendarId: null })).rejects.toThrow('no such team')
})

test('SLM-03: holidays are known by country and state, and half ones from their hour', async () => {
  const regions = await lena.call(listHolidayRegions, {})
  expect(regions.find(({ code }) => code === 'DE')).toEqual({ code: 'DE', name: 'Deutschland' })
  expect((await lena.call(listHolidayRegions, { country: 'DE' })).map(({ code }) => code)).toContain('BY')
  const saxony = await lena.call(listHolidays, { country: 'DE', state: 'SN', year: 2030 })
  expect(saxony).toContainEqual({ date: '2030-11-20', name: 'Buß- und Bettag', from: null })
  const berliners = await lena.call(listHolidays, { country: 'DE', state: 'BE', year: 2030 })
  expect(berliners.map(({ date }) => date)).not.toContain('2030-11-20')
  await expect(lena.call(listHolidays, { country: 'ZZ', year: 2030 })).rejects.toThrow('No holidays')
})

test('SLM-03: years to come are written into calendars that keep a country’s holidays, and none before is touched', async () => {
  const kept = { date: '2030-05-01', name: 'As it was known then', windows: [], origin: 'holiday' as const }
  const holidays = { country: 'AT', state: null, region: null }
  const { id } = await lena.call(addCalendar, {
    name: 'Vienna',
    ...berlin,
    zone: 'Europe/Vienna',
    holidays,
    days: [kept],
  })
  vi.setSystemTime(new Date('2031-02-01T04:00:00Z'))
  await desk.pass(1)
  const vienna = (await lena.call(listCalendars, {})).find((one) => one.id === id)!
  expect(vienna.version).toBe(2)
  expect(vienna.days.filter(({ date }) => date < '2031')).toEqual([kept])
  expect(vienna.days.filter(({ name }) => name === 'Christtag').map(({ date }) => date)).toEqual([
    '2031-12-25',
    '2032-12-25',
    '2033-12-25',
  ])
  await desk.pass(1)
  expect((await lena.call(listCalendars, {})).find((one) => one.id === id)!.version).toBe(2)
})
