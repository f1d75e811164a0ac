import { sql } from 'kysely'
import type { Ctx } from '#server/core/desk.ts'
import { countAll, type Life } from './count.ts'
import { planOf, type Plan } from './plan.ts'
import { isOpen, type ClockRow } from './rows.ts'
import type { Setup } from './setup.ts'

export const revisionsIn = (rows: readonly ClockRow[]) => rows.map(({ revision }) => revision)

export function clockRows({ db }: Ctx, itemIds: readonly string[]): Promise<ClockRow[]> {
  return db
    .selectFrom('clock')
    .selectAll()
    .where('itemId', '=', sql<string>`any(${itemIds}::uuid[])`)
    .execute()
}

interface How {
  readonly asOf: string
  /** Until when what passed is told to nobody; null tells of all that passes from now on. */
  readonly quiet: string | null
}

export function planFor(setup: Setup, life: Life, rows: readonly ClockRow[], { asOf, quiet }: How): Plan {
  const counted = countAll(setup, life, Date.parse(asOf), rows)
  return planOf(life, rows, counted, { quiet, knownAt: new Date().toISOString(), anew: false })
}

/** Writes what is to be written of some items' clocks, and when those items are due. */
export async function apply(ctx: Ctx, plans: readonly Plan[], { due = true }: { due?: boolean } = {}) {
  const { db } = ctx
  const all = (of: (plan: Plan) => readonly ClockRow[]) => plans.flatMap(of)
  const gone = plans.flatMap(({ remove }) => remove)
  const past = plans.flatMap((plan) => plan.past)
  const statements: Promise<unknown>[] = []
  if (past.length > 0) statements.push(db.insertInto('clockPast').values(past).execute())
  if (gone.length > 0) statements.push(db.deleteFrom('clock').where('id', 'in', gone).execute())
  for (const rows of chunks(all(({ insert }) => insert))) statements.push(db.insertInto('clock').values(rows).execute())
  for (const { id, ...row } of all(({ update }) => update))
    statements.push(db.updateTable('clock').set(row).where('id', '=', id).execute())
  if (due) statements.push(...plans.flatMap((plan) => keepDue(ctx, plan)))
  await Promise.all(statements)
}

/** Statements take so many values and no more. */
function chunks<T>(rows: readonly T[], size = 500): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, at) => rows.slice(at * size, (at + 1) * size))
}

/** The soonest of the clocks that run. */
function keepDue({ db }: Ctx, { itemId, changed, now }: Plan): Promise<unknown>[] {
  if (!changed) return []
  const running = now.filter((row) => isOpen(row) && !row.paused).flatMap(({ dueAt }) => dueAt ?? [])
  const dueAt = running.toSorted()[0] ?? null
  return [
    db
      .updateTable('item')
      .set({ dueAt })
      .where('id', '=', itemId)
      .where(sql<boolean>`due_at is distinct from ${dueAt}::timestamptz`)
      .execute(),
  ]
}
