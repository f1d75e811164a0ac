import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { text } from '#shared/core/message.ts'
import { Level, Priority } from '#shared/incident.ts'

/** What one impact and one urgency make together. */
export const Cell = z.object({ impact: Level, urgency: Level, priority: Priority })

export const getPriorityMatrix = endpoint({
  method: 'GET',
  path: '/priority-matrix',
  may: 'signed-in',
  summary: 'Get the priority of each impact and urgency',
  input: z.object({}),
  output: z.array(Cell),
})

export const setPriorityMatrix = endpoint({
  method: 'PUT',
  path: '/priority-matrix',
  may: 'rule.manage',
  summary: 'Set the priority of each impact and urgency; open incidents keep theirs',
  input: z.object({ cells: z.array(Cell).length(9, text('Give all nine')) }),
  output: z.array(Cell),
})
