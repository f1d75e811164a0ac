import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '#server/core/db.ts'
import { check } from '#shared/filter/check.ts'
import { fields, idOf, predicates } from '#shared/filter/desk.fixture.ts'
import { matches } from '#shared/filter/evaluate.ts'
import type { Filter } from '#shared/filter/filter.ts'
import { filters } from '#shared/filter/filters.fixture.ts'
import { parse } from '#shared/filter/parse.ts'
import type { World } from '#shared/filter/world.ts'
import { compile } from './compile.ts'
import { columnsIn, layDesk, now, records } from './desk.fixture.ts'

const schema = `filter_test_${process.pid}`
const url = process.env['STEWARD_TEST_URL']
if (url === undefined) throw new Error('STEWARD_TEST_URL names no database: the tests start through their global setup')
const connection = connect(url, { max: 2 })
const { db } = connection

beforeAll(() => layDesk(db, schema))

afterAll(async () => {
  await sql.raw(`drop schema ${schema} cascade`).execute(db)
  await connection.close()
})

const columns = columnsIn(schema)

async function foundInSql(filter: Filter, world: World) {
  const where = compile(filter, columns, world)
  const { rows } = await sql<{ row: number }>`
    select row from ${sql.table(`${schema}.item`)} as item where ${where} order by row`.execute(db)
  return rows.map(({ row }) => row)
}

const foundInMemory = (filter: Filter, world: World) =>
  records.flatMap((record, row) => (matches(filter, record, world) ? [row] : []))

const worlds = fc.record({
  fields: fc.constant(fields),
  predicates: fc.constant(predicates),
  now: fc.constant(now),
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'),
  me: fc.constantFrom(null, idOf(2, 0), idOf(2, 6)),
  myTeams: fc.subarray([idOf(3, 0), idOf(3, 2)]),
})

const berlin: World = { fields, predicates, now, zone: 'Europe/Berlin', me: idOf(2, 0), myTeams: [idOf(3, 0)] }

test('SQL and memory agree on 100,000 random pairs of filter and record', { timeout: 120_000 }, async () => {
  const numRuns = Number(process.env['FILTER_RUNS'] ?? 500)
  const seed = Number(process.env['FILTER_SEED'] ?? 42)
  let telling = 0
  const property = fc.asyncProperty(filters, worlds, async (given, world) => {
    const filter = check(given, fields, predicates)
    const found = foundInMemory(filter, world)
    if (found.length > 0 && found.length < records.length) telling++
    expect(await foundInSql(filter, world)).toEqual(found)
  })
  await fc.assert(property, { numRuns, seed })
  expect(telling).toBeGreaterThan(numRuns / 2)
})

test.for([
  ['-team:network', 'team:any -team:network or team:none'],
  ['team!=network', '-team:network'],
  ['team!=network,none', 'team:any -team:network'],
  ['-priority:1..9', 'priority:none'],
  ['not (priority<=2)', 'priority>2 or priority:none'],
  ['-service.tier:1', 'service:none or service.tier:none or service.tier>1'],
  ['service.tier:none', 'service:none or -service.tier:any'],
  ['is:forgotten', 'assignee:none -phase:done created<-7d'],
  ['due:..now', 'due<=now'],
  ['due:today', 'due>=2026-03-29 due<2026-03-30'],
  ['endsOn:yesterday', 'endsOn>=2026-03-28T00:00 endsOn<2026-03-29T00:00'],
  ['created>yesterday', 'created>=today'],
  ['team:my-team', 'team:network'],
  ['assignee:me', 'assignee:"SAM ORTIZ"'],
  ['assignee:me', 'assignee:sam@example.com'],
  ['()', 'not (not ())'],
] as const)('%s finds what %s finds, in SQL as in memory', async ([left, right]) => {
  const [one, other] = [left, right].map((text) => parse(text, fields, predicates))
  if (!one || !other) throw new Error('Two filters were expected')
  const found = foundInMemory(one, berlin)
  expect(found.length).toBeGreaterThan(0)
  expect(foundInMemory(other, berlin)).toEqual(found)
  expect(await foundInSql(one, berlin)).toEqual(found)
  expect(await foundInSql(other, berlin)).toEqual(found)
})
