import type { Tx } from '#server/core/db.ts'
import { notFound } from '#server/core/refusal.ts'

const mostTold = 100_000

/** The rows of an import that were not taken, as a table: where, why, and what stood there. */
export async function rejectedOf(db: Tx, id: string) {
  const run = await db.selectFrom('importRun').select('sample').where('id', '=', id).executeTakeFirst()
  if (!run) throw notFound('import')
  const rejected = await db
    .selectFrom('importRejected')
    .select(['line', 'reason', 'cells'])
    .where('runId', '=', id)
    .orderBy('line')
    .limit(mostTold)
    .execute()
  const head = run.sample && 'head' in run.sample && Array.isArray(run.sample.head) ? run.sample.head.map(String) : []
  const lines = rejected.map(({ line, reason, cells }) => [line, reason, ...(cells ?? [])])
  return rowsOf([['Line', 'Why it was not taken', ...head], ...lines])
}

async function* rowsOf<T>(rows: readonly T[]) {
  yield* rows
}
