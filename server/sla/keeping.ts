import { alwaysOpen, inZone, type Book, type Hours } from '#server/calendar/calendar.ts'
import type { Row } from '#shared/filter/evaluate.ts'
import type { Terms } from '#shared/sla/terms.ts'
import { rowAt } from './moments.ts'

/** The hours that a clock is counted in while a record is as it is, and where they come from. */
export interface Keeping {
  readonly hours: Hours
  readonly calendarId: string | null
}

const idOf = (record: Row, name: string) => {
  const { id } = rowAt(record, name)
  return typeof id === 'string' ? id : null
}

/**
 * Whose calendar, on whose clocks. Where the one that is named is nobody or keeps none, the definition's own calendar
 * counts, and then the desk's; where there is no zone, the desk's.
 */
export function keepingOf(terms: Terms, book: Book, record: Row): Keeping {
  const calendarId = calendars[terms.calendarFrom](book, record) ?? terms.calendarId ?? book.desk ?? null
  const hours = calendarId === null ? alwaysOpen : book.hours(calendarId)
  if (terms.zoneFrom === 'calendar') return { hours, calendarId }
  return { hours: inZone(hours, zones[terms.zoneFrom](terms, book, record) ?? zoneOfDesk(book)), calendarId }
}

const calendars: Readonly<Record<Terms['calendarFrom'], (book: Book, record: Row) => string | undefined>> = {
  definition: () => undefined,
  organisation: (book, record) => book.of('organisation', idOf(record, 'organisation')),
  team: (book, record) => book.of('team', idOf(record, 'team')),
  requester: (book, record) => book.of('person', idOf(record, 'requester')),
  assignee: (book, record) => book.of('person', idOf(record, 'assignee')),
}

type Zoned = (terms: Terms, book: Book, record: Row) => string | undefined

const zones: Readonly<Record<Terms['zoneFrom'], Zoned>> = {
  calendar: () => undefined,
  desk: () => undefined,
  definition: ({ zone }) => zone ?? undefined,
  requester: (_, __, record) => zoneOfPerson(rowAt(record, 'requester')),
  assignee: (_, __, record) => zoneOfPerson(rowAt(record, 'assignee')),
  organisation: (_, book, record) => zoneOfCalendar(book, book.of('organisation', idOf(record, 'organisation'))),
  team: (_, book, record) => zoneOfCalendar(book, book.of('team', idOf(record, 'team'))),
}

const zoneOfPerson = ({ zone }: Row) => (typeof zone === 'string' ? zone : undefined)

const zoneOfCalendar = (book: Book, id: string | undefined) => (id === undefined ? undefined : book.hours(id).zone)

const zoneOfDesk = (book: Book) => zoneOfCalendar(book, book.desk) ?? 'UTC'
