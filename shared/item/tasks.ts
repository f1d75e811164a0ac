import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Done, Id, PersonRef, Time, Title } from '#shared/core/values.ts'

/** A step of the work on an item. An item with an open mandatory step cannot be resolved. */
export const Task = z
  .object({
    id: Id,
    title: z.string(),
    mandatory: z.boolean(),
    assignee: PersonRef.nullable(),
    dueAt: Time.nullable(),
    doneAt: Time.nullable(),
    position: z.int(),
  })
  .meta({ id: 'Task' })

export const listTasks = endpoint({
  method: 'GET',
  path: '/items/:itemId/tasks',
  may: 'item.note',
  summary: 'List the steps of an item, in order',
  input: z.object({ itemId: Id }),
  output: z.array(Task),
})

export const addTask = endpoint({
  method: 'POST',
  path: '/items/:itemId/tasks',
  may: 'item.work',
  summary: 'Add a step to an item',
  input: z.object({
    itemId: Id,
    title: Title,
    mandatory: z.boolean().default(false),
    assigneeId: Id.nullish(),
    dueAt: Time.nullish(),
  }),
  output: Task,
})

export const changeTask = endpoint({
  method: 'PATCH',
  path: '/items/:itemId/tasks/:id',
  may: 'item.work',
  summary: 'Change a step, tick it off, or move it',
  input: z.object({
    itemId: Id,
    id: Id,
    title: Title.optional(),
    mandatory: z.boolean().optional(),
    assigneeId: Id.nullish(),
    dueAt: Time.nullish(),
    done: z.boolean().optional(),
    position: z.int().min(0).max(1000).optional(),
  }),
  output: Task,
})

export const removeTask = endpoint({
  method: 'DELETE',
  path: '/items/:itemId/tasks/:id',
  may: 'item.work',
  summary: 'Take a step away',
  input: z.object({ itemId: Id, id: Id }),
  output: Done,
})
