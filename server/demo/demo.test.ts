import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { verifyHistory } from '#server/item/item.ts'
import { listComments } from '#shared/item/conversation.ts'
import { listRecords } from '#shared/records.ts'
import { testDesk } from '#test/desk.ts'
import { beginning } from './arrivals.ts'
import { makeDemo } from './demo.ts'

const now = '2030-01-09T14:00:00.000Z'
const incidents = 150
const [desk, twin] = [await testDesk(), await testDesk()]
const told: number[][] = []

const { personas } = await makeDemo(desk.desk, {
  now,
  incidents,
  progress: async (done, total) => void told.push([done, total]),
})

const rowsOf = (of: typeof desk) =>
  of.asSystem(({ db }) =>
    db
      .selectFrom('item')
      .innerJoin('incident', 'incident.id', 'item.id')
      .select(['number', 'title', 'state', 'phase', 'priority', 'tags', 'version', 'createdAt', 'updatedAt'])
      .select(['description', 'resolvedAt', 'closedAt', 'major', 'parentId', 'reopenCount', 'reassignmentCount'])
      .select(['item.assigneeId', 'confidential', 'source', 'holdReason'])
      .orderBy('number')
      .execute(),
  )

const rows = await rowsOf(desk)

/** What is the same for the same seed: everything but the ids. */
const gist = (all: typeof rows) => {
  const said = all.map(({ parentId, assigneeId, ...row }) => ({ ...row, child: !!parentId, taken: !!assigneeId }))
  return createHash('sha256').update(JSON.stringify(said)).digest('hex')
}

test('the same seed and time give the same demo, another seed another one', { timeout: 900_000 }, async () => {
  const other = await testDesk()
  await makeDemo(twin.desk, { now, incidents })
  await makeDemo(other.desk, { now, incidents: 20, seed: 2 })

  expect(gist(await rowsOf(twin))).toBe(gist(rows))
  expect((await rowsOf(other))[0]?.title).not.toBe(rows[0]?.title)
})

test('every record of the demo is what its history says, and no seal of it is broken', async () => {
  const { faults, items, events } = await desk.asSystem(verifyHistory)

  expect(faults).toEqual([])
  expect(items).toBe(rows.length)
  expect(events).toBeGreaterThan(rows.length * 5)
})

test('time runs forwards in it: numbers rise with the hours, and nothing has happened later than now', async () => {
  const wrong = await desk.asSystem(({ db }) =>
    sql`select item_id, name, at, before, seq from (select item_id, name, seq, at, lag(at) over (partition by item_id order by seq) before from event) told
      where at < before or at > ${now} or at < ${new Date(beginning(Date.parse(now))).toISOString()}`.execute(db),
  )

  expect(wrong.rows).toEqual([])
  expect(rows.map(({ createdAt }) => createdAt)).toEqual(rows.map(({ createdAt }) => createdAt).toSorted())
  for (const { createdAt, resolvedAt, closedAt } of rows) {
    if (resolvedAt) expect(resolvedAt > createdAt).toBe(true)
    if (resolvedAt && closedAt) expect(closedAt >= resolvedAt).toBe(true)
  }
})

test('the desk is alive: some are open, a few wait, some lie unassigned, one is critical at this hour', () => {
  const count = (is: (row: (typeof rows)[number]) => unknown) => rows.filter(is).length

  expect(rows.length).toBeGreaterThan(incidents * 0.95)
  expect(rows.length).toBeLessThan(incidents * 1.05)
  expect(count(({ phase }) => phase !== 'done')).toBeGreaterThan(incidents * 0.03)
  expect(count(({ phase }) => phase !== 'done')).toBeLessThan(incidents * 0.2)
  expect(count(({ phase }) => phase === 'waiting')).toBeGreaterThan(0)
  expect(count(({ phase, assigneeId }) => phase !== 'done' && !assigneeId)).toBeGreaterThan(0)
  expect(count(({ phase, major, priority }) => phase === 'open' && major && priority === 1)).toBe(1)
  expect(count(({ parentId }) => parentId)).toBeGreaterThan(3)
  expect(count(({ reopenCount }) => reopenCount > 0)).toBeGreaterThan(0)
  expect(count(({ state }) => state === 'cancelled')).toBeGreaterThan(0)
  expect(new Set(rows.map(({ title }) => title)).size).toBeGreaterThan(60)
  expect(new Set(rows.map(({ source }) => source))).toEqual(
    new Set(['portal', 'email', 'phone', 'chat', 'walk_up', 'alert']),
  )
})

test('rules brought reports to their teams, and monitoring its own', async () => {
  const { rows: traced } = await desk.asSystem(({ db }) =>
    sql<{ matched: number; alerts: number; resolved: number }>`select
      (select count(*)::integer from rule_trace, jsonb_array_elements(tried) one where (one ->> 'matched')::boolean) matched,
      (select count(distinct item_id)::integer from alert) alerts,
      (select count(*)::integer from alert where status = 'resolved') resolved`.execute(db),
  )

  expect(traced[0]?.matched).toBeGreaterThanOrEqual(rows.length * 0.9)
  expect(traced[0]?.alerts).toBe(Math.round(incidents * 0.06))
  expect(traced[0]?.resolved).toBeGreaterThan(5)
})

test('each persona is a person who may do what their role says', async () => {
  const people = await desk.asSystem(({ db }) =>
    db
      .selectFrom('person')
      .innerJoin('personRole', 'personId', 'person.id')
      .innerJoin('role', 'role.id', 'roleId')
      .select(['person.id', 'role.key', 'person.name', 'person.active'])
      .where(
        'person.id',
        'in',
        personas.map(({ personId }) => personId),
      )
      .execute(),
  )

  expect(personas.map(({ role }) => role)).toEqual([
    'requester',
    'analyst',
    'team_lead',
    'service_manager',
    'administrator',
  ])
  for (const { role, personId, name } of personas)
    expect(people).toContainEqual({ id: personId, key: role, name, active: true })
})

test('what is read through the API is a conversation between people', async () => {
  const reader = await desk.person('Reader', { role: 'service_manager' })
  const { records } = await reader.call(listRecords, { kind: 'incident', filter: 'is:done', limit: 200 })
  const all = await Promise.all(records.slice(0, 40).map(({ id }) => reader.call(listComments, { itemId: id })))

  expect(all.flat().length).toBeGreaterThan(15)
  for (const { body } of all.flat()) expect(body).not.toMatch(/[{}]|undefined/)
  for (const { title, description } of rows) expect(`${title} ${description}`).not.toMatch(/[{}]|undefined/)
})

test('progress is told up to the last record', () => {
  expect(told[0]).toEqual([0, told[0]![1]])
  expect(told.at(-1)).toEqual([told[0]![1], told[0]![1]])
})

test('some of its requesters were asked how satisfied they were, and answered', async () => {
  const ofIt = (of: typeof desk) =>
    of.asSystem(({ db }) =>
      db
        .selectFrom('surveyAsk')
        .innerJoin('item', 'item.id', 'surveyAsk.itemId')
        .select(['item.number', 'score', 'comment', 'askedAt', 'answeredAt'])
        .orderBy('item.number')
        .execute(),
    )
  const asked = await ofIt(desk)
  expect(asked.length).toBeGreaterThan(3)
  expect(asked.filter(({ score }) => score !== null).length).toBeGreaterThan(0)
  expect(await ofIt(twin)).toEqual(asked)
})
