import { sql, type RawBuilder } from 'kysely'
import { authorRef, organisationRef, personRef, serviceRef, teamRef } from '#server/people/people.ts'

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
 * follows from those; for staff the item's own columns do, and no month of events is looked at.
 */
export function itemSelection({ staff, hidden }: Seen) {
  const updatedAt = staff ? sql`item.updated_at` : lastSeenChange
  const version = staff ? sql`item.version` : seenChanges
  const dueAt = staff ? sql`item.due_at` : promisedAt
  const custom = hidden.length === 0 ? sql`item.custom` : sql`item.custom - ${hidden}::text[]`
  return sql`item.id, item.kind, item.number, item.title, item.state, item.phase, item.priority,
    ${dueAt} as due_at, item.confidential, item.tags, item.created_at,
    ${updatedAt} as updated_at, ${version} as version, ${custom} as custom,
    ${organisationRef('item.organisation_id')} as organisation, ${serviceRef('item.service_id')} as service,
    ${teamRef('item.team_id')} as team, ${personRef('item.assignee_id')} as assignee,
    ${authorRef('item.requester_id')} as requester` satisfies RawBuilder<unknown>
}
