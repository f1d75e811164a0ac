import { sql } from 'kysely'
import type { z } from 'zod'
import type { OrganisationRef, PersonRef, TeamRef } from '#shared/core/values.ts'

/** A reference built in SQL from the column that holds the id, so that rows and wire have one shape. */
const ref = <T>(table: string, columns: string, column: string) =>
  sql<T>`(select json_build_object(${sql.raw(columns)}) from ${sql.table(table)} as mentioned
    where mentioned.id = ${sql.ref(column)})`

const named = `'id', mentioned.id, 'name', mentioned.name`

/** A person as other records mention them: who, and what to call them. */
export const personRef = (column: string) =>
  ref<z.infer<typeof PersonRef> | null>('person', `${named}, 'vip', mentioned.vip, 'active', mentioned.active`, column)
export const teamRef = (column: string) => ref<z.infer<typeof TeamRef> | null>('team', named, column)
export const organisationRef = (column: string) => ref<z.infer<typeof OrganisationRef>>('organisation', named, column)
