import { sql } from 'kysely'
import type { Ctx } from '#server/core/desk.ts'
import { undoMinutes, type Bulk } from '#shared/item/bulk.ts'

type Row = Pick<Bulk, 'id' | 'kind' | 'label' | 'state' | 'createdAt' | 'endedAt'>

/** A change of many as its owner is told of it: how many of its records came to what, and why. */
export async function told(ctx: Ctx, row: Row): Promise<Bulk> {
  const counted = await ctx.db
    .selectFrom('bulkRecord')
    .select((eb) => ['state', eb.cast<number>(eb.fn.countAll(), 'integer').as('count')])
    .where('bulkId', '=', row.id)
    .groupBy('state')
    .execute()
  const count = (state: (typeof counted)[number]['state']) => counted.find((one) => one.state === state)?.count ?? 0
  const [changed, refused, kept] = [count('changed'), count('refused'), count('kept')]
  return {
    ...row,
    total: counted.reduce((sum, one) => sum + one.count, 0),
    waiting: count('waiting'),
    changed,
    same: count('same'),
    refused,
    undone: count('undone'),
    kept,
    reasons: refused + kept > 0 ? await reasonsFor(ctx, row) : [],
    undoUntil: row.endedAt !== null && row.state !== 'undone' && changed > 0 ? undoUntil(row.endedAt) : null,
  }
}

/** The end of the time to take back what ended then; with -1, when that must have ended whose time is over now. */
export const undoUntil = (at: string, sign: 1 | -1 = 1) =>
  new Date(Date.parse(at) + sign * undoMinutes * 60_000).toISOString()

async function reasonsFor({ db }: Ctx, { id, state }: Row) {
  const of = state === 'undone' || state === 'undoing' ? 'kept' : 'refused'
  const { rows } = await sql<{ reason: string; count: number; numbers: string[] }>`
    select reason, count(*)::integer as count,
      array(select number from item where item.id = any((array_agg(item_id order by item_id))[1:5]) order by number)
        as numbers
    from bulk_record where bulk_id = ${id} and state = ${of} and reason is not null
    group by reason order by count desc, reason limit 10`.execute(db)
  return rows
}
