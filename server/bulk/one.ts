import { sql, type Selectable } from 'kysely'
import { bySystem, type Ctx } from '#server/core/desk.ts'
import type { BulkRecordTable } from '#server/core/tables.ts'
import { attempt } from './attempt.ts'
import type { Work } from './carry.ts'
import { didIn, takeBack } from './did.ts'
import { doableNamed } from './doable.ts'
import { stateOf } from './preview.ts'
import { reasonOf } from './reasons.ts'

/** Does to one record what is asked for. That it is done is written in the same transaction, so it is done once. */
export async function doNext(ctx: Ctx, { desk, doables, bulk }: Work, itemId: string) {
  const record = await lock(ctx, bulk.id, itemId, 'waiting')
  if (!record) return undefined
  const outcome = await attempt(ctx, (own) =>
    doableNamed(doables, bulk.verb).take(own, desk, itemId, { ...bulk.input }),
  )
  const did = await didIn(ctx, outcome.happened)
  const reason = outcome.refused && reasonOf(outcome.refused, record.number)
  await note(ctx, { ...record, state: stateOf(outcome), reason, did })
  return outcome
}

/** Takes back what was done to one record, and to those that followed it. */
export async function takeBackNext(ctx: Ctx, { doables, bulk }: Work, itemId: string) {
  const record = await lock(ctx, bulk.id, itemId, 'changed')
  if (!record) return undefined
  const outcome = await attempt(ctx, async (own) => {
    doableNamed(doables, bulk.verb).requireMay(own)
    await takeBack(own, record.did)
  })
  const reason = outcome.refused && reasonOf(outcome.refused, record.number)
  await note(ctx, { ...record, state: outcome.refused ? 'kept' : 'undone', reason })
  return outcome
}

type State = Selectable<BulkRecordTable>['state']

/** Holds the place of a record in its bulk, if it is still its turn, and keeps the bulk as it is until then. */
function lock(ctx: Ctx, bulkId: string, itemId: string, state: 'waiting' | 'changed') {
  const going = state === 'waiting' ? 'working' : 'undoing'
  return bySystem(ctx, ({ db }) =>
    db
      .selectFrom('bulkRecord')
      .innerJoin('bulk', 'bulk.id', 'bulkRecord.bulkId')
      .innerJoin('item', 'item.id', 'bulkRecord.itemId')
      .select(['bulkRecord.bulkId', 'bulkRecord.itemId', 'bulkRecord.did', 'item.number'])
      .where('bulkRecord.bulkId', '=', bulkId)
      .where('bulkRecord.itemId', '=', itemId)
      .where('bulkRecord.state', '=', state)
      .where('bulk.state', '=', going)
      .forShare('bulk')
      .forUpdate('bulkRecord')
      .executeTakeFirst(),
  )
}

interface Noted {
  readonly bulkId: string
  readonly itemId: string
  readonly state: State
  readonly reason: string | null
  readonly did: unknown
}

async function note(ctx: Ctx, { bulkId, itemId, state, reason, did }: Noted) {
  await bySystem(ctx, ({ db }) =>
    db
      .updateTable('bulkRecord')
      .set({ state, reason, did: sql`${JSON.stringify(did)}::jsonb` })
      .where('bulkId', '=', bulkId)
      .where('itemId', '=', itemId)
      .execute(),
  )
}
