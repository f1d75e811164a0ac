import type { Connection as PgConnection, PoolClient } from 'pg'
import { PostgresQueryCompiler } from 'kysely'
import { camel, snake } from './case.ts'

const mostKept = 5000
const columns = new Map<string, string>()

/**
 * Writes the names of our fields as those of columns while it writes the statement. Kysely's own plugin makes the whole
 * statement anew for it, and then every row that comes back.
 */
export class ColumnNames extends PostgresQueryCompiler {
  protected override sanitizeIdentifier(name: string) {
    const known = columns.get(name)
    if (known !== undefined) return known
    const column = super.sanitizeIdentifier(snake(name))
    if (columns.size < mostKept) columns.set(name, column)
    return column
  }
}

interface Description {
  readonly fields: { name: string }[]
}

/** Gives what comes back the names of our fields, once for each statement, before the first row is made. */
export function nameFields(client: PoolClient) {
  const { connection } = client as PoolClient & { readonly connection: PgConnection }
  connection.prependListener('rowDescription', ({ fields }: Description) => {
    for (const field of fields) if (field.name.includes('_')) field.name = camel(field.name)
  })
}
