import { z } from 'zod'
import { Zone } from '#shared/calendar.ts'
import { text } from '#shared/core/message.ts'
import { Id } from '#shared/core/values.ts'
import type { Fields } from '#shared/filter/fields.ts'

/** What was promised to a customer, among teams, or to us by a supplier. */
export const ClockKind = z.enum(['sla', 'ola', 'contract'])
export type ClockKind = z.infer<typeof ClockKind>
export const clockKindNames = {
  sla: text('Service level (SLA)'),
  ola: text('Between teams (OLA)'),
  contract: text('Supplier’s contract'),
} as const satisfies Record<ClockKind, string>

export const ClockTarget = z.enum(['response', 'resolution', 'other'])
export type ClockTarget = z.infer<typeof ClockTarget>
export const clockTargetNames = {
  response: text('Response'),
  resolution: text('Resolution'),
  other: text('Other'),
} as const satisfies Record<ClockTarget, string>

/** By when: after so much time, by a time of the day some business days on, or by a time that the record itself says. */
export const Within = z.discriminatedUnion('by', [
  z.object({ by: z.literal('time'), minutes: z.int().min(1).max(5_256_000) }),
  z.object({
    by: z.literal('business-day'),
    days: z.int().min(0).max(100).meta({ description: '0 is today where that is still to come, else the next' }),
    time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, text('Write a time such as 16:00')),
  }),
  z.object({ by: z.literal('field'), field: z.string().min(1).max(120) }),
])
export type Within = z.infer<typeof Within>

/** Whose calendar counts; where that is nobody, or they keep none, the definition's own, and then the desk's. */
export const CalendarFrom = z.enum(['definition', 'organisation', 'requester', 'team', 'assignee'])
/** Whose clocks are meant; where that is nobody, the desk's. */
export const ZoneFrom = z.enum(['calendar', 'definition', 'requester', 'organisation', 'team', 'assignee', 'desk'])
export const CancelWhen = z.enum(['start-fails', 'condition', 'never'])

const Condition = z.string().trim().max(2000)

/** What a version of a definition says. Each condition is a filter, read against the record as each event leaves it. */
export const Terms = z.object({
  within: Within,
  start: Condition.meta({ example: 'priority:1' }),
  pause: Condition.meta({ description: 'Empty: never', example: 'is:waiting' }),
  resume: Condition.meta({ description: 'Empty: when the pause condition no longer holds' }),
  stop: Condition.min(1, text('Say what it ends with')).meta({ example: 'is:done' }),
  reset: Condition.meta({ description: 'Empty: never; else a new clock begins each time it comes to hold' }),
  cancelWhen: CancelWhen,
  cancel: Condition.meta({ description: 'For a cancellation by condition' }),
  retroactive: z.boolean().meta({ description: 'A clock begins with the record rather than with its start condition' }),
  retroactivePause: z.boolean().meta({ description: 'What was waiting before counts as a pause' }),
  calendarFrom: CalendarFrom,
  calendarId: Id.nullable(),
  zoneFrom: ZoneFrom,
  zone: Zone.nullable(),
  warnAt: z.array(z.int().min(1).max(99)).max(5).meta({ description: 'Percent of the time' }),
  urgent: z.boolean().meta({ description: 'Tell at any hour; else in the hours of whoever is told' }),
})
export type Terms = z.infer<typeof Terms>

export const startingTerms: Terms = {
  within: { by: 'time', minutes: 240 },
  start: '',
  pause: 'is:waiting',
  resume: '',
  stop: 'is:done',
  reset: '',
  cancelWhen: 'start-fails',
  cancel: '',
  retroactive: true,
  retroactivePause: true,
  calendarFrom: 'definition',
  calendarId: null,
  zoneFrom: 'calendar',
  zone: null,
  warnAt: [50, 75],
  urgent: false,
}

/** What a filter can ask of a record beside its own fields, in the conditions of clocks. */
export const clockFields: Fields = { answered: { type: 'boolean', label: text('Answered by the staff') } }
