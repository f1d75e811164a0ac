import { expect, test } from 'vitest'
import { bringIn, logSource, readLog } from '#server/import/log.fixture.ts'
import { askFigures, askProcess, listFigureRecords, listWayRecords } from '#shared/report.ts'
import { testDesk } from '#test/desk.ts'
import { as, system } from '#server/core/desk.ts'
import { deriveFacts } from './keep.ts'
import { kept } from './desk.fixture.ts'

const desk = await testDesk()
const lena = await desk.person('Lena', { role: 'service_manager' })
const log = await readLog()
const certificate = await bringIn(desk.desk, logSource)
const histories = [...Map.groupBy(log, ({ number }) => number!).values()]

const year = { period: '2016-01-01..2017-12-31', zone: 'UTC' } as const

/** A time of the log: day first, in UTC. */
const timeOf = (text: string) => {
  const [day, month, rest = ''] = text.split('-')
  const [date, clock] = rest.split(' ')
  return Date.parse(`${date}-${month}-${day}T${clock}Z`)
}

test('RPT-01: on the sample log the registry says what the log says', async () => {
  const kpis = 'opened,resolved,firstAssignmentResolution,bounceRate,meanHops,reopenRate,timeToResolve,backlog'
  const { figures } = await lena.call(askFigures, { ...year, kpis })
  const totals = Object.fromEntries(figures.map(({ kpi, total }) => [kpi, total]))
  expect(totals['opened']).toMatchObject({ value: 890 })
  expect(totals['resolved']).toMatchObject({ value: 890 })
  expect(totals['backlog']).toMatchObject({ value: 0 })
  expect(totals['firstAssignmentResolution']).toMatchObject({ count: 890 - 391, of: 890 })
  expect(totals['firstAssignmentResolution']!.value).toBeCloseTo(56.1, 1)
  expect(totals['bounceRate']!.value).toBeCloseTo(43.9, 1)
  expect(totals['reopenRate']).toMatchObject({ count: 10, of: 890 })
  expect(totals['reopenRate']!.value).toBeCloseTo(1.1, 1)
  const last = histories.map((rows) => rows.at(-1)!)
  const hops = last.reduce((sum, row) => sum + Number(row['reassignment_count']), 0)
  expect(totals['meanHops']!.value).toBeCloseTo(hops / 890, 9)
  expect(totals['timeToResolve']!.median).toBeCloseTo(certificate.figures['medianTimeToResolve']!, 3)
  expect(totals['timeToResolve']!.value).toBeCloseTo(certificate.figures['meanTimeToResolve']!, 2)
  expect(totals['timeToResolve']!.p90).toBeCloseTo(certificate.figures['percentile90TimeToResolve']!, 2)
  const reopened = histories
    .filter((rows) => Number(rows.at(-1)!['reopen_count']) > 0)
    .map((rows) => rows[0]!['number'])
  const { records } = await lena.call(listFigureRecords, { ...year, kpi: 'reopenRate' })
  expect(new Set(records.map(({ number }) => number))).toEqual(new Set(reopened))
})

test('RPT-01: the backlog of the sample log is what its lines say was open at the end of each month', async () => {
  const { figures, buckets } = await lena.call(askFigures, { ...year, kpis: 'opened,backlog', every: 'month' })
  const [opened, backlog] = figures
  expect(opened!.series.map(({ value }) => value)).toEqual(
    buckets.map(({ from, to }) => {
      const times = histories.map((rows) => timeOf(rows[0]!['opened_at']!))
      return times.filter((time) => time >= Date.parse(from) && time < Date.parse(to)).length
    }),
  )
  expect(backlog!.series.some(({ value }) => (value ?? 0) > 50)).toBe(true)
})

/** The states of the log in the desk’s words, by a table of this test’s own. */
const words: Readonly<Record<string, string>> = {
  New: 'new',
  Active: 'in_progress',
  'Awaiting User Info': 'waiting',
  'Awaiting Problem': 'waiting',
  'Awaiting Vendor': 'waiting',
  'Awaiting Evidence': 'waiting',
  Resolved: 'resolved',
  Closed: 'closed',
}

const waysOf = (told: (row: (typeof log)[number]) => string, first: readonly string[] = []) => {
  const ways = new Map<string, number>()
  for (const rows of histories) {
    const path = [...first, ...rows.map(told)].filter((one, at, all) => one !== all[at - 1])
    ways.set(path.join(' > '), (ways.get(path.join(' > ')) ?? 0) + 1)
  }
  return ways
}

test('RPT-09: the ways through the states of the sample log are those that another script counts', async () => {
  // What comes in is new when it was opened, which is before the first line that the log has of it.
  const expected = waysOf((row) => words[row['incident_state']!]!, ['new'])
  const answer = await lena.call(askProcess, year)
  expect([answer.cases, answer.ways]).toEqual([890, expected.size])
  for (const { path, count } of answer.variants) expect([path, count]).toEqual([path, expected.get(path.join(' > '))])
  expect(answer.variants[0]!.count).toBe(Math.max(...expected.values()))

  const moves = new Map<string, number>()
  for (const [path, count] of expected) {
    const states = path.split(' > ')
    for (const [at, to] of states.slice(1).entries())
      moves.set(`${states[at]} > ${to}`, (moves.get(`${states[at]} > ${to}`) ?? 0) + count)
  }
  expect(new Map(answer.moves.map(({ from, to, count }) => [`${from} > ${to}`, count]))).toEqual(moves)

  const [first] = answer.variants
  const { total, records } = await lena.call(listWayRecords, { ...year, way: JSON.stringify(first!.path), limit: 200 })
  expect(total).toBe(first!.count)
  expect(records.length).toBe(Math.min(200, total))
})

test('RPT-09: the ways through the teams are too, and the time spent in each state is what the log says', async () => {
  const expected = waysOf((row) => row['assignment_group']!)
  const byTeam = await lena.call(askProcess, { ...year, along: 'team' })
  const names = new Map(byTeam.places.map(({ key, label }) => [key, key === null ? '?' : label]))
  expect(byTeam.ways).toBe(expected.size)
  for (const { path, count } of byTeam.variants) {
    const way = path.map((key) => names.get(key)).join(' > ')
    expect([way, count]).toEqual([way, expected.get(way)])
  }

  let waited = 0
  for (const rows of histories) {
    const times = rows.map((row, at) => (at === 0 ? timeOf(row['opened_at']!) : timeOf(row['sys_updated_at']!)))
    for (const [at, row] of rows.entries())
      if (words[row['incident_state']!] === 'waiting' && at + 1 < rows.length)
        waited += Math.max(0, times[at + 1]! - times[at]!)
  }
  const { places } = await lena.call(askProcess, year)
  const waiting = places.find(({ key }) => key === 'waiting')!
  expect(waiting.total / 3_600_000).toBeCloseTo(waited / 3_600_000, 0)
})

test('what an import leaves for figures is what its histories say', async () => {
  const ids = await as(desk.desk, system, async ({ db }) =>
    (await db.selectFrom('item').select('id').orderBy('id').limit(200).execute()).map(({ id }) => id),
  )
  const before = await desk.asSystem((ctx) => kept(ctx, ids))
  expect(before.now).toHaveLength(200)
  await desk.asSystem((ctx) => deriveFacts(ctx, 'incident', ids))
  expect(await desk.asSystem((ctx) => kept(ctx, ids))).toEqual(before)
})
