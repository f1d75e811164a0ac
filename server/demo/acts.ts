import { happen, hold } from '#server/item/item.ts'
import {
  assignIncident,
  cancelIncident,
  changeIncident,
  closeIncident,
  holdIncident,
  overridePriority,
  reopenIncident,
  resolveIncident,
  startIncident,
} from '#shared/incident.ts'
import { setParent } from '#shared/family.ts'
import { addComment, addNote } from '#shared/item/conversation.ts'
import { setCustom, setTags } from '#shared/item/item.ts'
import { addLink, type LinkType } from '#shared/item/links.ts'
import { addTask, changeTask } from '#shared/item/tasks.ts'
import { watch } from '#shared/item/watchers.ts'
import type { Input } from '#shared/core/endpoint.ts'
import type { z } from 'zod'
import type { TeamName } from './organisations.ts'
import type { Act, Player } from './stage.ts'

export const comment =
  (body: string): Act =>
  ({ verb }, ctx, itemId) =>
    verb(ctx, addComment, { itemId, body })
export const note =
  (body: string): Act =>
  ({ verb }, ctx, itemId) =>
    verb(ctx, addNote, { itemId, body })

/** Goes to work; whoever takes over what is being worked on just goes on. */
export const start: Act = async ({ verb }, ctx, id) => {
  const { state } = await ctx.db.selectFrom('item').select('state').where('id', '=', id).executeTakeFirstOrThrow()
  if (state !== 'in_progress') await verb(ctx, startIncident, { id })
}

export const close: Act = ({ verb }, ctx, id) => verb(ctx, closeIncident, { id })

export const give =
  (team: TeamName, to: Player | null): Act =>
  ({ verb, cast }, ctx, id) =>
    verb(ctx, assignIncident, { id, teamId: cast.teamIds.get(team)!, assigneeId: to?.id ?? null })

export const wait =
  (reason: Input<typeof holdIncident>['reason'], said?: string): Act =>
  ({ verb }, ctx, id) =>
    verb(ctx, holdIncident, { id, reason, ...(said !== undefined && { comment: said }) })

export const resolve =
  (how: Omit<Input<typeof resolveIncident>, 'id'>): Act =>
  ({ verb }, ctx, id) =>
    verb(ctx, resolveIncident, { id, ...how })

export const reopen =
  (reason: string): Act =>
  ({ verb }, ctx, id) =>
    verb(ctx, reopenIncident, { id, reason })
export const cancel =
  (reason: string): Act =>
  ({ verb }, ctx, id) =>
    verb(ctx, cancelIncident, { id, reason })

export const change =
  (set: Omit<Input<typeof changeIncident>, 'id'>): Act =>
  ({ verb }, ctx, id) =>
    verb(ctx, changeIncident, { id, ...set })

export const prioritise =
  (priority: number, reason: string): Act =>
  ({ verb }, ctx, id) =>
    verb(ctx, overridePriority, { id, priority, reason })

export const childOf =
  (key: string): Act =>
  ({ verb, ids }, ctx, id) =>
    verb(ctx, setParent, { id, parent: ids.get(key)! })

export const link =
  (type: z.infer<typeof LinkType>, key: string): Act =>
  ({ verb, ids }, ctx, itemId) =>
    verb(ctx, addLink, { itemId, type, to: ids.get(key)! })

export const watchedBy =
  (person: Player): Act =>
  ({ verb }, ctx, itemId) =>
    verb(ctx, watch, { itemId, personId: person.id })

export const fill =
  (values: Record<string, unknown>): Act =>
  ({ verb }, ctx, itemId) =>
    verb(ctx, setCustom, { itemId, values })

export const tag =
  (name: string): Act =>
  async ({ verb }, ctx, itemId) => {
    const { tags } = await ctx.db.selectFrom('item').select('tags').where('id', '=', itemId).executeTakeFirstOrThrow()
    return verb(ctx, setTags, { itemId, tags: [...tags, name] })
  }

export const plan =
  (title: string, mandatory: boolean, to: Player): Act =>
  ({ verb }, ctx, itemId) =>
    verb(ctx, addTask, { itemId, title, mandatory, assigneeId: to.id })

export const tickOff: Act = async ({ verb }, ctx, itemId) => {
  const open = await ctx.db
    .selectFrom('task')
    .select('id')
    .where('itemId', '=', itemId)
    .where('doneAt', 'is', null)
    .orderBy('position')
    .execute()
  for (const { id } of open) await verb(ctx, changeTask, { itemId, id, done: true })
}

/** What the desk's nightly look does to what has stayed resolved, at the hour at which it did. */
export const closeUnasked: Act = async (_, ctx, id) => {
  const held = await hold(ctx, id, 'incident')
  const set = { state: 'closed', closedAt: ctx.now }
  if (held.fields.state === 'resolved')
    await happen(ctx, held, { name: 'incident.closed', data: { automatic: true }, set })
}
