import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { as, system, type Ctx } from '#server/core/desk.ts'
import { job } from '#server/core/jobs.ts'
import { locks } from '#server/core/locks.ts'
import { merkleRoot } from './chain.ts'

/** What a seal says: which transactions it covers, how many events they wrote, the root over them, the seal before. */
export interface Seal {
  readonly id: number
  readonly fromTxid: string
  readonly toTxid: string
  readonly events: number
  readonly root: Buffer
  readonly prev: Buffer
  readonly at: string
}

export function sealHash({ id, fromTxid, toTxid, events, root, prev, at }: Seal) {
  return createHash('sha256')
    .update(prev)
    .update(root)
    .update(JSON.stringify([id, fromTxid, toTxid, events, at]))
    .digest()
}

/**
 * Every minute, puts all events of the transactions that have ended since the last seal under one root, chained to that
 * seal. A transaction that is still at work falls under a later one, so no event is left out however late it commits.
 */
export const sealHistory = job({
  name: 'item.seal-history',
  input: z.object({}),
  cron: '* * * * *',
  run: async (desk) => void (await as(desk, system, seal)),
})

export async function seal(ctx: Ctx) {
  await sql`select pg_advisory_xact_lock(${locks.seal})`.execute(ctx.db)
  const last = await ctx.db.selectFrom('seal').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst()
  const fromTxid = last?.toTxid ?? '0'
  const { rows } = await sql<{ toTxid: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as to_txid`.execute(ctx.db)
  const { toTxid } = rows[0]!
  const hashes = await sealedHashes(ctx, fromTxid, toTxid)
  if (hashes.length === 0) return null
  const about: Seal = {
    id: (last?.id ?? 0) + 1,
    fromTxid,
    toTxid,
    events: hashes.length,
    root: merkleRoot(hashes),
    prev: last?.hash ?? Buffer.alloc(32),
    at: ctx.now,
  }
  await ctx.db
    .insertInto('seal')
    .values({ ...about, hash: sealHash(about) })
    .execute()
  return about
}

/** The hashes that a seal covers, in the order of their events. */
export async function sealedHashes({ db }: Pick<Ctx, 'db'>, fromTxid: string, toTxid: string) {
  const { rows } = await sql<{ hash: Buffer }>`
    select hash from event where txid >= ${fromTxid}::xid8 and txid < ${toTxid}::xid8 order by id`.execute(db)
  return rows.map(({ hash }) => hash)
}
