import type { Fields } from '#shared/filter/fields.ts'
import { reach } from '#shared/filter/fields.ts'
import type { Filter } from '#shared/filter/filter.ts'
import type { Row } from '#shared/filter/evaluate.ts'
import { print } from '#shared/filter/print.ts'
import type { Counted } from './clock.ts'
import { conditionsIn, type Condition } from './rules.ts'
import type { Story } from './story.ts'

/** A time as somebody in a zone would write it. */
export function inWords(at: string, zone: string) {
  const words = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  })
  return words.format(new Date(at))
}

/** A length of time in its two largest parts: 2 d 4 h, 1 h 12 min, 35 s. */
export function lengthOf(ms: number) {
  const seconds = Math.floor(ms / 1000)
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const
  const first = parts.findIndex(([count]) => count > 0)
  if (first < 0) return '0 min'
  const shown = parts.slice(first, first + (first === 3 ? 1 : 2)).filter(([count, unit]) => count > 0 && unit !== 's')
  return (shown.length > 0 ? shown : [parts[3]]).map(([count, unit]) => `${count} ${unit}`).join(' ')
}

/** What a condition came to, and the values that made it so. */
export function because(condition: Condition | null, holds: boolean, record: Row, fields: Fields) {
  if (!condition || condition.text === '') return 'It applies to every record'
  const outcome = holds ? 'holds' : 'does not hold'
  return `“${condition.text}” ${outcome}: ${valuesIn(condition.filter, record, fields)}`
}

/** Each of the fields that a filter looks at, and what the record has there. */
export function valuesIn(filter: Filter, record: Row, fields: Fields) {
  const names = [...new Set(conditionsIn(filter).map(({ field }) => field))]
  return names.map((name) => valueOf(name, record, fields)).join(', ')
}

function valueOf(name: string, record: Row, fields: Fields) {
  const { steps, field } = reach(name, fields)
  const label = steps.map((step) => step.field.label).join(' · ')
  let held: unknown = record
  for (const step of name.split('.')) held = isRow(held) ? held[step] : undefined
  const value = isRow(held) && !Array.isArray(held) ? held['name'] : held
  if ([null, undefined, ''].some((nothing) => nothing === value)) return `${label} is not set`
  return `${label} is ${field.values?.find((choice) => choice.value === value)?.label ?? wordOf(value)}`
}

function wordOf(value: unknown) {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return Array.isArray(value) ? value.join(', ') || 'empty' : String(value)
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null

/** Why a definition gives a record no clock, as of the last thing that happened to it. */
export function whyNot({ versions, retiredAt }: Counted['definition'], story: Story) {
  const { moments, fields } = story
  const at = moments.length - 1
  const moment = moments[at]
  if (!moment) return 'Nothing has happened to it'
  const rules = versions.findLast(({ startsAt }) => startsAt <= moment.at)
  if (!rules) return 'It holds only for what happens after its start'
  if (retiredAt !== null && moment.at >= retiredAt) return 'It has been put away'
  const { start, stop, cancel } = rules.conditions
  if (!story.holds(start, at)) return because(missed(start, story, at), false, moment.record, fields)
  if (story.holds(stop, at)) return `It was over before it began: ${because(stop, true, moment.record, fields)}`
  if (story.holds(cancel, at)) return `It is called off: ${because(cancel, true, moment.record, fields)}`
  return 'It begins when something next happens to the record'
}

/** Of conditions that all must hold, those that do not. */
function missed(start: Condition | null, story: Story, at: number) {
  if (!start || !('all' in start.filter)) return start
  const parts = start.filter.all.map((filter) => ({ ...start, filter, text: print(filter, story.fields) }))
  const failed = parts.filter((part) => !story.holds(part, at))
  return {
    ...start,
    filter: { all: failed.map(({ filter }) => filter) },
    text: failed.map(({ text }) => text).join(' '),
  }
}

/** How a clock stands, in one sentence. */
export function sentenceOf(clock: Counted): string {
  const { state, target, businessMs } = clock
  const whole = target === null ? '' : ` of ${lengthOf(target)}`
  const over = target === null ? 0 : businessMs - target
  if (state === 'cancelled') return `Called off after ${lengthOf(businessMs)}.`
  if (state === 'stopped') {
    if (clock.breachedAt === null) return `In time: it took ${lengthOf(businessMs)}${whole}.`
    return `Too late by ${lengthOf(over)}: it took ${lengthOf(businessMs)}${whole}.`
  }
  if (target === null) return 'It has no due time yet: the record does not say one.'
  const paused = state === 'paused' ? 'Paused. ' : ''
  if (clock.breachedAt !== null) return `${paused}Overdue by ${lengthOf(over)} (${lengthOf(target)}).`
  return `${paused}${lengthOf(-over)} left${whole}.`
}
