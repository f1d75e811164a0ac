import type { Tx } from './db.ts'
import type { Ctx } from './desk.ts'

/** Who may do what and how the desk is set up, as of one epoch: from one change of any of it to the next. */
export interface SetUp {
  readonly epoch: number | null
}

/** Transactions that changed something of it, and what they know since: nobody else may see that yet. */
const changed = new WeakMap<Tx, SetUp>()

/** Lets a transaction that has changed something of the set-up read it anew. */
export const changesSetUp = ({ db }: Ctx) => void changed.set(db, { epoch: null })

/**
 * Reads something of the set-up once in an epoch, whoever asks: it must come out the same for everyone, and lie in tables
 * whose changes begin a new epoch.
 */
export function remembered<T>(read: (ctx: Ctx, of: string) => Promise<T>) {
  const all = new WeakMap<SetUp, Map<string, Promise<T>>>()
  return async (ctx: Ctx, of = ''): Promise<T> => {
    const setUp = changed.get(ctx.db) ?? ctx.setUp
    const kept = all.get(setUp) ?? new Map<string, Promise<T>>()
    all.set(setUp, kept)
    // Whoever began to read may have failed at it; that is no reason to fail with them.
    const there = await kept.get(of)?.catch(() => null)
    if (there) return there
    const reading = read(ctx, of)
    kept.set(of, reading)
    reading.catch(() => kept.delete(of))
    return reading
  }
}

/** What was taken for true has changed since. Nothing was written; asked again, it is read anew. */
export class Outdated extends Error {
  readonly epoch: number

  constructor(epoch: number) {
    super('What the desk knew of its set-up has changed since')
    this.epoch = epoch
  }
}
