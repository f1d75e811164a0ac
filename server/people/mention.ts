import type { Ctx } from '#server/core/desk.ts'
import { remembered } from '#server/core/set-up.ts'
import { refsOf } from './refs.ts'

/** What staff are shown of people, teams, organisations and services, by their ids. */
const known = remembered(async () => new Map<string, object>())
const mostKnown = 20_000

/**
 * Puts what is shown of them in the place of the ids that some fields of rows hold. For staff alone: they may see whatever
 * a record mentions, so it is read once and then known.
 */
export async function mention(ctx: Ctx, rows: readonly Record<string, unknown>[], fields: readonly string[]) {
  const places = rows.flatMap((row) =>
    fields.flatMap((field) => (typeof row[field] === 'string' ? [{ row, field, id: row[field] }] : [])),
  )
  const shown = await shownOf(ctx, new Set(places.map(({ id }) => id)))
  for (const { row, field, id } of places) row[field] = shown.get(id) ?? null
}

async function shownOf(ctx: Ctx, ids: ReadonlySet<string>): Promise<ReadonlyMap<string, object>> {
  const kept = await known(ctx)
  const shown = new Map<string, object>()
  for (const id of ids) {
    const is = kept.get(id)
    if (is) shown.set(id, is)
  }
  if (shown.size === ids.size) return shown
  const { rows } = await refsOf([...ids].filter((id) => !shown.has(id))).execute(ctx.db)
  if (kept.size + rows.length > mostKnown) kept.clear()
  for (const { id, shown: is } of rows) {
    kept.set(id, is)
    shown.set(id, is)
  }
  return shown
}
