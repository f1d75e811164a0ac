import { sql } from 'kysely'
import type { Ctx } from '#server/core/desk.ts'
import type { KindName } from '#shared/kinds.ts'
import { hashOf, merkleRoot, noHead, type Link } from './chain.ts'
import { replay, type Replayed } from './replay.ts'
import { sealedHashes, sealHash } from './seal.ts'

/** What is wrong with the history, and of which record. */
export interface Fault {
  readonly where: string
  readonly what: string
}

type Stored = Link & { readonly id: number; readonly prev: Buffer; readonly hash: Buffer }
type Row = Replayed & { readonly id: string; readonly number: string; readonly version: number; readonly head: Buffer }

const batch = 500

/**
 * Reads the whole history again: each event's hash and its link to the one before, each record against what its events
 * say, and each seal. A changed byte, a removed event, a cut tail and a removed record are each found and named.
 */
export async function verifyHistory(
  ctx: Ctx,
  progress: (done: number, total: number) => void = () => {},
): Promise<{ items: number; events: number; seals: number; faults: Fault[] }> {
  const faults: Fault[] = []
  const { total } = await ctx.db
    .selectFrom('item')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  let [items, events, after] = [0, 0, '00000000-0000-0000-0000-000000000000']
  for (;;) {
    const rows = await itemsAfter(ctx, after)
    if (rows.length === 0) break
    const histories = await eventsOf(
      ctx,
      rows.map(({ id }) => id),
    )
    for (const row of rows) {
      const history = histories.get(row.id) ?? []
      events += history.length
      faults.push(...faultsOf(row, history))
    }
    items += rows.length
    after = rows.at(-1)!.id
    progress(items, total)
  }
  faults.push(...(await orphans(ctx)))
  const seals = await verifySeals(ctx, faults)
  return { items, events, seals, faults }
}

async function itemsAfter({ db }: Ctx, after: string): Promise<Row[]> {
  const rows = await db.selectFrom('item').selectAll().where('id', '>', after).orderBy('id').limit(batch).execute()
  const byKind = Map.groupBy(rows, ({ kind }) => kind as KindName)
  const details = new Map<string, object>()
  for (const [kind, its] of byKind) {
    const found = await db
      .selectFrom(kind)
      .selectAll()
      .where(
        'id',
        'in',
        its.map(({ id }) => id),
      )
      .execute()
    for (const one of found) details.set(one.id, one)
  }
  return rows.map((row) => ({ ...details.get(row.id), ...row }))
}

async function eventsOf({ db }: Ctx, ids: readonly string[]) {
  const events = await db
    .selectFrom('event')
    .select(['id', 'itemId', 'seq', 'name', 'data', 'changes', 'internal', 'actorId', 'channel', 'at', 'recordedAt'])
    .select(['prev', 'hash'])
    .where('itemId', 'in', [...ids])
    .orderBy('itemId')
    .orderBy('seq')
    .orderBy('id')
    .execute()
  return Map.groupBy(events as Stored[], ({ itemId }) => itemId)
}

/** The first fault of one record; what follows from it is not told again. */
function faultsOf(row: Row, history: readonly Stored[]): Fault[] {
  const found = faultIn(row, history)
  return found ? [{ where: row.number, what: found }] : []
}

function faultIn({ version, head, ...row }: Row, history: readonly Stored[]) {
  let prev: Buffer = noHead
  for (const [at, event] of history.entries()) {
    if (event.seq !== at + 1) return `event ${at + 1} is missing`
    if (!event.prev.equals(prev)) return `event ${event.seq} does not follow the one before it`
    if (!event.hash.equals(hashOf(prev, event))) return `event ${event.seq} (${event.name}) was changed`
    prev = event.hash
  }
  if (history.length !== version) return `the newest events are missing: ${history.length} of ${version} are there`
  if (!head.equals(prev)) return 'the record does not point to its newest event'
  const differs = differences(replay(history), row)
  return differs.length > 0 ? `${differs.join(', ')} is not what the history says` : null
}

/** The fields in which a record and its replayed history are not the same. */
export function differences(replayed: Replayed, row: object) {
  const is = row as Record<string, unknown>
  return Object.entries(replayed)
    .filter(([field, value]) => !same(value, is[field]))
    .map(([field]) => field)
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** Events whose record is gone. */
async function orphans({ db }: Ctx): Promise<Fault[]> {
  const { rows } = await sql<{ itemId: string; number: string | null }>`
    select event.item_id, min(change ->> 'after') filter (where change ->> 'field' = 'number') as number
    from event left join item on item.id = event.item_id
    cross join lateral jsonb_array_elements(case jsonb_array_length(changes) when 0 then '[{}]' else changes end) change
    where item.id is null group by event.item_id limit 100`.execute(db)
  return rows.map(({ itemId, number }) => ({ where: number ?? itemId, what: 'the record was removed' }))
}

async function verifySeals(ctx: Ctx, faults: Fault[]) {
  const seals = await ctx.db.selectFrom('seal').selectAll().orderBy('id').execute()
  let prev: Buffer = Buffer.alloc(32)
  let [id, fromTxid] = [1, '0']
  for (const seal of seals) {
    const hashes = await sealedHashes(ctx, seal.fromTxid, seal.toTxid)
    const where = `seal ${seal.id} of ${seal.at}`
    if (seal.id !== id || seal.fromTxid !== fromTxid) faults.push({ where, what: 'a seal before it is missing' })
    else if (!seal.prev.equals(prev) || !seal.hash.equals(sealHash(seal)))
      faults.push({ where, what: 'it was changed' })
    else if (hashes.length !== seal.events)
      faults.push({ where, what: `${seal.events} events were sealed, ${hashes.length} are there` })
    else if (!seal.root.equals(merkleRoot(hashes))) faults.push({ where, what: 'an event under it was changed' })
    prev = seal.hash
    fromTxid = seal.toTxid
    id = seal.id + 1
  }
  return seals.length
}
