import { sql, type Expression } from 'kysely'
import type { z } from 'zod'
import type { OrganisationRef, PersonRef, ServiceRef, TeamRef } from '#shared/core/values.ts'

/** A reference built in SQL from the column that holds the id, so that rows and wire have one shape. */
const ref = <T>(table: string, columns: string, column: Column) =>
  sql<T>`(select json_build_object(${sql.raw(columns)}) from ${sql.table(table)} as mentioned
    where mentioned.id = ${typeof column === 'string' ? sql.ref(column) : column})`

/** A column by its name, or what stands for one. */
type Column = string | Expression<unknown>

const named = `'id', mentioned.id, 'name', mentioned.name`

/** A person as other records mention them: who, and what to call them. */
export const personRef = (column: Column) =>
  ref<z.infer<typeof PersonRef> | null>('person', `${named}, 'vip', mentioned.vip, 'active', mentioned.active`, column)
export const teamRef = (column: Column) => ref<z.infer<typeof TeamRef> | null>('team', named, column)
export const organisationRef = (column: Column) => ref<z.infer<typeof OrganisationRef>>('organisation', named, column)
export const serviceRef = (column: Column) =>
  ref<z.infer<typeof ServiceRef> | null>('service', `${named}, 'tier', mentioned.tier`, column)

/** Who did or wants something, always: also the desk itself, and somebody whom the reader may not look up. */
export const authorRef = (column: string) => sql<z.infer<typeof PersonRef>>`coalesce(${personRef(column)},
  json_build_object('id', coalesce(${sql.ref(column)}, '00000000-0000-0000-0000-000000000000'::uuid),
    'name', case when ${sql.ref(column)} is null then 'Steward' else 'Somebody' end, 'vip', false,
    'active', ${sql.ref(column)} is null))`
