import { sql } from 'kysely'
import type { Args, Ctx } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { invalid, notFound } from '#server/core/refusal.ts'
import type { EventData } from '#shared/events.ts'
import type * as api from '#shared/item/tasks.ts'
import { happen, type Held } from './happen.ts'
import { holdItem, requireItem } from './hold.ts'
import { personRef } from '#server/people/people.ts'

export async function listTasks(ctx: Ctx, { itemId }: Args<typeof api.listTasks>) {
  await requireItem(ctx, itemId)
  return tasks(ctx, itemId).execute()
}

/** The steps without which an item cannot be resolved. */
export function openMandatoryTasks(ctx: Ctx, itemId: string) {
  return tasks(ctx, itemId).where('mandatory', '=', true).where('doneAt', 'is', null).execute()
}

export async function addTask(ctx: Ctx, { itemId, ...wanted }: Args<typeof api.addTask>) {
  const held = await holdItem(ctx, itemId)
  await requireStaff(ctx, wanted.assigneeId)
  const { title, mandatory, assigneeId = null, dueAt = null } = wanted
  const last = (await tasks(ctx, itemId).execute()).at(-1)
  const position = (last?.position ?? -1) + 1
  const id = newId()
  await ctx.db.insertInto('task').values({ id, itemId, title, mandatory, assigneeId, dueAt, position }).execute()
  await tell(ctx, held, { taskId: id, title, did: 'added' })
  return taskOf(ctx, itemId, id)
}

export async function changeTask(ctx: Ctx, { itemId, id, done, position, ...about }: Args<typeof api.changeTask>) {
  const held = await holdItem(ctx, itemId)
  const before = await taskOf(ctx, itemId, id)
  await requireStaff(ctx, about.assigneeId)
  const wasDone = before.doneAt !== null
  const ticked = done !== undefined && done !== wasDone
  const set = {
    ...Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined)),
    ...(ticked && { doneAt: done ? ctx.now : null }),
  }
  if (Object.keys(set).length > 0)
    await ctx.db.updateTable('task').set(set).where('id', '=', id).where('itemId', '=', itemId).execute()
  if (position !== undefined) await move(ctx, itemId, id, position)

  const after = await taskOf(ctx, itemId, id)
  if (JSON.stringify(after) === JSON.stringify(before)) return after
  const tick = done ? 'done' : 'undone'
  await tell(ctx, held, { taskId: id, title: after.title, did: ticked ? tick : 'changed' })
  return after
}

export async function removeTask(ctx: Ctx, { itemId, id }: Args<typeof api.removeTask>) {
  const held = await holdItem(ctx, itemId)
  const { title } = await taskOf(ctx, itemId, id)
  await ctx.db.deleteFrom('task').where('id', '=', id).where('itemId', '=', itemId).execute()
  await tell(ctx, held, { taskId: id, title, did: 'removed' })
  return { done: true } as const
}

/** Steps are for the staff: requesters are told of none of them. */
const tell = (ctx: Ctx, held: Held, data: EventData<'item.task-changed'>) =>
  happen(ctx, held, { name: 'item.task-changed', data, internal: true })

/** Puts a step at a place among the others and counts them anew, so that no two share a place. */
async function move(ctx: Ctx, itemId: string, id: string, position: number) {
  const others = (await tasks(ctx, itemId).execute()).filter((task) => task.id !== id).map((task) => task.id)
  const order = others.toSpliced(position, 0, id)
  await ctx.db
    .updateTable('task')
    .set({ position: sql<number>`array_position(${order}::uuid[], id) - 1` })
    .where('itemId', '=', itemId)
    .execute()
}

async function requireStaff({ db }: Ctx, personId: string | null | undefined) {
  if (!personId) return
  const person = await db
    .selectFrom('person')
    .select('id')
    .where('id', '=', personId)
    .where('audience', '=', 'staff')
    .where('active', '=', true)
    .executeTakeFirst()
  if (!person) throw invalid({ assigneeId: 'Nobody of the staff is that' })
}

async function taskOf(ctx: Ctx, itemId: string, id: string) {
  const task = await tasks(ctx, itemId).where('id', '=', id).executeTakeFirst()
  if (!task) throw notFound('step')
  return task
}

const tasks = ({ db }: Ctx, itemId: string) =>
  db
    .selectFrom('task')
    .select(['id', 'title', 'mandatory', 'dueAt', 'doneAt', 'position'])
    .select(personRef('task.assignee_id').as('assignee'))
    .where('itemId', '=', itemId)
    .orderBy('position')
    .orderBy('id')
