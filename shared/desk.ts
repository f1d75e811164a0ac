import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Done, Email, Name, Time } from '#shared/core/values.ts'
import { Password } from '#shared/session.ts'

export const getHealth = endpoint({
  method: 'GET',
  path: '/health',
  may: 'anyone',
  summary: 'Ask whether the desk works, and what is wrong if it does not',
  input: z.object({}),
  output: z.object({
    status: z.enum(['ok', 'degraded', 'down']),
    version: z.string(),
    wrong: z.array(z.string()).meta({ example: ['The disk is almost full: 0.9 GB left. The desk is read-only.'] }),
  }),
})

/** Whether the desk has been set up; the sign-in page asks. */
export const getSetUp = endpoint({
  method: 'GET',
  path: '/set-up',
  may: 'anyone',
  summary: 'Ask whether the desk has been set up',
  input: z.object({}),
  output: z.object({ done: z.boolean(), name: z.string() }),
})

export const setUp = endpoint({
  method: 'POST',
  path: '/set-up',
  may: 'anyone',
  summary: 'Set the desk up with the one-time link: its name, its first administrator, and how it starts',
  input: z.object({
    token: z.string().min(20).max(200),
    deskName: Name,
    organisation: Name,
    name: Name,
    email: Email,
    password: Password,
    start: z.enum(['empty', 'demo']),
  }),
  output: z.object({ outcome: z.literal('signed-in') }),
})

/** How far the demo organisation is, while it is being made. */
export const getDemo = endpoint({
  method: 'GET',
  path: '/demo',
  may: 'signed-in',
  summary: 'See how far the making of the demo organisation is',
  input: z.object({}),
  output: z.object({ state: z.enum(['none', 'working', 'ready', 'failed']), done: z.int(), total: z.int() }),
})

export const Change = z
  .object({
    id: z.int(),
    table: z.string(),
    row: z.string(),
    act: z.enum(['insert', 'update', 'delete']),
    before: z.unknown(),
    after: z.unknown(),
    by: z.string().nullable(),
    at: Time,
    undoable: z.boolean().meta({ description: 'Whether you can undo it, as far as nobody changed the same since' }),
  })
  .meta({ id: 'Change' })

export const listAudit = endpoint({
  method: 'GET',
  path: '/audit',
  may: 'audit.read',
  summary: 'List who changed which setting, newest first',
  input: z.object({
    table: z.string().max(60).optional(),
    row: z.string().max(60).optional(),
    before: z.coerce.number().int().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.array(Change),
})

export const undoChange = endpoint({
  method: 'POST',
  path: '/audit/:id/undo',
  may: 'audit.read',
  summary: 'Take a change of a setting back, as whoever may make it',
  input: z.object({ id: z.coerce.number().int() }),
  output: z.object({ by: z.int().meta({ description: 'The change that took it back, which can be undone likewise' }) }),
})

export const renameDesk = endpoint({
  method: 'PUT',
  path: '/desk',
  may: 'desk.manage',
  summary: 'Change the desk’s name and how long resolved incidents can be reopened or stay open',
  input: z.object({
    name: Name,
    reopenDays: z.int().min(0).max(365),
    autoCloseDays: z.int().min(1).max(365),
    bounceLimit: z.int().min(1).max(50),
  }),
  output: Done,
})

export const getDesk = endpoint({
  method: 'GET',
  path: '/desk',
  may: 'desk.manage',
  summary: 'Get the desk’s settings and how it is',
  input: z.object({}),
  output: z.object({
    name: z.string(),
    reopenDays: z.int(),
    autoCloseDays: z.int(),
    bounceLimit: z.int(),
    database: z.string(),
    disk: z.object({ free: z.number(), total: z.number(), state: z.enum(['ok', 'low', 'readonly']) }).nullable(),
    jobs: z.object({ waiting: z.int(), failing: z.int() }),
    lastSealAt: Time.nullable(),
  }),
})
