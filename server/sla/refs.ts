import { sql } from 'kysely'
import type { Ctx } from '#server/core/desk.ts'
import type { Row } from '#shared/filter/evaluate.ts'
import type { Refs, RefTable, Told } from './moments.ts'

interface Change {
  readonly id: string
  readonly at: string
  readonly before: Row
}

interface Found {
  readonly of: RefTable
  readonly id: string
  readonly now: Row
  readonly was: readonly Change[]
}

/** Whether a field holds the id of what the record refers to; a custom field never does, whatever its name. */
export const refersBy = (field: string) => field.endsWith('Id') && !field.startsWith('custom.')

/** The ids of all that the events of some histories refer to. */
export function idsIn(histories: Iterable<readonly Told[]>): string[] {
  const changes = [...histories].flat().flatMap((event) => event.changes)
  const ids = changes.flatMap(({ field, after }) => (refersBy(field) && typeof after === 'string' ? [after] : []))
  return [...new Set(ids)]
}

/**
 * What records refer to, as it was at any time: the row of today with each change since then undone. Settings leave a
 * trace of every change; from before the first one, the oldest that is known counts.
 */
export async function refsFor(ctx: Ctx, ids: readonly string[]): Promise<Refs> {
  if (ids.length === 0) return () => null
  const { rows } = await find(ctx, ids)
  const known = new Map(rows.map((row) => [`${row.of} ${row.id}`, versionsOf(row)] as const))
  return (table, id, at) => {
    const versions = known.get(`${table} ${id}`)
    return versions?.find(({ until }) => at < until)?.row ?? null
  }
}

/** Of a person, a team, an organisation or a service: what filters may ask, and the zone of a person. */
function find({ db }: Ctx, ids: readonly string[]) {
  return sql<Found>`
    with wanted as (select unnest(${ids}::uuid[]) as id),
    found as (
      select 'person' as of, id, jsonb_build_object('id', id, 'name', name, 'email', email, 'vip', vip, 'zone', zone,
        'organisation', (select jsonb_build_object('id', o.id, 'name', o.name) from organisation o
          where o.id = organisation_id)) as now
        from person where id in (select id from wanted)
      union all select 'team', id, jsonb_build_object('id', id, 'name', name) from team
        where id in (select id from wanted)
      union all select 'organisation', id, jsonb_build_object('id', id, 'name', name) from organisation
        where id in (select id from wanted)
      union all select 'service', id, jsonb_build_object('id', id, 'name', name, 'tier', tier,
        'team', (select jsonb_build_object('id', t.id, 'name', t.name) from team t where t.id = team_id)) from service
        where id in (select id from wanted))
    select of, id, now, coalesce((
      select jsonb_agg(jsonb_build_object('at', at, 'before', before) order by audit.id) from audit
      where audit."table" = found.of and audit.row_id = found.id::text and act = 'update'), '[]') as was
    from found`.execute(db)
}

interface Dated {
  readonly until: number
  readonly row: Row
}

function versionsOf({ now, was }: Found): Dated[] {
  const versions: Dated[] = [{ until: Infinity, row: now }]
  let row = now
  for (const { at, before } of was.toReversed()) {
    row = { ...row, ...told(row, before) }
    versions.unshift({ until: Date.parse(at), row })
  }
  return versions
}

/** The plain fields as they were before a change; what they refer to in turn is taken as it is. */
function told(row: Row, before: Row): Row {
  const plain = ['name', 'email', 'vip', 'zone', 'tier'].filter((name) => name in row && name in before)
  return Object.fromEntries(plain.map((name) => [name, before[name]]))
}
