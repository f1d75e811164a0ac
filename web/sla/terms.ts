import { namesOf } from '#shared/access.ts'
import {
  clockKindNames,
  clockTargetNames,
  type ClockKind,
  type ClockTarget,
  type Terms,
  type Within,
} from '#shared/sla/terms.ts'
import { lengthWords } from '#web/sla/words.ts'

/** By when, in a few words. */
export function withinWords(within: Within) {
  if (within.by === 'time') return lengthWords(within.minutes * 60_000)
  if (within.by === 'field') return `the record’s ${within.field}`
  const day =
    within.days === 0 ? 'the same day' : within.days === 1 ? 'the next business day' : `business day ${within.days}`
  return `${day} at ${within.time}`
}

/** Reads a length of time as somebody types it: 4h, 1h 30m, 2d, 90 min, or plain minutes; null where it is none. */
export function readLength(text: string): number | null {
  const plain = /^\s*(\d+)\s*$/.exec(text)
  if (plain) return Number(plain[1])
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)\s*(d|h|m)[a-z]*/gi)]
  const rest = text.replaceAll(/(\d+(?:\.\d+)?)\s*(d|h|m)[a-z]*/gi, '').replaceAll(/[\s,]/g, '')
  if (parts.length === 0 || rest !== '') return null
  return Math.round(parts.reduce((sum, [, count, unit = 'm']) => sum + Number(count) * minutesIn(unit), 0))
}

const minutesIn = (unit: string) => ({ d: 1440, h: 60 })[unit.toLowerCase()] ?? 1

export const lengthText = (minutes: number) => lengthWords(minutes * 60_000)

function choicesOf<T extends string>(names: Readonly<Record<T, string>>): Choices<T> {
  return namesOf(names).map((value) => ({ value, label: names[value] }))
}

type Choices<T extends string> = readonly { readonly value: T; readonly label: string }[]

export const kindChoices: Choices<ClockKind> = choicesOf(clockKindNames)
export const targetChoices: Choices<ClockTarget> = choicesOf(clockTargetNames)

export const calendarChoices: Choices<Terms['calendarFrom']> = [
  { value: 'definition', label: 'The one named here' },
  { value: 'organisation', label: 'The organisation’s' },
  { value: 'team', label: 'The team’s' },
  { value: 'assignee', label: 'The assignee’s' },
  { value: 'requester', label: 'The requester’s' },
]

export const zoneChoices: Choices<Terms['zoneFrom']> = [
  { value: 'calendar', label: 'The calendar’s' },
  { value: 'definition', label: 'The one named here' },
  { value: 'requester', label: 'The requester’s' },
  { value: 'organisation', label: 'The organisation’s' },
  { value: 'team', label: 'The team’s' },
  { value: 'assignee', label: 'The assignee’s' },
  { value: 'desk', label: 'The desk’s' },
]

export const cancelChoices: Choices<Terms['cancelWhen']> = [
  { value: 'start-fails', label: 'When the start condition no longer holds' },
  { value: 'condition', label: 'When a condition of its own holds' },
  { value: 'never', label: 'Never' },
]
