import { z } from 'zod'
import { as, system } from '#server/core/desk.ts'
import { job } from '#server/core/jobs.ts'

const day = 86_400_000

/** Forgets what can let nobody in any more: old sessions, old links, and failures long past. */
export const tidySessions = job({
  name: 'session.tidy',
  input: z.object({}),
  cron: '17 * * * *',
  async run(desk) {
    await as(desk, system, async ({ db, now }) => {
      const ago = (days: number) => new Date(Date.parse(now) - days * day).toISOString()
      await db
        .deleteFrom('session')
        .where((eb) => eb.or([eb('expiresAt', '<', now), eb('lastSeenAt', '<', ago(8))]))
        .execute()
      await db.deleteFrom('oneTimeLink').where('expiresAt', '<', ago(7)).execute()
      await db.deleteFrom('failedSignIn').where('lastAt', '<', ago(1)).execute()
    })
  },
})
