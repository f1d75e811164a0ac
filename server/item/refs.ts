import { sql, type Expression, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import type { FieldType } from '#shared/filter/fields.ts'
import type { OrganisationRef, PersonRef, ServiceRef, TeamRef } from '#shared/core/values.ts'

/** A record's references as other records mention them: built in SQL, so that rows and wire have one shape. */
const object = <T>(table: string, columns: string, id: string | Expression<unknown>): RawBuilder<T> =>
  sql<T>`(select json_build_object(${sql.raw(columns)}) from ${sql.table(table)} as it
    where it.id = ${typeof id === 'string' ? sql.ref(id) : id})`

const named = `'id', it.id, 'name', it.name`

export const personOf = (id: string | Expression<unknown>) =>
  object<z.infer<typeof PersonRef> | null>('person', `${named}, 'vip', it.vip, 'active', it.active`, id)
export const teamOf = (id: string | Expression<unknown>) => object<z.infer<typeof TeamRef> | null>('team', named, id)
export const organisationOf = (id: string | Expression<unknown>) =>
  object<z.infer<typeof OrganisationRef>>('organisation', named, id)
export const serviceOf = (id: string | Expression<unknown>) =>
  object<z.infer<typeof ServiceRef> | null>('service', `${named}, 'tier', it.tier`, id)

/** The reference that a field of this type is shown as. */
export function refOf(type: FieldType, id: Expression<unknown>): RawBuilder<unknown> {
  if (type === 'person') return personOf(id)
  if (type === 'team') return teamOf(id)
  return type === 'organisation' ? organisationOf(id) : serviceOf(id)
}
