import { sql, type RawBuilder } from 'kysely'
import { organisationRef, personRef, serviceRef, teamRef } from '#server/people/people.ts'

/** What every item shows, as columns to select from `item`; custom fields in `hidden` are left out. */
export function itemSelection(hidden: readonly string[]) {
  const custom = hidden.length === 0 ? sql`item.custom` : sql`item.custom - ${hidden}::text[]`
  return sql`item.id, item.kind, item.number, item.title, item.state, item.phase, item.priority, item.due_at,
    item.confidential, item.tags, item.created_at, item.updated_at, item.version, ${custom} as custom,
    ${organisationRef('item.organisation_id')} as organisation, ${serviceRef('item.service_id')} as service,
    ${teamRef('item.team_id')} as team, ${personRef('item.assignee_id')} as assignee,
    ${personRef('item.requester_id')} as requester` satisfies RawBuilder<unknown>
}
