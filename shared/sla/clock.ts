import { z } from 'zod'
import { Id, Time } from '#shared/core/values.ts'
import { ClockKind, ClockTarget } from '#shared/sla/terms.ts'

export const Holder = z.object({
  kind: z.enum(['person', 'team', 'requester', 'vendor', 'nobody']),
  id: Id.nullable(),
  name: z.string(),
})
export type Holder = z.infer<typeof Holder>

export const Ms = z.int().meta({ description: 'Milliseconds' })

export const Segment = z.object({
  from: Time,
  to: Time,
  state: z.enum(['running', 'paused']),
  businessMs: Ms,
  holder: Holder,
  calendar: z.string(),
  zone: z.string(),
})
export type Segment = z.infer<typeof Segment>

export const Step = z.object({
  at: Time,
  seq: z.int().meta({ description: 'The event of the history that it follows from' }),
  event: z.string(),
  did: z.enum(['attached', 'paused', 'resumed', 'stopped', 'cancelled', 'reset', 'warned', 'breached']),
  because: z.string(),
})
export type Step = z.infer<typeof Step>

export const Share = z.object({ holder: Holder, businessMs: Ms, elapsedMs: Ms, pausedMs: Ms })
export type Share = z.infer<typeof Share>

export const ClockState = z.enum(['running', 'paused', 'stopped', 'cancelled'])
export type ClockState = z.infer<typeof ClockState>

export const Clock = z
  .object({
    definitionId: Id,
    name: z.string(),
    kind: ClockKind,
    target: ClockTarget,
    version: z.int(),
    state: ClockState,
    attachedAt: Time,
    startedAt: Time,
    stoppedAt: Time.nullable(),
    cancelledAt: Time.nullable(),
    pausedSince: Time.nullable(),
    breachedAt: Time.nullable(),
    dueAt: Time.nullable().meta({ description: 'When it is due if it runs on; while paused, if it went on now' }),
    originalDueAt: Time.nullable().meta({ description: 'When it was due before any pause' }),
    targetMs: Ms.nullable(),
    businessMs: Ms.meta({ description: 'What has run of it, in its calendar' }),
    elapsedMs: Ms.meta({ description: 'What has run of it, around the clock' }),
    pausedMs: Ms.meta({ description: 'How long it was paused, around the clock' }),
    warnAt: z.array(z.int()),
    sentence: z.string(),
    segments: z.array(Segment),
    steps: z.array(Step),
    breakdown: z.array(Share),
  })
  .meta({ id: 'Clock' })
export type Clock = z.infer<typeof Clock>
