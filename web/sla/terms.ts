import { namesOf } from '#shared/access.ts'
import {
  clockKindNames,
  clockTargetNames,
  type ClockKind,
  type ClockTarget,
  type Terms,
  type Within,
} from '#shared/sla/terms.ts'
import { t } from '#web/core/words.ts'
import { lengthWords, partsOf } from '#web/sla/words.ts'

/** By when, in a few words. */
export function withinWords(within: Within) {
  if (within.by === 'time') return lengthWords(within.minutes * 60_000)
  if (within.by === 'field') return t('the record’s {field}', { field: within.field })
  return t(
    '{days, plural, =0 {the same day at {time}} =1 {the next business day at {time}} other {business day # at {time}}}',
    {
      days: within.days,
      time: within.time,
    },
  )
}

/** What is promised to whom, and of what. */
export const sortWords = (kind: ClockKind, target: ClockTarget) =>
  t('{kind}, {target}', {
    kind: t(clockKindNames[kind]),
    target: targets[target],
  })

const targets: Readonly<Record<ClockTarget, string>> = {
  response: t('response'),
  resolution: t('resolution'),
  other: t('other'),
}

const lengths = /(\d+(?:[.,]\d+)?)\s*(d|t|h|std|stunde|m)[a-z]*\.?/gi

/** Reads a length of time as somebody types it: 4h, 1h 30m, 2d, 1,5 Stunden, or plain minutes; null where it is none. */
export function readLength(text: string): number | null {
  const plain = /^\s*(\d+)\s*$/.exec(text)
  if (plain) return Number(plain[1])
  const parts = [...text.matchAll(lengths)]
  const rest = text.replaceAll(lengths, '').replaceAll(/[\s,]/g, '')
  if (parts.length === 0 || rest !== '') return null
  return Math.round(
    parts.reduce((sum, [, count, unit = 'm']) => sum + Number(count?.replace(',', '.')) * minutesIn(unit), 0),
  )
}

const minutesIn = (unit: string) => ({ d: 1440, t: 1440, h: 60, std: 60, stunde: 60 })[unit.toLowerCase()] ?? 1

/** A length of time as it can be read again, in whatever language. */
export const lengthText = (minutes: number) =>
  partsOf(minutes * 60_000)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ')

function choicesOf<T extends string>(names: Readonly<Record<T, string>>): Choices<T> {
  return namesOf(names).map((value) => ({ value, label: t(names[value]) }))
}

type Choices<T extends string> = readonly { readonly value: T; readonly label: string }[]

export const kindChoices: Choices<ClockKind> = choicesOf(clockKindNames)
export const targetChoices: Choices<ClockTarget> = choicesOf(clockTargetNames)

export const calendarChoices: Choices<Terms['calendarFrom']> = [
  { value: 'definition', label: t('The one named here') },
  { value: 'organisation', label: t('The organisation’s') },
  { value: 'team', label: t('The team’s') },
  { value: 'assignee', label: t('The assignee’s') },
  { value: 'requester', label: t('The requester’s') },
]

export const zoneChoices: Choices<Terms['zoneFrom']> = [
  { value: 'calendar', label: t('The calendar’s') },
  { value: 'definition', label: t('The one named here') },
  { value: 'requester', label: t('The requester’s') },
  { value: 'organisation', label: t('The organisation’s') },
  { value: 'team', label: t('The team’s') },
  { value: 'assignee', label: t('The assignee’s') },
  { value: 'desk', label: t('The desk’s') },
]

export const cancelChoices: Choices<Terms['cancelWhen']> = [
  { value: 'start-fails', label: t('When the start condition no longer holds') },
  { value: 'condition', label: t('When a condition of its own holds') },
  { value: 'never', label: t('Never') },
]
