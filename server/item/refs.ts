import type { Expression } from 'kysely'
import { organisationRef, personRef, serviceRef, teamRef } from '#server/people/people.ts'
import type { FieldType } from '#shared/filter/fields.ts'

/** The reference that a field of this type is shown as. */
export function refOf(type: FieldType, id: Expression<unknown>) {
  if (type === 'person') return personRef(id)
  if (type === 'team') return teamRef(id)
  return type === 'organisation' ? organisationRef(id) : serviceRef(id)
}
