import { sql, type Expression } from 'kysely'
import type { z } from 'zod'
import type { OrganisationRef, PersonRef, ServiceRef, TeamRef } from '#shared/core/values.ts'

const named = `'id', mentioned.id, 'name', mentioned.name`

/** What is shown of each that a record may mention, by its table. */
const shown = {
  person: sql.raw(`json_build_object(${named}, 'vip', mentioned.vip, 'active', mentioned.active)`),
  team: sql.raw(`json_build_object(${named})`),
  organisation: sql.raw(`json_build_object(${named})`),
  service: sql.raw(`json_build_object(${named}, 'tier', mentioned.tier)`),
}

/** A reference built in SQL from the column that holds the id, so that rows and wire have one shape. */
const ref = <T>(table: keyof typeof shown, column: Column) =>
  sql<T>`(select ${shown[table]} from ${sql.table(table)} as mentioned
    where mentioned.id = ${typeof column === 'string' ? sql.ref(column) : column})`

/** A column by its name, or what stands for one. */
type Column = string | Expression<unknown>

/** A person as other records mention them: who, and what to call them. */
export const personRef = (column: Column) => ref<z.infer<typeof PersonRef> | null>('person', column)
export const teamRef = (column: Column) => ref<z.infer<typeof TeamRef> | null>('team', column)
export const organisationRef = (column: Column) => ref<z.infer<typeof OrganisationRef>>('organisation', column)
export const serviceRef = (column: Column) => ref<z.infer<typeof ServiceRef> | null>('service', column)

/** Who did or wants something, always: also the desk itself, and somebody whom the reader may not look up. */
export const authorRef = (column: string) => sql<z.infer<typeof PersonRef>>`coalesce(${personRef(column)},
  json_build_object('id', coalesce(${sql.ref(column)}, '00000000-0000-0000-0000-000000000000'::uuid),
    'name', case when ${sql.ref(column)} is null then 'Steward' else 'Somebody' end, 'vip', false,
    'active', ${sql.ref(column)} is null))`

/** Whoever and whatever has one of these ids, as it is shown. */
export const refsOf = (ids: readonly string[]) =>
  sql<{ readonly id: string; readonly shown: object }>`${sql.join(
    Object.entries(shown).map(
      ([table, columns]) => sql`select mentioned.id, ${columns} as shown from ${sql.table(table)} as mentioned
        where mentioned.id = any(${ids}::uuid[])`,
    ),
    sql` union all `,
  )}`
