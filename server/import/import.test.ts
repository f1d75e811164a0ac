import { expect, test } from 'vitest'
import { differences, replay, verifyHistory } from '#server/item/item.ts'
import { getRecord } from '#shared/records.ts'
import { listHistory } from '#shared/item/history.ts'
import { search } from '#shared/item/search.ts'
import { openIncident } from '#shared/incident.ts'
import { testDesk } from '#test/desk.ts'
import { admin } from '#test/template.ts'
import { bringIn, csvOf, logSource, readLog, textSource, type Line } from './log.fixture.ts'

const desk = await testDesk()
const lena = await desk.person('Lena', { role: 'service_manager' })
const log = await readLog()
const byNumber = Map.groupBy(log, ({ number }) => number!)
const histories = [...byNumber.values()]
const lastRows = histories.map((rows) => rows.at(-1)!)

/** A time of the log, by its own reading of it. */
const timeOf = (text: string) => {
  const [, day, month, year, hour, minute] = /^(\d\d)-(\d\d)-(\d{4}) (\d\d):(\d\d)$/.exec(text)!
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute))
}
const changes = (rows: readonly Line[]) =>
  rows.filter((row, at) => at > 0 && row['assignment_group'] !== rows[at - 1]!['assignment_group']).length
const percent = (those: readonly unknown[]) => (100 * those.length) / 890
/** When an incident was resolved, by the log; where it does not say, when it first stood there as resolved. */
const resolvedAt = (rows: readonly Line[]) => {
  const said = rows.at(-1)!['resolved_at']!
  return timeOf(said === '?' ? rows.find((row) => row['incident_state'] === 'Resolved')!['sys_updated_at']! : said)
}
const everything = () =>
  admin(
    `select (select count(*) from item) as items, (select count(*) from event) as events,
       (select count(*) from person) as people, (select count(*) from team) as teams,
       (select count(*) from custom_field) as fields, (select count(*) from organisation) as organisations,
       (select md5(string_agg(hash::text, '' order by id)) from event) as hashes`,
    desk.database,
  )

const certificate = await bringIn(desk.desk, logSource)
const check = (name: string) => certificate.checks.find((one) => one.name === name)!

test('PLT-07: the sample log comes in whole, and the certificate says what equals it', () => {
  expect(certificate).toMatchObject({ incidents: 890, events: 5998, rejectedCount: 0, rejected: [], renumbered: [] })
  expect(certificate.teams).toBe(
    new Set(log.map((row) => row['assignment_group']!).filter((name) => name !== '?')).size,
  )
  const columns = ['caller_id', 'opened_by', 'sys_updated_by', 'assigned_to', 'resolved_by']
  const named = new Set(log.flatMap((row) => columns.map((column) => row[column]!.replaceAll(/\s+/g, ' '))))
  named.delete('?')
  expect(certificate.people).toBe(named.size)
  for (const name of ['updates', 'values', 'state', 'priority'])
    expect(check(name)).toMatchObject({ equal: 5998, of: 5998, explained: [] })
  for (const name of ['reopenCount', 'madeSla', 'closedAt'])
    expect(check(name)).toMatchObject({ equal: 890, of: 890, explained: [] })
  const resolved = lastRows.filter((row) => row['resolved_at'] !== '?').length
  expect(check('resolvedAt')).toMatchObject({ equal: resolved, of: resolved })
  expect(certificate.hashes).toMatchObject({ equal: true })
  expect(certificate.lost.map(({ column }) => column)).toEqual(['active', 'sys_mod_count', 'notify', 'vendor'])
})

test('PLT-07: each record whose changes of group are not as many as the log counted is explained by its lines', () => {
  const { equal, of, explained } = check('groupChanges')
  expect({ equal, of }).toEqual({ equal: 887, of: 890 })
  const different = histories.filter((rows) => changes(rows) !== Number(rows.at(-1)!['reassignment_count']))
  expect(explained.map(({ record }) => record)).toEqual(different.map((rows) => rows[0]!['number']))
  for (const { why } of explained)
    expect(why).toMatch(/between line \d+ and line \d+ the count goes from \d to \d while/)
})

test('PLT-07: the figures of the certificate are those that the log gives when it is counted apart', () => {
  const { figures } = certificate
  expect(figures['firstAssignmentResolution']).toBeCloseTo(
    percent(lastRows.filter((row) => row['reassignment_count'] === '0')),
  )
  expect(figures['firstAssignmentResolution']).toBeCloseTo(56.1, 1)
  expect(figures['reopenRate']).toBeCloseTo(percent(lastRows.filter((row) => row['reopen_count'] !== '0')))
  expect(figures['reopenRate']).toBeCloseTo(1.1, 1)
  expect(figures['slaMadeShare']).toBeCloseTo(percent(lastRows.filter((row) => row['made_sla'] === 'TRUE')))
  expect(figures['slaMadeShare']).toBeCloseTo((100 * 495) / 890)

  const times = histories.map((rows) => resolvedAt(rows) - timeOf(rows[0]!['opened_at']!)).toSorted((a, b) => a - b)
  expect(figures['medianTimeToResolve']).toBe((times[444]! + times[445]!) / 2)
  expect(figures['meanTimeToResolve']).toBeCloseTo(times.reduce((sum, time) => sum + time, 0) / 890, 3)
  const stated = lastRows.filter((row) => row['resolved_at'] !== '?')
  const known = stated.map((row) => timeOf(row['resolved_at']!) - timeOf(row['opened_at']!)).toSorted((a, b) => a - b)
  expect(figures['statedResolutions']).toBe(861)
  expect(figures['medianTimeToStatedResolution']).toBe(known[430])
  expect(figures['meanTimeToStatedResolution']).toBeCloseTo(known.reduce((sum, time) => sum + time, 0) / 861, 3)
})

test('the priority matrix is learned: here low and low make 4, and the desk’s own stays as it is', async () => {
  const cell = certificate.matrix.find(({ impact, urgency }) => impact === 3 && urgency === 3)
  expect(cell).toEqual({ impact: 3, urgency: 3, priority: 4, desk: 5, rows: 401, others: 0 })
  const rules = await admin('select priority from priority_rule where impact = 3 and urgency = 3', desk.database)
  expect(rules).toEqual([{ priority: 5 }])
})

test('every update is in the history at its own time, by its own person, under the number it had', async () => {
  const [hit] = await lena.call(search, { q: 'INC0000047' })
  const rows = byNumber.get('INC0000047')!
  const incident = await lena.call(getRecord, { key: hit!.number })
  expect(incident).toMatchObject({
    number: 'INC0000047',
    title: 'Category 40, Subcategory 215, Symptom 471',
    state: 'closed',
    priority: 3,
    source: 'phone',
    requester: { name: 'Caller 2403', active: false },
    team: { name: 'Group 24' },
    reassignmentCount: 1,
    closeCategory: 'code 5',
    resolvedBy: { name: 'Resolved by 81' },
    createdAt: '2016-02-29T04:40:00.000Z',
    resolvedAt: '2016-03-01T09:52:00.000Z',
    closedAt: '2016-03-06T10:00:00.000Z',
    custom: { location: 'Location 165', made_sla: true, knowledge: true, created_at: '2016-02-29T04:57:00.000Z' },
  })
  const history = await lena.call(listHistory, { itemId: hit!.id })
  expect(history[0]).toMatchObject({ name: 'incident.opened', by: { name: 'Opened by 397' }, channel: 'import' })
  const told = history.slice(1).map(({ at, by }) => [Date.parse(at), by?.name])
  expect(told).toEqual(rows.map((row) => [timeOf(row['sys_updated_at']!), row['sys_updated_by']]))
  expect(history.map(({ name }) => name)).toContain('incident.held')
})

test('what is replayed from the history is the record, and the chain of all of it is whole', async () => {
  const result = await desk.asSystem((ctx) => verifyHistory(ctx))
  expect(result).toMatchObject({ items: 890, events: 890 + 5998, faults: [] })
  const { events, row } = await desk.asSystem(async ({ db }) => {
    const item = await db.selectFrom('item').selectAll().where('number', '=', 'INC0000990').executeTakeFirstOrThrow()
    const detail = await db.selectFrom('incident').selectAll().where('id', '=', item.id).executeTakeFirstOrThrow()
    const history = await db
      .selectFrom('event')
      .select('changes')
      .where('itemId', '=', item.id)
      .orderBy('seq')
      .execute()
    return { events: history, row: { ...detail, ...item } }
  })
  expect(differences(replay(events), row)).toEqual([])
})

test('nobody is told: no mail, no job, nobody who could sign in, and no right for anybody', async () => {
  expect(await admin('select count(*) as jobs from graphile_worker.jobs', desk.database)).toEqual([{ jobs: 0 }])
  expect(desk.mail).toEqual([])
  const people = await admin(
    `select count(*) filter (where active) as active, count(*) filter (where email not like '%@imported.invalid') as mailed,
       (select count(*) from person_role join person on person.id = person_id where email like '%.invalid') as roles,
       (select count(*) from member) as members
     from person where id in (select person_id from import_source)`,
    desk.database,
  )
  expect(people).toEqual([{ active: 0, mailed: 0, roles: 0, members: 0 }])
})

test('a second time changes nothing, and certifies the same', async () => {
  const before = await everything()
  const again = await bringIn(desk.desk, logSource)
  expect(await everything()).toEqual(before)
  const none = { incidents: 0, events: 0, people: 0, teams: 0, organisations: 0, services: 0, fields: 0 }
  expect(again).toEqual({ ...certificate, added: none, seconds: again.seconds })
})

test('dates and booleans spelled otherwise, and lines in another order, are the same log', async () => {
  const before = await everything()
  const spelled = log.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, text]) => {
        const date = /^(\d\d)-(\d\d)-(\d{4}) (\d\d:\d\d)$/.exec(text)
        if (date) return [name, `${Number(date[1])}/${Number(date[2])}/${date[3]} ${date[4]}`]
        return [name, text === 'TRUE' || text === 'FALSE' ? text.toLowerCase() : text]
      }),
    ),
  )
  // Rows of different incidents lie between each other; those of one incident keep their order.
  const mixed = spelled
    .map((row, at) => ({ row, place: at + ((at * 7919) % 40) }))
    .toSorted((a, b) => a.place - b.place)
  const inOrder = Map.groupBy(spelled, ({ number }) => number!)
  const shuffled = mixed.map(({ row }) => inOrder.get(row['number']!)!.shift()!)
  const again = await bringIn(desk.desk, textSource(csvOf(shuffled)))
  expect(again.hashes).toEqual(certificate.hashes)
  expect(again).toMatchObject({ figures: certificate.figures, added: { incidents: 0, events: 0 }, rejectedCount: 0 })
  expect(await everything()).toEqual(before)
})

test('new incidents get numbers after those that were brought in', async () => {
  const next = await lena.call(openIncident, { title: 'After the log' })
  const highest = Math.max(...lastRows.map((row) => Number(row['number']!.slice(3))))
  expect(next.number).toBe(`INC${String(highest + 1).padStart(7, '0')}`)
})
