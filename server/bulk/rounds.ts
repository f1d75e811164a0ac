import { z } from 'zod'
import { as, system } from '#server/core/desk.ts'
import { enqueue, job } from '#server/core/jobs.ts'
import { keyOf, type GoOn } from './carry.ts'

const silent = 60_000
const day = 86_400_000
const before = (now: string, by: number) => new Date(Date.parse(now) - by).toISOString()

/** Takes up what was left when a desk ended in the middle of it. */
export const takingUpLeft = (goOn: GoOn) =>
  job({
    name: 'bulk.take-up-left',
    input: z.object({}),
    cron: '* * * * *',
    run: (desk) =>
      as(desk, system, async (ctx) => {
        const left = await ctx.db
          .selectFrom('bulk')
          .select('id')
          .where('state', 'in', ['working', 'undoing'])
          .where('beatAt', '<', before(ctx.now, silent))
          .execute()
        for (const { id } of left) await enqueue(ctx, goOn, { id }, { key: keyOf(id) })
      }),
  })

/** Forgets what ended a day ago, with all that it kept to be taken back. */
export const forgetBulks = job({
  name: 'bulk.forget',
  input: z.object({}),
  cron: '57 2 * * *',
  run: (desk) =>
    as(desk, system, async ({ db, now }) => {
      await db.deleteFrom('bulk').where('endedAt', '<', before(now, day)).execute()
    }),
})
