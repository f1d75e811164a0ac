import type { Tx } from './db.ts'

/** What each transaction has sent out and does not wait for. */
const underway = new WeakMap<Tx, Promise<unknown>[]>()

/**
 * Does not wait for what is being written. Statements are carried out in their order, so whatever is asked from now on
 * finds it done; the transaction commits only when all of it has been, and fails as the first of it fails.
 */
export function meanwhile(db: Tx, written: Promise<unknown>) {
  written.catch(() => {})
  const before = underway.get(db)
  if (before) before.push(written)
  else underway.set(db, [written])
}

/** Waits for what is underway in a transaction. @throws what the first of it failed with */
export async function arrived(db: Tx) {
  const all = underway.get(db)
  underway.delete(db)
  for (const written of all ?? []) await written
}
