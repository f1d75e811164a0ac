import { sql } from 'kysely'
import type { Ctx } from '#server/core/desk.ts'
import { Refusal } from '#server/core/refusal.ts'

const freeTries = 5
const shortestWait = 15
const longestWait = 15 * 60
const triesByAddress = 50
/** One of an address's failures is forgotten in this many seconds. */
const leak = 12
/** Stands for all accounts together, under which an address's failures are counted as well. */
const everyone = ''

/** One account as tried from one address: a stranger elsewhere counts apart, so nobody locks the owner out. */
export interface Attempt {
  readonly email: string
  readonly address: string
  readonly count: number
}

/** Refuses a try that comes too early. Tries of the same account from the same address wait for one another here. */
export async function beginAttempt(ctx: Ctx, email: string, address: string): Promise<Attempt> {
  const lately = await ctx.db
    .selectFrom('failedSignIn')
    .select(['count', 'lastAt'])
    .where('email', '=', everyone)
    .where('address', '=', address)
    .executeTakeFirst()
  if (lately && leaked(lately, ctx.now) >= triesByAddress) throw tooMany(leak)

  const { count, lastAt } = await ctx.db
    .insertInto('failedSignIn')
    .values({ email, address, count: 0, lastAt: ctx.now })
    .onConflict((there) =>
      there.columns(['email', 'address']).doUpdateSet((eb) => ({ email: eb.ref('excluded.email') })),
    )
    .returning(['count', 'lastAt'])
    .executeTakeFirstOrThrow()
  const wait = waitAfter(count) - (Date.parse(ctx.now) - Date.parse(lastAt)) / 1000
  if (wait > 0) throw tooMany(Math.ceil(wait))
  return { email, address, count }
}

/** Counts the failure for good, though the request itself is refused and undone. */
export async function failAttempt(ctx: Ctx, { email, address, count }: Attempt, refusal: Refusal): Promise<never> {
  await ctx.db
    .updateTable('failedSignIn')
    .set({ count: count + 1, lastAt: ctx.now })
    .where('email', '=', email)
    .where('address', '=', address)
    .execute()
  await ctx.db
    .insertInto('failedSignIn')
    .values({ email: everyone, address, count: 1, lastAt: ctx.now })
    .onConflict((there) =>
      there.columns(['email', 'address']).doUpdateSet({
        count: sql`greatest(0, failed_sign_in.count
          - floor(extract(epoch from ${ctx.now}::timestamptz - failed_sign_in.last_at) / ${leak})::integer) + 1`,
        lastAt: ctx.now,
      }),
    )
    .execute()
  await sql.raw('commit').execute(ctx.db)
  throw refusal
}

export function passAttempt({ db }: Ctx, { email, address }: Attempt) {
  return db.deleteFrom('failedSignIn').where('email', '=', email).where('address', '=', address).execute()
}

function waitAfter(count: number) {
  return count < freeTries ? 0 : Math.min(longestWait, shortestWait * 2 ** (count - freeTries))
}

function leaked({ count, lastAt }: { count: number; lastAt: string }, now: string) {
  return count - Math.floor((Date.parse(now) - Date.parse(lastAt)) / 1000 / leak)
}

function tooMany(seconds: number) {
  return new Refusal('too_many', 'Too many failed attempts; wait a little and try again', { retryAfter: seconds })
}
