import { expect, test } from 'vitest'
import type { Input } from '#shared/core/endpoint.ts'
import { addComment } from '#shared/item/conversation.ts'
import { cancelIncident } from '#shared/incident.ts'
import { changeService } from '#shared/service.ts'
import { askAges, askFigures, askOwnFigures, listFigureRecords, listKpis } from '#shared/report.ts'
import { kpiNames, type KpiName } from '#shared/report/kpis.ts'
import { day, hour, minute, reportDesk } from './desk.fixture.ts'

const desk = await reportDesk()
const { sam, lena, rita, network, windows, vpn } = desk

type Asked = Omit<Input<typeof askFigures>, 'kpis'>

const february: Asked = { period: '2030-02-01..2030-02-28', zone: 'UTC' }

async function figure(kpi: KpiName, asked: Asked = february, who = lena) {
  const { figures } = await who.call(askFigures, { ...asked, kpis: kpi })
  return figures[0]!
}

/** What happens in February, so that every figure of it can be worked out by hand. */
const ids = await (async () => {
  // Something long before, so that there is a period before.
  await desk.resolve('2030-01-08T10:00:00', await desk.opened('2030-01-08T09:00:00'))
  // Acknowledged after 10 minutes, passed on once, waits 2 hours, resolved after 4, reopened, resolved after 25.
  const passed = await desk.open('2030-02-04T09:00:00', {
    urgency: 1,
    impact: 1,
    category: 'Network',
    serviceId: vpn.id,
  })
  await desk.give('2030-02-04T09:10:00', passed, { teamId: network.id })
  await desk.give('2030-02-04T09:20:00', passed, { teamId: windows.id, assigneeId: sam.id })
  await desk.wait('2030-02-04T10:00:00', passed)
  await desk.start('2030-02-04T12:00:00', passed)
  await desk.resolve('2030-02-04T13:00:00', passed)
  await desk.reopen('2030-02-05T09:00:00', passed)
  await desk.resolve('2030-02-05T10:00:00', passed)
  // By phone, resolved at once by whoever took the call; closed two days later.
  const atOnce = await desk.opened('2030-02-04T09:00:00', { source: 'phone', category: 'Mail' })
  await desk.resolve('2030-02-04T09:30:00', atOnce)
  await desk.close('2030-02-06T09:30:00', atOnce)
  // By phone too, but the caller is back about the same within a week.
  const again = await desk.opened('2030-02-12T09:00:00', { source: 'phone', category: 'Printing' })
  await desk.resolve('2030-02-12T09:15:00', again)
  const back = await desk.opened('2030-02-14T09:00:00', { source: 'phone', category: 'Printing' })
  // Cancelled: in nothing but the number opened.
  const cancelled = await desk.opened('2030-02-13T09:00:00')
  desk.at('2030-02-13T10:00:00')
  await sam.call(cancelIncident, { id: cancelled, reason: 'Twice' })
  // Resolved in March only; acknowledged by a comment after an hour.
  const late = await desk.open('2030-02-20T08:00:00', { category: 'Network' })
  desk.at('2030-02-20T09:00:00')
  await sam.call(addComment, { itemId: late, body: 'We look into it' })
  await desk.resolve('2030-03-05T08:00:00', late)
  await desk.change('2030-03-05T09:00:00', back, { major: true })
  desk.at('2030-03-10T12:00:00')
  return { passed, atOnce, again, back, cancelled, late }
})()

test('RPT-01: the registry tells every figure’s formula, what counts, what to beware of and its unit', async () => {
  const { kpis, waiting } = await sam.call(listKpis, {})
  expect(kpis.map(({ name }) => name)).toEqual(kpiNames)
  for (const { formula, counts, beware, shape } of kpis) {
    expect(formula.length).toBeGreaterThan(10)
    expect(counts.length).toBeGreaterThan(20)
    expect(beware.length).toBeGreaterThan(20)
    expect(['count', 'share', 'time', 'mean', 'difference', 'level']).toContain(shape)
  }
  expect(waiting.length).toBeGreaterThan(5)
})

test('RPT-01: opened, resolved, closed, cancelled and major incidents are counted where they happened', async () => {
  expect((await figure('opened')).total).toMatchObject({ value: 6, count: 6 })
  expect((await figure('resolved')).total).toMatchObject({ value: 3 })
  expect((await figure('closed')).total).toMatchObject({ value: 1 })
  expect((await figure('cancelled')).total).toMatchObject({ value: 1 })
  expect((await figure('majors')).total).toMatchObject({ value: 1 })
  expect((await figure('backlogGrowth')).total).toMatchObject({ value: 3, count: 6, of: 3 })
})

test('RPT-01: the time to acknowledge is of a person, and opening an incident does not acknowledge it', async () => {
  // 10 minutes; 30 (resolved); 15 (resolved); 60 (cancelled); 60 (commented). Nobody touched the other in February.
  const { total } = await figure('timeToAcknowledge')
  expect(total).toMatchObject({ value: 35 * minute, count: 5, median: 30 * minute, p90: 60 * minute })
})

test('RPT-01: the time to resolve goes to the resolution that stands, with pauses and without', async () => {
  // 25 hours, 30 minutes, 15 minutes.
  const { total } = await figure('timeToResolve')
  expect(total).toMatchObject({ value: ((25 * 60 + 45) * minute) / 3, count: 3, median: 30 * minute })
  expect(total.p90).toBeCloseTo(30 * minute + 0.8 * (25 * hour - 30 * minute), 3)
  expect((await figure('workingTimeToResolve')).total).toMatchObject({ value: ((23 * 60 + 45) * minute) / 3 })
})

test('RPT-01: from opening to closing is a figure of its own', async () => {
  expect((await figure('timeToClose')).total).toMatchObject({ value: 2 * day + 30 * minute, count: 1 })
})

test('RPT-01: first-assignment resolution and bounces make a hundred; to be given to a first team is no change', async () => {
  const first = (await figure('firstAssignmentResolution')).total
  expect(first).toMatchObject({ count: 2, of: 3 })
  expect(first.value).toBeCloseTo(66.667, 2)
  expect((await figure('bounceRate')).total).toMatchObject({ count: 1, of: 3 })
  expect((await figure('meanHops')).total).toMatchObject({ value: 1 / 3, count: 3, median: 0 })
})

test('RPT-01: first-contact resolution asks whether the caller came back, and is about no single person', async () => {
  // Of the two by phone, one caller was back within a week.
  expect((await figure('firstContactResolution')).total).toMatchObject({ count: 1, of: 2, value: 50 })
  await expect(figure('firstContactResolution', { ...february, by: 'assignee' })).rejects.toThrow('single person')
  await expect(sam.call(askOwnFigures, { ...february, kpis: 'firstContactResolution' })).rejects.toThrow(
    'single person',
  )
})

test('RPT-01: the reopen rate is of resolutions that did not last, each incident once, within a window', async () => {
  expect((await figure('reopenRate')).total).toMatchObject({ count: 1, of: 3 })
  const onlyThen = { period: '2030-02-04..2030-02-04', zone: 'UTC' }
  expect((await figure('reopenRate', onlyThen)).total).toMatchObject({ count: 1, of: 2, value: 50 })
  expect((await figure('reopenRate', { ...onlyThen, window: 0 })).total).toMatchObject({ count: 0, of: 2 })
})

test('RPT-01: the backlog is what is open at the end of the period, waiting or not, and cancelled ones are not', async () => {
  expect((await figure('backlog')).total).toMatchObject({ value: 2 })
  const { figures } = await lena.call(askFigures, { ...february, kpis: 'backlog', every: 'week' })
  // 1–3, 4–10 (both resolved), 11–17 (one came back), 18–24 and 25–28 (one more).
  expect(figures[0]!.series.map(({ value }) => value)).toEqual([0, 0, 1, 2, 2])
  const halfway = { period: '2030-02-04..2030-02-04', zone: 'America/Anchorage' }
  // Until 09:00 UTC on the fifth, the day of Anchorage, the first was resolved; it was reopened that very moment.
  expect((await figure('backlog', halfway)).total).toMatchObject({ value: 0 })
})

test('RPT-01: what is open is told by whole days of age', async () => {
  const { ages } = await lena.call(askAges, { ...february, every: 'week' })
  // At the end of February one is 14 days old and one 8; at the 18th the first is 3 days old.
  expect(ages.map(({ total }) => total)).toEqual([0, 0, 1, 1, 0])
  expect(ages.map(({ series }) => series[2])).toEqual([0, 1, 0, 0, 0])
})

test('RPT-01: what nobody has is counted as of now', async () => {
  expect((await figure('unassigned')).total).toMatchObject({ value: 1 })
})

const averaged = ['timeToAcknowledge', 'timeToResolve', 'workingTimeToResolve', 'timeToClose', 'meanHops']
const numbers = ['number', 'number', 'number']

test('RPT-05: a mean never comes without its median and 90th percentile', async () => {
  const { figures } = await lena.call(askFigures, { ...february, kpis: kpiNames.join(',') })
  const means = figures.filter(({ kpi }) => /^(timeTo|workingTime|meanHops)/.test(kpi))
  expect(means.map(({ kpi }) => kpi)).toEqual(averaged)
  for (const { total } of means) expect([typeof total.value, typeof total.median, typeof total.p90]).toEqual(numbers)
})

test('RPT-01: a breakdown and a filter of our one language count the same incidents', async () => {
  const { groups } = await figure('opened', { ...february, by: 'category' })
  expect(groups.map(({ label, total }) => [label, total.value])).toEqual([
    ['Network', 2],
    ['Printing', 2],
    ['Mail', 1],
    ['No category', 1],
  ])
  for (const { key, label, total } of groups) {
    const filter = key === null ? 'category:none' : `category=${label}`
    expect((await figure('opened', { ...february, filter })).total).toEqual(total)
  }
  const { groups: teams } = await figure('resolved', { ...february, by: 'team' })
  expect(teams.map(({ label, total }) => [label, total.value])).toEqual([
    ['Network', 2],
    ['Windows', 1],
  ])
  expect((await figure('opened', { ...february, filter: 'service:VPN priority:1 is:done' })).total.value).toBe(1)
  await expect(figure('opened', { ...february, filter: 'sevrice:VPN' })).rejects.toThrow('service')
})

test('RPT-01: every number opens exactly the records that it was made of', async () => {
  const { figures, buckets } = await lena.call(askFigures, {
    ...february,
    kpis: kpiNames.join(','),
    by: 'team',
    every: 'week',
  })
  const all = figures.flatMap(({ kpi, total, series, groups }) => [
    { kpi, value: total, at: {} },
    ...series.map((value, of) => ({ kpi, value, at: { from: buckets[of]!.from, to: buckets[of]!.to } })),
    ...groups.map(({ key, total: value }) => ({ kpi, value, at: { by: 'team' as const, key: key ?? '' } })),
  ])
  expect(all.length).toBeGreaterThan(100)
  for (const { kpi, value, at } of all) {
    for (const part of ['counted', 'of'] as const) {
      const { total: found, records } = await lena.call(listFigureRecords, { ...february, kpi, part, ...at })
      expect([kpi, at, part, found]).toEqual([kpi, at, part, part === 'of' ? (value.of ?? value.count) : value.count])
      expect(records).toHaveLength(found)
      const its = records.flatMap((record) => record.value ?? [])
      if (value.median !== null) expect(its.reduce((a, b) => a + b, 0) / its.length).toBeCloseTo(value.value!, 6)
    }
  }
  const { records } = await lena.call(listFigureRecords, { ...february, kpi: 'reopenRate' })
  expect(records.map(({ id }) => id)).toEqual([ids.passed])
})

test('RPT-01: the age of the backlog opens its records too', async () => {
  const { ages } = await lena.call(askAges, february)
  for (const { from, total } of ages)
    expect((await lena.call(listFigureRecords, { ...february, kpi: 'backlog', age: from })).total).toBe(total)
})

test('records come in pages that follow one another', async () => {
  const asked = { ...february, kpi: 'opened', limit: 4 } as const
  const first = await lena.call(listFigureRecords, asked)
  const second = await lena.call(listFigureRecords, { ...asked, after: first.next! })
  expect([first.records.length, second.records.length, second.next]).toEqual([4, 2, null])
  expect(new Set([...first.records, ...second.records].map(({ id }) => id)).size).toBe(6)
  await expect(lena.call(listFigureRecords, { ...asked, after: 'x' })).rejects.toThrow('another list')
})

test('one’s own figures are of what is one’s own', async () => {
  const { figures } = await sam.call(askOwnFigures, { ...february, kpis: 'resolved,backlog' })
  expect(figures.map(({ total }) => total.value)).toEqual([1, 0])
  await expect(sam.call(askFigures, { ...february, kpis: 'resolved' })).rejects.toThrow('403')
  await expect(rita.call(askOwnFigures, { ...february, kpis: 'resolved' })).rejects.toThrow('403')
})

test('the period before is as long as what is over of this one', async () => {
  const { before, figures } = await lena.call(askFigures, {
    period: 'this-month',
    zone: 'UTC',
    kpis: 'opened,resolved',
    compare: true,
  })
  expect(before).toEqual({ from: '2030-02-01T00:00:00.000Z', to: '2030-02-10T12:00:00.000Z' })
  expect(figures.map(({ total, before: then }) => [total.value, then?.value])).toEqual([
    [0, 2],
    [1, 2],
  ])
})

test.for([
  [{ period: '2030-02-30..2030-03-01' }, 'no such period'],
  [{ period: 'soon' }, 'Write a period'],
  [{ zone: 'Mars/Olympus' }, 'no such time zone'],
  [{ asOf: '2031-01-01T00:00:00Z' }, 'time to come'],
  [{ period: '3000d' }, 'Write a period'],
  [{ period: '120mo', every: 'day' as const }, 'longer steps'],
] as const)('%j is refused: %s', async ([asked, why]) => {
  await expect(figure('opened', { ...february, ...asked })).rejects.toThrow(why)
})

test('RPT-04: figures are exported as the table that they are, a formula in a name no formula', async () => {
  await lena.call(changeService, { id: vpn.id, name: '=1+1' })
  const query = new URLSearchParams({ period: '2030-02-01..2030-02-28', zone: 'UTC', kpis: 'opened,timeToResolve' })
  for (const [name, value] of [
    ['by', 'service'],
    ['every', 'month'],
  ] as const)
    query.set(name, value)
  const ask = (who: { id: string }) =>
    desk.inject({ method: 'GET', url: `/api/figures/table?${query.toString()}`, headers: { authorization: who.id } })
  const reply = await ask(lena)
  expect(reply.headers['content-type']).toContain('text/csv')
  const lines = reply.body.slice(1).trimEnd().split('\r\n')
  const whole = '2030-02-01T00:00:00.000Z,2030-03-01T00:00:00.000Z'
  expect(lines).toHaveLength(1 + 2 * (2 + 2 * 2))
  expect(lines[1]).toBe(`Opened,,${whole},6,,6,,,,2030-03-10T12:00:00.000Z`)
  expect(lines.filter((line) => line.includes("'=1+1"))).toHaveLength(4)
  expect((await ask(sam)).statusCode).toBe(403)
  const wrong = { method: 'GET', url: '/api/figures/table?kpis=none', headers: { authorization: lena.id } }
  expect((await desk.inject(wrong)).statusCode).toBe(400)
})
