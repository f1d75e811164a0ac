import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely'
import type { Ctx } from '#server/core/desk.ts'
import { invalid } from '#server/core/refusal.ts'
import { compile, type Column } from '#server/filter/filter.ts'
import { isReference } from '#server/item/item.ts'
import { askedOf, readFilter } from '#server/record/record.ts'
import { predicates } from '#shared/fields.ts'
import type { Field } from '#shared/filter/fields.ts'
import { incidentStates } from '#shared/incident.ts'
import type { Ground } from './ground.ts'

/** Where figures are read from: the facts as they were known, under `f`, and which of them are asked about. */
export interface Source {
  readonly facts: RawBuilder<unknown>
  readonly from: RawBuilder<unknown>
  /** What joins the clocks of each, as they were known, under `c`. */
  readonly withClocks: RawBuilder<unknown>
  readonly where: Expression<SqlBool>
  /** Why the same question of the same as-of need not have this answer for ever; null where it has. */
  readonly because: string | null
}

/** The facts under a filter of our one language, each field read as it was known at the as-of. */
export async function sourceOf(ctx: Ctx, { past, asOf, zone }: Ground, filter: string): Promise<Source> {
  // What is sorted here is far more than what a page of a list sorts.
  await sql`select set_config('work_mem', '64MB', true)`.execute(ctx.db)
  const asked = await askedOf(ctx, 'incident')
  const read = readFilter(filter, asked.fields)
  const { columns } = asked
  const used = new Set<string>()
  const beyond = new Set<string>()
  const fields: Record<string, Column> = {}
  for (const [name, field] of Object.entries(asked.fields)) {
    const column = columns.fields[name]
    if (!column) continue
    Object.defineProperty(fields, name, {
      enumerable: true,
      get() {
        used.add(name)
        return noting(columnAsOf(name, field, column, past), () => beyond.add(name))
      },
    })
  }
  const { actor } = ctx
  const world = { fields: asked.fields, predicates, me: actor.id, myTeams: actor.teams, now: asOf, zone }
  const where = compile(read, { fields, text: (words) => text(columns.text?.(words), past, used) }, world)
  const facts = factsAsOf(past)
  const outside = [...used].some((name) => !Object.hasOwn(ofFact, name))
  const joined = outside ? sql` join item on item.id = f.item_id join incident on incident.id = f.item_id` : sql``
  const withClocks = sql`join ${clocksAsOf(past)} c on c.item_id = f.item_id`
  return { facts, from: sql`${facts} f${joined}`, withClocks, where, because: becauseOf(used, beyond) }
}

function becauseOf(used: ReadonlySet<string>, beyond: ReadonlySet<string>) {
  const [first] = beyond
  if (first !== undefined) return `What ${first} leads to is read as it is now.`
  const passing = [...used].some((name) => passingFields.has(name))
  return passing ? 'The filter asks for what is not kept for ever.' : null
}

/** All facts as they were known at a time: those that still stand, and those that stood then. */
function factsAsOf(past: string | null) {
  if (past === null) return sql`incident_fact`
  const known = sql`recorded_at <= ${past}::timestamptz`
  return sql`(select ${all} from incident_fact where ${known} union all
    select ${all} from incident_fact_past where ${known} and until > ${past}::timestamptz)`
}

/** The clocks as they were known: what has happened to them since is taken off, and those that stood then are found. */
function clocksAsOf(past: string | null) {
  if (past === null) return sql`clock`
  const by = (column: string) =>
    sql`case when ${sql.ref(column)} <= ${past}::timestamptz then ${sql.ref(column)} end as ${sql.ref(column)}`
  const columns = sql`id, item_id, kind, target, due_at, business_ms, paused_business_ms, ${by('stopped_at')}, ${by('cancelled_at')}, ${by('breached_at')}`
  const known = sql`known_at <= ${past}::timestamptz`
  return sql`(select ${columns} from clock where ${known} union all
    select ${columns} from clock_past where ${known} and until > ${past}::timestamptz)`
}

const all =
  sql.raw(`item_id, state, priority, organisation_id, service_id, team_id, assignee_id, requester_id, category,
  source, major, confidential, opened_by_id, resolved_by_id, opened_at, acknowledged_at, assigned_at, resolved_at,
  closed_at, ended_at, waiting_ms, waits, group_changes, hand_changes, resolutions, endings, reopenings`)

const statesOf = (phase: string) =>
  Object.entries(incidentStates)
    .filter(([, its]) => its.phase === phase)
    .map(([state]) => `'${state}'`)
    .join(', ')

const phase = sql.raw(`(case when f.state in (${statesOf('done')}) then 'done'
  when f.state in (${statesOf('waiting')}) then 'waiting' else 'open' end)`)

/** The fields of an incident that its fact holds, each as it was known at any time. */
const ofFact: Readonly<Record<string, Expression<unknown>>> = {
  state: sql.ref('f.state'),
  phase,
  priority: sql.ref('f.priority'),
  organisation: sql.ref('f.organisation_id'),
  service: sql.ref('f.service_id'),
  team: sql.ref('f.team_id'),
  assignee: sql.ref('f.assignee_id'),
  requester: sql.ref('f.requester_id'),
  confidential: sql.ref('f.confidential'),
  category: sql.ref('f.category'),
  source: sql.ref('f.source'),
  major: sql.ref('f.major'),
  openedBy: sql.ref('f.opened_by_id'),
  resolvedBy: sql.ref('f.resolved_by_id'),
  createdAt: sql.ref('f.opened_at'),
}

/** Fields that follow from something other than the changes of a record: how they were is not told by its history. */
const passingFields: ReadonlySet<string> = new Set(['dueAt', 'updatedAt', 'version', 'text'])

function columnAsOf(name: string, field: Field, column: Column, past: string | null): Column {
  const kept = Object.hasOwn(ofFact, name) ? ofFact[name] : undefined
  if (kept) return reading(column, kept)
  if (past === null || name === 'number') return column
  if (passingFields.has(name)) throw invalid({ filter: `${field.label} cannot be asked as of the past` })
  return reading(column, asItWas(name, field, column, past))
}

const reading = (column: Column, by: Expression<unknown>): Column =>
  'id' in column ? { ...column, id: by } : { sql: by }

/** A field that no fact holds, as of the past: what it was before the first change since, or what it still is. */
function asItWas(name: string, field: Field, column: Column, past: string) {
  const told = isReference(field.type) ? `${name}Id` : name
  const present = 'id' in column ? column.id : column.sql
  const was = sql`(coalesce((select change -> 'before' from event cross join lateral jsonb_array_elements(changes) change
    where event.item_id = f.item_id and event.recorded_at > ${past}::timestamptz and change ->> 'field' = ${told}
    order by event.seq limit 1), to_jsonb(${present})))`
  if (field.type === 'tags') return sql`array(select jsonb_array_elements_text(${was}))`
  return sql`(${was} #>> '{}')${casts[field.type] ?? sql``}`
}

const casts: Partial<Record<Field['type'], RawBuilder<unknown>>> = {
  number: sql`::numeric`,
  boolean: sql`::boolean`,
  time: sql`::timestamptz`,
  person: sql`::uuid`,
  team: sql`::uuid`,
  organisation: sql`::uuid`,
  reference: sql`::uuid`,
}

/** Tells when a filter goes on from a reference to what it leads to. */
function noting(column: Column, note: () => void): Column {
  if (!('id' in column) || !column.columns) return column
  const { columns } = column
  return {
    ...column,
    columns: (alias) => {
      note()
      return columns(alias)
    },
  }
}

function text(found: Expression<SqlBool> | undefined, past: string | null, used: Set<string>) {
  if (!found) throw new Error('These columns have no full text')
  if (past !== null) throw invalid({ filter: 'Words cannot be searched as of the past; ask for fields' })
  used.add('text')
  return found
}
