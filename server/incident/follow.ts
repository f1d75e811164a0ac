import { z } from 'zod'
import { as, bySystem, system } from '#server/core/desk.ts'
import { job } from '#server/core/jobs.ts'
import { within } from '#server/core/reactions.ts'
import { happen, hold } from '#server/item/item.ts'
import { close } from './moves.ts'

/** A caller who answers brings their incident back to work. */
export const callerReplied = within(['item.commented'], async (ctx, { itemId, kind }) => {
  if (kind !== 'incident' || ctx.actor.id === null) return
  const waiting = await ctx.db
    .selectFrom('incident')
    .innerJoin('item', 'item.id', 'incident.id')
    .select(['item.requesterId', 'incident.contactId'])
    .where('item.id', '=', itemId)
    .where('incident.holdReason', '=', 'caller')
    .executeTakeFirst()
  if (!waiting || (ctx.actor.id !== waiting.requesterId && ctx.actor.id !== waiting.contactId)) return
  await bySystem(ctx, async (own) => {
    const held = await hold(own, itemId, 'incident')
    await happen({ ...own, now: ctx.now }, held, {
      name: 'incident.resumed',
      data: { because: 'caller-replied' },
      set: { state: 'in_progress', holdReason: null },
    })
  })
})

/** Closes what has stayed resolved for the desk's number of days. A major incident is closed by a person only. */
export const closeResolved = job({
  name: 'incident.close-resolved',
  input: z.object({}),
  cron: '*/10 * * * *',
  async run(desk) {
    for (;;) {
      const closed = await as(desk, system, async (ctx) => {
        const { autoCloseDays } = await ctx.db.selectFrom('setting').select('autoCloseDays').executeTakeFirstOrThrow()
        const before = new Date(Date.parse(ctx.now) - autoCloseDays * 86_400_000).toISOString()
        const due = await ctx.db
          .selectFrom('incident')
          .select('id')
          .where('resolvedAt', '<=', before)
          .where('closedAt', 'is', null)
          .where('major', '=', false)
          .orderBy('id')
          .limit(100)
          .forUpdate()
          .skipLocked()
          .execute()
        for (const { id } of due) {
          const held = await hold(ctx, id, 'incident')
          if (held.fields.state === 'resolved') await close(ctx, held, { automatic: true })
        }
        return due.length
      })
      if (closed < 100) return
    }
  },
})
