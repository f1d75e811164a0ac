import { bySystem, type Args, type Ctx } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { conflict } from '#server/core/refusal.ts'
import { happen, hold, type Held } from '#server/item/item.ts'
import type * as api from '#shared/incident.ts'
import { requireOwn } from './moves.ts'
import { report } from './open.ts'
import { leave } from './read.ts'

/** Reopens a resolved incident; where the time for that is over, opens a new one that follows it. */
export async function reopenIncident(ctx: Ctx, { id, reason }: Args<typeof api.reopenIncident>) {
  const held = await hold(ctx, id, 'incident')
  requireOwn(ctx, held)
  const { state, resolvedAt } = held.fields
  if (state !== 'resolved' && state !== 'closed') throw conflict(`${held.number} is not resolved`)
  const { reopenDays } = await ctx.db.selectFrom('setting').select('reopenDays').executeTakeFirstOrThrow()
  const lastDay = Date.parse(resolvedAt ?? ctx.now) + reopenDays * 86_400_000
  const over = state === 'closed' || Date.parse(ctx.now) > lastDay
  if (over && ctx.actor.only !== undefined)
    throw conflict(`${held.number} can no longer be reopened by this link. Sign in, and report it anew`)
  if (over) return leave(ctx, await follow(ctx, held, reason))
  return leave(ctx, await reopen(ctx, held, reason))
}

export function reopen(ctx: Ctx, held: Held<'incident'>, reason: string) {
  return happen(ctx, held, {
    name: 'incident.reopened',
    data: { reason },
    set: {
      state: 'in_progress',
      reopenCount: held.fields.reopenCount + 1,
      resolutionCode: null,
      closeCategory: null,
      resolutionNotes: null,
      resolvedAt: null,
      resolvedById: null,
    },
  })
}

async function follow(ctx: Ctx, before: Held<'incident'>, reason: string) {
  const { fields, number } = before
  const staff = ctx.actor.audience !== 'requester'
  const next = await report(ctx, {
    title: fields.title,
    description: `${reason}\n\nThis follows ${number}.`,
    tags: [],
    custom: {},
    impact: fields.impact,
    urgency: fields.urgency,
    serviceId: fields.serviceId,
    category: fields.category,
    configurationItem: fields.configurationItem,
    confidential: fields.confidential,
    ...(staff && {
      requesterId: fields.requesterId,
      teamId: fields.teamId,
    }),
  })
  const link = { id: newId(), type: 'follows', fromId: next.id, toId: before.id } as const
  await bySystem(ctx, ({ db }) => db.insertInto('link').values(link).execute())
  await happen(ctx, before, { name: 'incident.followed', data: { byId: next.id } })
  return next
}
