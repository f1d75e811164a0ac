import { sql } from 'kysely'
import type { z } from 'zod'
import type { Ctx, Job } from './desk.ts'

export function job<I extends z.ZodType>(spec: Job<I>): Job<I> {
  return spec
}

/** Queues a job inside the caller's transaction: if that rolls back, the job was never there. */
export async function enqueue<I extends z.ZodType>(
  ctx: Ctx,
  { name }: Job<I>,
  input: z.input<I>,
  { at = null, key = null }: { at?: string | null; key?: string | null } = {},
) {
  await sql`select app.enqueue(${name}, ${JSON.stringify(input)}, coalesce(${at}::timestamptz, now()), ${key})`.execute(
    ctx.db,
  )
}
