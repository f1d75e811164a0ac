import type { Book } from '#server/calendar/calendar.ts'
import { predicates } from '#shared/fields.ts'
import { matches } from '#shared/filter/evaluate.ts'
import type { Fields } from '#shared/filter/fields.ts'
import type { World } from '#shared/filter/world.ts'
import type { Moment } from './moments.ts'
import type { Condition } from './rules.ts'

/** A record's life, and all that clocks ask of it. What is asked twice is worked out once. */
export interface Story {
  readonly moments: readonly Moment[]
  readonly fields: Fields
  /** The settings of today. */
  readonly revision: number
  book(revision: number): Book
  holds(condition: Condition | null, at: number): boolean
}

interface Setting {
  readonly fields: Fields
  readonly revision: number
  readonly books: ReadonlyMap<number, Book>
}

export function storyOf(moments: readonly Moment[], { fields, revision, books }: Setting): Story {
  const known = new Map<string, boolean[]>()
  const newest = books.get(revision)!
  function holds(condition: Condition | null, at: number): boolean {
    if (!condition) return false
    const outcomes = known.get(condition.text) ?? []
    known.set(condition.text, outcomes)
    return (outcomes[at] ??= read(condition, at))
  }
  /** What it looks at has mostly not changed, and then neither has the outcome. */
  function read(condition: Condition, at: number) {
    const { record, changed, at: now } = moments[at]!
    const same = at > 0 && !condition.timely && ![...condition.fields].some((name) => changed.has(name))
    if (same) return holds(condition, at - 1)
    return matches(condition.filter, record, worldAt(now))
  }
  const worldAt = (now: number): World => ({
    fields,
    predicates,
    me: null,
    myTeams: [],
    now: new Date(now).toISOString(),
    zone: newest.desk === undefined ? 'UTC' : newest.hours(newest.desk).zone,
  })
  return { moments, fields, revision, book: (of) => books.get(of) ?? newest, holds }
}
