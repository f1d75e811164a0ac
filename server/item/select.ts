import { sql, type RawBuilder } from 'kysely'
import { authorRef, organisationRef, personRef, serviceRef, teamRef } from '#server/people/people.ts'

/** When an item last changed as far as a requester may know: what is internal leaves no trace. */
export const lastSeenChange = sql`(select max(at) from event where event.item_id = item.id)`
export const seenChanges = sql`(select count(*)::integer from event where event.item_id = item.id)`

/** The item's own column for staff; requesters, who see fewer events, are told what follows from those. */
const asSeen = (own: RawBuilder<unknown>, seen: RawBuilder<unknown>) =>
  sql`case when current_user = 'steward_requester' then ${seen} else ${own} end`

/** What every item shows, as columns to select from `item`; custom fields in `hidden` are left out. */
export function itemSelection(hidden: readonly string[]) {
  const custom = hidden.length === 0 ? sql`item.custom` : sql`item.custom - ${hidden}::text[]`
  return sql`item.id, item.kind, item.number, item.title, item.state, item.phase, item.priority, item.due_at,
    item.confidential, item.tags, item.created_at,
    ${asSeen(sql`item.updated_at`, lastSeenChange)} as updated_at, ${asSeen(sql`item.version`, seenChanges)} as version, ${custom} as custom,
    ${organisationRef('item.organisation_id')} as organisation, ${serviceRef('item.service_id')} as service,
    ${teamRef('item.team_id')} as team, ${personRef('item.assignee_id')} as assignee,
    ${authorRef('item.requester_id')} as requester` satisfies RawBuilder<unknown>
}
