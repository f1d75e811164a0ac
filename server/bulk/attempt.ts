import { sql } from 'kysely'
import { namesOf } from '#shared/access.ts'
import { events } from '#shared/events.ts'
import type { Ctx } from '#server/core/desk.ts'
import { arrived } from '#server/core/meanwhile.ts'
import { within, type Happening } from '#server/core/reactions.ts'
import { Refusal, refusalFor, wrongTransaction } from '#server/core/refusal.ts'

export interface Outcome {
  /** All that happened, to the record itself and to those that followed it. */
  readonly happened: readonly Happening[]
  readonly refused: Refusal | null
  /** A fault of ours. */
  readonly broke: Error | null
}

type Act = (ctx: Ctx) => Promise<unknown>

/** Does something that may be refused: then nothing of it happened, and the transaction goes on. */
export const attempt = (ctx: Ctx, act: Act) => tried(ctx, act, keep)

/** Does it only to see what it comes to: nothing of it stays. */
export const rehearse = (ctx: Ctx, act: Act) => tried(ctx, act, undo)

async function tried(ctx: Ctx, act: Act, end: (ctx: Ctx) => Promise<void>): Promise<Outcome> {
  const happened: Happening[] = []
  await sql`savepoint attempt`.execute(ctx.db)
  try {
    await act(hearing(ctx, happened))
    await arrived(ctx.db)
  } catch (error) {
    return outcomeOf(ctx, await firstOf(ctx, error))
  }
  await end(ctx)
  return { happened, refused: null, broke: null }
}

/** What failed first: all after it is refused. */
const firstOf = ({ db }: Ctx, error: unknown) =>
  arrived(db).then(
    () => error,
    (first: unknown) => first,
  )

async function outcomeOf(ctx: Ctx, error: unknown): Promise<Outcome> {
  await undo(ctx)
  if (wrongTransaction(error)) throw error
  const refused = refusalFor(error)
  if (refused instanceof Refusal) return { happened: [], refused, broke: null }
  return {
    happened: [],
    refused: new Refusal('conflict', 'Something broke on our side'),
    broke: error instanceof Error ? error : null,
  }
}

async function keep({ db }: Ctx) {
  await sql`release savepoint attempt`.execute(db)
}

/** Whoever's eyes it broke off with, it goes on with those of the one who acts. */
async function undo(ctx: Ctx) {
  await sql`rollback to savepoint attempt`.execute(ctx.db)
  await keep(ctx)
  await sql`select set_config('role', ${`steward_${ctx.actor.audience}`}, true)`.execute(ctx.db)
}

function hearing(ctx: Ctx, happened: Happening[]): Ctx {
  const names = namesOf(events)
  const hear = within(names, async (_, happening) => void happened.push(happening))
  const reactions = new Map(names.map((name) => [name, [hear, ...(ctx.reactions.get(name) ?? [])]]))
  return { ...ctx, reactions }
}
