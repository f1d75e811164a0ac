import { z } from 'zod'
import { Id, Time } from '#shared/core/values.ts'
import { HoldReason, ResolutionCode } from '#shared/incident.ts'
import { LinkType } from '#shared/item/links.ts'

const none = z.object({})

/** Everything that can happen, and what is said of it: the history, the rules and the reactions all read this. */
export const events = {
  'item.changed': none,
  'item.tagged': none,
  'item.undone': none,
  'item.restricted': none,
  'item.commented': z.object({ commentId: Id }),
  'item.noted': z.object({ noteId: Id }),
  'item.attached': z.object({ attachmentId: Id, name: z.string(), sha256: z.string(), internal: z.boolean() }),
  'item.detached': z.object({ attachmentId: Id, name: z.string(), internal: z.boolean() }),
  'item.linked': z.object({ linkId: Id, type: LinkType, otherId: Id }),
  'item.unlinked': z.object({ linkId: Id, type: LinkType, otherId: Id }),
  'item.watched': z.object({ personId: Id }),
  'item.unwatched': z.object({ personId: Id }),
  'item.task-changed': z.object({
    taskId: Id,
    title: z.string(),
    did: z.enum(['added', 'changed', 'done', 'undone', 'removed']),
  }),
  'guest.withdrawn': none,
  'survey.asked': z.object({ askId: Id, name: z.string() }),
  'survey.answered': z.object({ askId: Id, score: z.int(), before: z.int().optional() }),
  'sla.warned': z.object({ definitionId: Id, name: z.string(), percent: z.int(), dueAt: Time.nullable() }),
  'sla.breached': z.object({
    definitionId: Id,
    name: z.string(),
    dueAt: Time,
    late: z.boolean().meta({ description: 'The desk was down then, and says so only now' }),
  }),
  'incident.opened': none,
  'incident.changed': none,
  'incident.assigned': none,
  'incident.bounced': z.object({ count: z.int() }),
  'incident.started': none,
  'incident.held': z.object({ reason: HoldReason }),
  'incident.resumed': z.object({ because: z.enum(['caller-replied', 'parent', 'staff']) }),
  'incident.resolved': z.object({ code: ResolutionCode }),
  'incident.reopened': z.object({ reason: z.string() }),
  'incident.followed': z.object({ byId: Id }),
  'incident.closed': z.object({ automatic: z.boolean() }),
  'incident.cancelled': z.object({ reason: z.string() }),
  'incident.priority-set': z.object({ reason: z.string() }),
  'incident.parent-set': none,
  'incident.occurred': z.object({ signals: z.int(), at: Time }),
} as const

export type EventName = keyof typeof events
export type EventData<N extends EventName> = z.infer<(typeof events)[N]>
