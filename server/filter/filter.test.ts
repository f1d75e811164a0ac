import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Tx } from '#server/core/db.ts'
import { check } from '#shared/filter/check.ts'
import { fields, idOf, predicates } from '#shared/filter/desk.fixture.ts'
import { matches } from '#shared/filter/evaluate.ts'
import type { Filter } from '#shared/filter/filter.ts'
import { filters } from '#shared/filter/filters.fixture.ts'
import { parse } from '#shared/filter/parse.ts'
import type { World } from '#shared/filter/world.ts'
import { columnsIn, layDesk, now, records } from './desk.fixture.ts'
import { compile } from './filter.ts'

const schema = `filter_test_${process.pid}`
const url = process.env['STEWARD_TEST_URL']
if (url === undefined) throw new Error('STEWARD_TEST_URL names no database: the tests start through their global setup')
const connection = connect(url, { max: 1 })
const { promise: over, resolve: letGo } = Promise.withResolvers<void>()
const db = await new Promise<Tx>((held) => {
  void connection.transaction({
    begin: 'begin',
    who: { text: 'select 1', values: [] },
    work: (handle) => (held(handle), over),
  })
})

beforeAll(() => layDesk(db, schema))

afterAll(async () => {
  await sql.raw(`drop schema ${schema} cascade`).execute(db)
  letGo()
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

const same = [
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
] as const
const zones = ['Europe/Berlin', 'America/New_York']

test.for(same.flatMap(([one, other]) => zones.map((zone) => [one, other, zone] as const)))(
  '%s finds what %s finds, in SQL as in memory, in %s',
  async ([one, other, zone]) => {
    const world = { ...berlin, zone }
    const filter = parse(one, fields, predicates)
    const twin = parse(other, fields, predicates)
    const found = foundInMemory(filter, world)
    expect(found.length).toBeGreaterThan(0)
    expect(foundInMemory(twin, world)).toEqual(found)
    expect(await foundInSql(filter, world)).toEqual(found)
    expect(await foundInSql(twin, world)).toEqual(found)
  },
)

test.for([
  ['phase:open priority<=2', '("item"."phase" = $1 and "item"."priority" <= $2)'],
  [`team:${idOf(3, 1)}`, '"item"."team_id" = $1'],
  ['state:new,assigned', '"item"."state" in ($1, $2)'],
  ['assignee:none', '"item"."assignee_id" is null'],
  ['created>-7d', '"item"."created_at" >= $1::timestamptz'],
  [
    'team:network',
    '"item"."team_id" in (select "named"."id" from "desk"."team" as named where lower("named"."name") in (lower($1::text)))',
  ],
  ['-phase:done', '(("item"."phase" = $1) is not true)'],
] as const)('%s is compared so plainly that an index serves it', ([text, expected]) => {
  const where = compile(parse(text, fields, predicates), columnsIn('desk'), berlin)
  expect(sql`${where}`.compile(db).sql).toBe(expected)
})

test('what a person types reaches SQL as parameters only', () => {
  const hostile = `x'; drop table item; --`
  const text = `title:"${hostile}" title~"${hostile}" title="${hostile}" team:"${hostile}" tags:"${hostile}" custom.site:"${hostile}"`
  const { sql: written, parameters } = sql`${compile(parse(text, fields), columnsIn('desk'), berlin)}`.compile(db)
  expect(written).not.toContain('drop')
  expect(JSON.stringify(parameters)).toContain('drop')
})

test('full text is asked of the columns that are given', async () => {
  const filter = parse('-vpn', fields)
  const expected = records.flatMap(({ title }, row) => (title.toLowerCase().includes('vpn') ? [] : [row]))
  expect(await foundInSql(filter, berlin)).toEqual(expected)
  expect(() => compile(filter, { fields: columns.fields }, berlin)).toThrow('no full text')
})

test('a word after is: that needs itself is refused, not followed forever', () => {
  const world = { ...berlin, predicates: { odd: { not: { is: 'even' } }, even: { not: { is: 'odd' } } } }
  expect(() => compile({ is: 'odd' }, columns, world)).toThrow("Nothing can be 'odd'")
  expect(() => matches({ is: 'odd' }, {}, world)).toThrow("Nothing can be 'odd'")
})
