import { alwaysOpen, hoursOf, type Book } from '#server/calendar/calendar.ts'
import type { Windows } from '#shared/calendar.ts'
import { startingTerms, type Terms } from '#shared/sla/terms.ts'
import type { Definition } from './clock.ts'
import type { Known, Life } from './count.ts'
import { momentsOf } from './moments.ts'
import { dictionaryOf, rulesOf } from './rules.ts'
import type { Setup } from './setup.ts'
import { storyOf } from './story.ts'

export const minute = 60_000
export const fields = dictionaryOf('incident', [])

/** A Monday, in the middle of the day. */
export const noon = Date.parse('2030-01-07T12:00:00Z')

export const timeAt = (minutes: number) => new Date(noon + minutes * minute).toISOString()

/** A desk that has one calendar, and keeps it. */
export function bookWith(windows: Windows, zone = 'Europe/Berlin'): Book {
  const week = [...Array.from({ length: 5 }, () => windows), [], []]
  const hours = hoursOf({ zone, week, days: [] })
  return { revision: 1, hours: (id) => (id === 'office' ? hours : alwaysOpen), of: () => undefined, desk: 'office' }
}

export function definitionOf(id: string, terms: Partial<Terms>): Definition {
  const rules = rulesOf({ ...startingTerms, ...terms }, fields, { version: 1, startsAt: 0 })
  return { id, name: id, kind: 'sla', target: 'resolution', retiredAt: null, versions: [rules] }
}

export const setupWith = (definitions: readonly Definition[]): Setup => ({
  kind: 'incident',
  revision: 1,
  fields,
  definitions,
  heeded: new Set(),
})

/** A life that refers to nobody: its history alone. */
export function lifeOf(history: readonly Known[], book: Book): Life {
  const moments = momentsOf('incident', history, (_, id) => ({ id, name: id }))
  const story = storyOf(moments, { fields, revision: 1, books: new Map([[1, book]]) })
  return { itemId: 'item', history, story, seq: Math.max(0, ...history.map(({ seq }) => seq)) }
}

interface Happened {
  readonly at: number
  readonly recorded?: number
  readonly set: Readonly<Record<string, unknown>>
  readonly name?: string
}

/** A history as the desk records it: one event after the other, each at its minute. */
export const historyOf = (happened: readonly Happened[]): Known[] =>
  happened.map(({ at, recorded = at, set, name = 'incident.changed' }, place) => ({
    seq: place + 1,
    name: place === 0 ? 'incident.opened' : name,
    at: timeAt(at),
    recordedAt: timeAt(recorded),
    actorId: null,
    byStaff: true,
    changes: Object.entries(set).map(([field, after]) => ({ field, before: null, after })),
  }))
