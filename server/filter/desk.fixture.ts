import fc from 'fast-check'
import { type Kysely, sql } from 'kysely'
import { fields, idOf, organisationNames, personNames, serviceNames, teamNames } from '#shared/filter/desk.fixture.ts'
import type { Field } from '#shared/filter/fields.ts'
import { prose } from '#shared/filter/filters.fixture.ts'
import type { Column, Columns } from './filter.ts'

// The small desk as tables and as records: the same things twice, for SQL and for memory.

export const now = '2026-03-29T10:30:00.000Z'

interface Person {
  id: string
  name: string
  email: string
  vip: boolean
  organisation: { id: string; name: string; region: string | null } | null
  manager: Person | null
}

const organisations = organisationNames.map((name, row) => ({
  id: idOf(1, row),
  name,
  region: ['north', null, 'south'][row] ?? null,
}))

const people = personNames.reduce<Person[]>((known, name, row) => {
  const email = `${name.slice(0, 3).toLowerCase()}@example.com`
  const manager = row % 3 === 0 ? null : (known[row >> 1] ?? null)
  const organisation = organisations[row % 4] ?? null
  return [...known, { id: idOf(2, row), name, email, vip: row % 2 === 0, organisation, manager }]
}, [])

const teams = teamNames.map((name, row) => ({ id: idOf(3, row), name, lead: people[row * 3] ?? null }))

const services = serviceNames.map((name, row) => ({
  id: idOf(4, row),
  name,
  tier: row === 2 ? null : (row % 3) + 1,
  owner: people[row + 2] ?? null,
}))

const step = (unit: number, count: number) =>
  fc.integer({ min: -count, max: count }).map((steps) => new Date(Date.parse(now) + steps * unit).toISOString())

const time = fc.oneof(step(86_400_000, 40), step(1_800_000, 150), step(1000, 5), step(1, 2))
const number = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constantFrom(2.5, 0.1, -0.75, 4711, 1e6, 40_000, 3e9))
const missing = <T>(values: fc.Arbitrary<T>) => fc.option(values, { freq: 3 })
const one = <T>(values: readonly T[]) => fc.constantFrom(...values)

export const records = fc.sample(
  fc.record({
    title: prose,
    note: missing(prose),
    state: one(['new', 'assigned', 'on_hold', 'closed']),
    phase: one(['open', 'waiting', 'done']),
    priority: missing(fc.integer({ min: 1, max: 5 })),
    score: missing(number),
    confidential: fc.boolean(),
    createdAt: time,
    dueAt: missing(time),
    endsOn: missing(time.map((text) => text.slice(0, 10))),
    tags: fc.uniqueArray(one(['urgent', 'été', 'a-b']), { maxLength: 2 }),
    service: missing(one(services)),
    team: missing(one(teams)),
    assignee: missing(one(people)),
    requester: one(people),
    custom: fc.record(
      { cost_centre: number, site: one(['Oslo', 'Bern 2']), approved: fc.boolean(), seen: time },
      { requiredKeys: [] },
    ),
  }),
  { numRuns: 200, seed: 20_260_329 },
)

const create = `
  create table $.organisation (id uuid primary key, name text not null, region text);
  create table $.person (id uuid primary key, name text not null, email text not null, vip boolean not null,
    organisation_id uuid references $.organisation, manager_id uuid references $.person);
  create table $.team (id uuid primary key, name text not null, lead_id uuid references $.person);
  create table $.service (id uuid primary key, name text not null, tier smallint, owner_id uuid references $.person);
  create table $.item (row integer primary key, title text not null, note text, state text not null,
    phase text not null, priority smallint, score numeric, confidential boolean not null,
    created_at timestamptz not null, due_at timestamptz, ends_on date, tags text[] not null,
    service_id uuid references $.service, team_id uuid references $.team, assignee_id uuid references $.person,
    requester_id uuid not null references $.person, custom jsonb not null)`

/** Lays the small desk into a schema of its own, made anew. */
export async function layDesk<DB>(db: Kysely<DB>, schema: string) {
  await sql.raw(`drop schema if exists ${schema} cascade; create schema ${schema}`).execute(db)
  await sql.raw(create.replaceAll('$', schema)).execute(db)
  const lay = (table: string, rows: object[]) => {
    const target = sql.table(`${schema}.${table}`)
    return sql`insert into ${target} select * from json_populate_recordset(null::${target}, ${JSON.stringify(rows)})`.execute(
      db,
    )
  }
  await lay('organisation', organisations)
  await lay(
    'person',
    people.map(({ organisation, manager, ...own }) => ({
      ...own,
      organisation_id: organisation?.id,
      manager_id: manager?.id,
    })),
  )
  await lay(
    'team',
    teams.map(({ lead, ...own }) => ({ ...own, lead_id: lead?.id })),
  )
  await lay(
    'service',
    services.map(({ owner, ...own }) => ({ ...own, owner_id: owner?.id })),
  )
  await lay(
    'item',
    records.map(({ createdAt, dueAt, endsOn, service, team, assignee, requester, ...own }, row) => ({
      ...own,
      row,
      created_at: createdAt,
      due_at: dueAt,
      ends_on: endsOn,
      service_id: service?.id,
      team_id: team?.id,
      assignee_id: assignee?.id,
      requester_id: requester.id,
    })),
  )
}

const plain = (alias: string, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { sql: sql.ref(`${alias}.${name}`) }]))

type Reach = (alias: string) => Readonly<Record<string, Column>>

/** How SQL reaches the fields of the small desk, its items under the alias `item`. */
export function columnsIn(schema: string): Columns {
  const to = (id: string, table: string, columns: Reach): Column => ({
    id: sql.ref(id),
    table: `${schema}.${table}`,
    columns,
  })
  const organisation: Reach = (alias) => plain(alias, 'name', 'region')
  const person: Reach = (alias) => ({
    ...plain(alias, 'name', 'vip'),
    organisation: to(`${alias}.organisationId`, 'organisation', organisation),
    manager: to(`${alias}.managerId`, 'person', person),
  })
  const team: Reach = (alias) => ({ ...plain(alias, 'name'), lead: to(`${alias}.leadId`, 'person', person) })
  const service: Reach = (alias) => ({
    ...plain(alias, 'name', 'tier'),
    owner: to(`${alias}.ownerId`, 'person', person),
  })
  const custom = Object.entries(fields).filter(([name]) => name.startsWith('custom.'))
  return {
    fields: {
      ...plain(
        'item',
        'title',
        'note',
        'state',
        'phase',
        'priority',
        'score',
        'confidential',
        'createdAt',
        'dueAt',
        'tags',
      ),
      endsOn: { sql: sql.ref('item.endsOn'), date: true },
      service: to('item.serviceId', 'service', service),
      team: to('item.teamId', 'team', team),
      assignee: to('item.assigneeId', 'person', person),
      requester: to('item.requesterId', 'person', person),
      ...Object.fromEntries(custom.map(([name, field]) => [name, customColumn(name.slice(7), field)])),
    },
    text: (words) => sql`item.title ilike ${`%${words}%`}`,
  }
}

function customColumn(key: string, { type }: Field): Column {
  const text = sql`(item.custom ->> ${key})`
  if (type === 'number') return { sql: sql`${text}::numeric` }
  if (type === 'boolean') return { sql: sql`${text}::boolean` }
  return { sql: type === 'time' ? sql`${text}::timestamptz` : text }
}
