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

/** So many events under one seal, or all of a transaction that wrote more: nobody is answered while they are hashed. */
const most = 10_000

/**
 * Every minute, puts all events of the transactions that have ended since the last seal under one root, chained to that
 * seal; under several, where a great many were brought in. A transaction that is still at work falls under a later one,
 * so no event is left out however late it commits.
 */
export const sealHistory = job({
  name: 'item.seal-history',
  input: z.object({}),
  cron: '* * * * *',
  async run(desk, _, stopping) {
    let more = true
    while (more) more = stopping?.aborted !== true && (await as(desk, system, (ctx) => seal(ctx)))
  },
})

/** Seals what is not sealed yet, from its beginning; says whether one seal was too small for it all. */
export async function seal(ctx: Ctx, upTo = most) {
  await sql`select pg_advisory_xact_lock(${locks.seal})`.execute(ctx.db)
  const last = await ctx.db.selectFrom('seal').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst()
  const fromTxid = last?.toTxid ?? '0'
  const { toTxid, more } = await endOf(ctx, fromTxid, upTo)
  const hashes = await sealedHashes(ctx, fromTxid, toTxid)
  if (hashes.length === 0) return more
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
  return more
}

/** The first transaction that a seal no longer covers: one still at work, or the one with which it would hold too many. */
async function endOf({ db }: Ctx, fromTxid: string, upTo: number) {
  const ended = await sql<{ txid: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as txid`.execute(db)
  const before = ended.rows[0]!.txid
  const nth = (n: number) => sql<{ txid: string }>`
    select txid::text as txid from event where event.txid >= ${fromTxid}::xid8 and event.txid < ${before}::xid8
    order by event.txid limit 1 offset ${n}`
  const [full] = (await nth(upTo).execute(db)).rows
  if (!full) return { toTxid: before, more: false }
  const [first] = (await nth(0).execute(db)).rows
  return { toTxid: full.txid === first?.txid ? String(BigInt(full.txid) + 1n) : full.txid, more: true }
}

/** The hashes that a seal covers, in the order of their events. */
export async function sealedHashes({ db }: Pick<Ctx, 'db'>, fromTxid: string, toTxid: string) {
  const { rows } = await sql<{ hash: Buffer }>`
    select hash from event where txid >= ${fromTxid}::xid8 and txid < ${toTxid}::xid8 order by id`.execute(db)
  return rows.map(({ hash }) => hash)
}
