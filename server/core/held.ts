import {
  PostgresAdapter,
  PostgresIntrospector,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
} from 'kysely'
import type { PoolClient } from 'pg'
import { ColumnNames } from './column-names.ts'

/**
 * Kysely on one connection that somebody holds. Unlike Kysely's own, it does not wait for one statement's answer before
 * it sends the next. Who holds it begins and ends the transaction: nothing is answered unless it has begun well, and once
 * it is let go, a straggler is refused, since it would speak in the next one's transaction.
 */
export function heldDialect(
  client: PoolClient,
  begun: Promise<void>,
): { readonly dialect: Dialect; readonly letGo: () => void } {
  let held = true
  const connection: DatabaseConnection = {
    async executeQuery({ sql, parameters }: CompiledQuery) {
      if (!held) throw new Error('The transaction that this belongs to is over')
      const { rows, rowCount } = await client.query(sql, [...parameters])
      await begun
      return { rows, numAffectedRows: BigInt(rowCount ?? 0) }
    },
    streamQuery: notHere,
  }
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => ({
      init: async () => {},
      acquireConnection: async () => connection,
      beginTransaction: notHere,
      commitTransaction: notHere,
      rollbackTransaction: notHere,
      releaseConnection: async () => {},
      destroy: async () => {},
    }),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new ColumnNames(),
  }
  const letGo = () => {
    held = false
  }
  return { dialect, letGo }
}

function notHere(): never {
  throw new Error('The transaction is begun and ended by who holds the connection')
}
