import { sql } from 'kysely'
import type { Ctx } from '#server/core/desk.ts'

const ours = /^INC(\d{7})$/
/** Above this our own numbers would come near their last one. */
const highest = 8_999_999
const elsewheres = /^[A-Z][A-Z0-9]{0,9}-\d{1,9}$/

/**
 * The number of each new record: the one it had, where that is free and can never be given to another record; else a new
 * one of ours. Our own numbers go on after the highest that was kept.
 */
export async function numbersFor({ db }: Ctx, keys: readonly string[]) {
  const kept = keys.filter((key) => elsewheres.test(key) || Number(ours.exec(key)?.[1] ?? Infinity) <= highest)
  const last = Math.max(0, ...kept.map((key) => Number(ours.exec(key)?.[1] ?? 0)))
  if (last > 0) await sql`select app.keep_numbers('INC', ${last})`.execute(db)
  const { rows } = await sql<{ number: string }>`
    select number from item where number = any(${kept}::text[])`.execute(db)
  const taken = new Set(rows.map(({ number }) => number))
  const free = new Set(kept.filter((key) => !taken.has(key)))
  const others = keys.filter((key) => !free.has(key))
  const drawn = await sql<{ number: string }>`
    select app.next_number('INC') as number from generate_series(1, ${others.length})`.execute(db)
  return new Map([
    ...[...free].map((key) => [key, key] as const),
    ...others.map((key, at) => [key, drawn.rows[at]!.number] as const),
  ])
}
