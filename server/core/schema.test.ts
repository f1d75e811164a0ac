import { expect, test } from 'vitest'
import { kinds } from '#shared/kinds.ts'
import { openIncident } from '#shared/incident.ts'
import { testDesk } from '#test/desk.ts'
import { admin } from '#test/template.ts'

const inTemplate = <Row extends object = { name: string }>(sql: string) => admin<Row>(sql, 'steward_template')
const named = (rows: readonly { name: string }[]) => rows.map(({ name }) => name)
const audiences = ['steward_system', 'steward_staff', 'steward_requester', 'steward_report']

test('every table has row security, but for the settings that everyone granted them may read whole', async () => {
  const open = await inTemplate(
    `select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
     and not relispartition and not relrowsecurity and relname !~ '^migration' order by 1`,
  )
  expect(named(open)).toEqual([
    'audit',
    'calendar',
    'calendar_use',
    'calendar_version',
    'custom_field',
    'kind_state',
    'member',
    'organisation',
    'person_role',
    'priority_rule',
    'role',
    'rule',
    'seal',
    'service',
    'setting',
    'sla_definition',
    'sla_version',
    'survey',
    'team',
    'team_organisation',
    'template',
    'timekeeping',
  ])
})

test('a partition is reached only through its table, whose row security it would otherwise walk around', async () => {
  const grants = await inTemplate(
    `select distinct c.relname as name from pg_class c cross join unnest(array['${audiences.join("','")}']) role
     where c.relispartition and has_table_privilege(role, c.oid, 'select, insert, update, delete')`,
  )
  expect(named(grants)).toEqual([])
})

test('no role of the application owns anything, may go round row security, or may empty a table', async () => {
  const strong = await inTemplate(
    `select rolname as name from pg_roles where rolname = any (array['${audiences.join("','")}', 'steward_app'])
     and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`,
  )
  expect(strong).toEqual([])
  const may = await inTemplate(
    `select role || ' on ' || c.relname as name from pg_class c cross join unnest(array['${audiences.join("','")}']) role
     where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
     and has_table_privilege(role, c.oid, 'truncate, references, trigger')`,
  )
  expect(named(may)).toEqual([])
})

test('a requester has no right at all to what is internal', async () => {
  const may = await inTemplate(
    `select c.relname as name from pg_class c where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
     and not relispartition and has_any_column_privilege('steward_requester', c.oid, 'select, insert, update')`,
  )
  const theirs = named(may)
  for (const table of [
    'note',
    'task',
    'rule',
    'rule_trace',
    'template',
    'alert',
    'signal',
    'source',
    'credential',
    'presence',
  ])
    expect(theirs).not.toContain(table)
  const [internal] = await inTemplate<{ may: boolean }>(
    `select has_column_privilege('steward_requester', 'search_document', 'internal', 'select') as may`,
  )
  expect(internal).toEqual({ may: false })
})

test('a function that runs with its owner’s rights names where it looks', async () => {
  const loose = await inTemplate(
    `select proname as name from pg_proc where prosecdef and pronamespace in ('app'::regnamespace, 'public'::regnamespace)
     and not coalesce(array_to_string(proconfig, ',') like '%search_path=%', false)`,
  )
  expect(named(loose)).toEqual([])
})

test('every foreign key can be followed backwards by an index', async () => {
  const slow = await inTemplate(
    `select conrelid::regclass || '.' || conname as name from pg_constraint k where contype = 'f'
     and connamespace = 'public'::regnamespace and not exists (
       select from pg_index i where i.indrelid = k.conrelid and i.indkey[0] = k.conkey[1])`,
  )
  expect(named(slow)).toEqual([])
})

test('the database and the code agree on the states a kind can be in, and what each means', async () => {
  const states = await inTemplate<{ kind: string; state: string; phase: string }>(
    `select kind, state, phase from kind_state order by 1, 2`,
  )
  const known = Object.values(kinds).flatMap(({ name, states: its }) =>
    Object.entries(its).map(([state, { phase }]) => ({ kind: name, state, phase })),
  )
  expect(states).toEqual(known.toSorted((a, b) => (a.kind + a.state < b.kind + b.state ? -1 : 1)))
  for (const { moves, states: its } of Object.values(kinds))
    expect(Object.keys(moves).toSorted()).toEqual(Object.keys(its).toSorted())
})

test('partitions are made ahead, and a month whose rows came before its partition is left where it is', async () => {
  const desk = await testDesk()
  const rita = await desk.requester('Rita')
  await rita.call(openIncident, { title: 'Years later' })
  await desk.pass(24 * 45)
  const partitions = await admin(
    `select relname as name from pg_class where relispartition and relkind = 'r' and relname ~ '2030' order by 1`,
    desk.database,
  )
  expect(named(partitions)).toEqual([
    'event_2030_02',
    'event_2030_03',
    'event_2030_04',
    ...['02', '03', '04'].map((month) => `signal_2030_${month}`),
  ])
})
