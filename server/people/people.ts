import { expressionBuilder, type StringReference } from 'kysely'
import { jsonObjectFrom } from 'kysely/helpers/postgres'
import type { DB } from '#server/core/tables.ts'
import type { Actor } from '#server/core/desk.ts'

type Within = keyof DB

/** A person as other records mention them: who, and what to call them. */
export function personRef(column: StringReference<DB, Within>) {
  const eb = expressionBuilder<DB, Within>()
  return jsonObjectFrom(
    eb
      .selectFrom('person as mentioned')
      .select(['mentioned.id', 'mentioned.name', 'mentioned.vip', 'mentioned.active'])
      .whereRef('mentioned.id', '=', column as never),
  )
}

/** Who stands behind a request that nobody has signed in for. */
export const nobody: Actor = {
  id: null,
  name: 'Nobody',
  audience: 'requester',
  permissions: new Set(),
  channel: 'web',
  organisation: null,
  teams: [],
  serves: [],
  everywhere: false,
  zone: 'UTC',
}
