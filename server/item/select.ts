import { sql, type Expression, type RawBuilder } from 'kysely'
import { authorRef, mention, organisationRef, personRef, serviceRef, teamRef } from '#server/people/people.ts'
import type { Ctx } from '#server/core/desk.ts'
import type { FieldType } from '#shared/filter/fields.ts'

/** When an item last changed as far as a requester may know: what is internal leaves no trace. */
export const lastSeenChange = sql`(select max(at) from event where event.item_id = item.id)`
export const seenChanges = sql`(select count(*)::integer from event where event.item_id = item.id)`

/** When it is due as far as was promised to its requester. */
export const promisedAt = sql`app.promised_at(item.id)`

interface Seen {
  readonly staff: boolean
  /** The custom fields that are left out. */
  readonly hidden: readonly string[]
}

/**
 * What every item shows, as columns to select from `item`. Requesters see fewer events than staff, and are told what
 * follows from those; for staff the item's own columns do, and no month of events is looked at. What is selected for
 * staff refers to others by their ids, until `tellReferences`.
 */
export function itemSelection({ staff, hidden }: Seen) {
  const updatedAt = staff ? sql`item.updated_at` : lastSeenChange
  const version = staff ? sql`item.version` : seenChanges
  const dueAt = staff ? sql`item.due_at` : promisedAt
  const custom = hidden.length === 0 ? sql`item.custom` : sql`item.custom - ${hidden}::text[]`
  return sql`item.id, item.kind, item.number, item.title, item.state, item.phase, item.priority,
    ${dueAt} as due_at, item.confidential, item.tags, item.created_at,
    ${updatedAt} as updated_at, ${version} as version, ${custom} as custom,
    ${staff ? itemIds : itemRefs}` satisfies RawBuilder<unknown>
}

const itemIds = sql`item.organisation_id as organisation, item.service_id as service, item.team_id as team,
  item.assignee_id as assignee, item.requester_id as requester`

const itemRefs = sql`${organisationRef('item.organisation_id')} as organisation,
  ${serviceRef('item.service_id')} as service, ${teamRef('item.team_id')} as team,
  ${personRef('item.assignee_id')} as assignee, ${authorRef('item.requester_id')} as requester`

/** The column of a further field that refers to somebody or something, likewise. */
export function referenceColumn({ staff }: Pick<Seen, 'staff'>, type: FieldType, id: Expression<unknown>) {
  return staff ? id : refOf(type, id)
}

function refOf(type: FieldType, id: Expression<unknown>) {
  if (type === 'person') return personRef(id)
  if (type === 'team') return teamRef(id)
  return type === 'organisation' ? organisationRef(id) : serviceRef(id)
}

const mentioning = ['organisation', 'service', 'team', 'assignee', 'requester']

/** Makes the references of items that were selected so, and in further fields, those that are shown. */
export async function tellReferences(
  ctx: Ctx,
  { staff }: Pick<Seen, 'staff'>,
  rows: readonly Record<string, unknown>[],
  further: readonly string[] = [],
) {
  if (staff) await mention(ctx, rows, [...mentioning, ...further])
}
