import { sql } from 'kysely'
import type { Args, Ctx, Desk } from '#server/core/desk.ts'
import type * as api from '#shared/item/bulk.ts'
import { rehearse, type Outcome } from './attempt.ts'
import { doableNamed, type Doables } from './doable.ts'
import { grouped, reasonOf } from './reasons.ts'
import { chosen, countOf, requireSome } from './targets.ts'

const mostLooked = 500
const patience = 4000

/** Tries a change on each record, with all that would follow, and lets none of it stay. */
export async function previewBulk(ctx: Ctx, desk: Desk, doables: Doables, wanted: Args<typeof api.previewBulk>) {
  const { verb, input, ...targets } = wanted
  const doable = doableNamed(doables, verb)
  doable.check(input)
  const total = await countOf(ctx, targets)
  requireSome(total.value, targets)
  const { rows } = await sql<{ id: string; number: string }>`
    select item.id, item.number from item where id in (${await chosen(ctx, targets)})
    order by item.id desc limit ${mostLooked}`.execute(ctx.db)
  const tally = { changed: 0, same: 0, refused: 0 }
  const refusals: { reason: string; number: string }[] = []
  const until = performance.now() + patience
  let looked = 0
  for (const { id, number } of rows) {
    if (performance.now() > until) break
    const outcome = await rehearse(ctx, (own) => doable.take(own, desk, id, input))
    looked += 1
    tally[stateOf(outcome)] += 1
    if (outcome.refused) refusals.push({ reason: reasonOf(outcome.refused, number), number })
  }
  return { total, looked, ...tally, reasons: grouped(refusals) }
}

/** What an attempt came to, for the record that it was made on. */
export function stateOf({ happened, refused }: Outcome) {
  if (refused) return 'refused'
  return happened.length > 0 ? 'changed' : 'same'
}
