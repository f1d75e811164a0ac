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
  const calendarId = calendarOf(terms, book, record) ?? terms.calendarId ?? book.desk ?? null
  const hours = calendarId === null ? alwaysOpen : book.hours(calendarId)
  if (terms.zoneFrom === 'calendar') return { hours, calendarId }
  return { hours: inZone(hours, zoneOf(terms, book, record) ?? zoneOfDesk(book)), calendarId }
}

function calendarOf({ calendarFrom }: Terms, book: Book, record: Row) {
  switch (calendarFrom) {
    case 'definition':
      return undefined
    case 'organisation':
      return book.of('organisation', idOf(record, 'organisation'))
    case 'team':
      return book.of('team', idOf(record, 'team'))
    case 'requester':
      return book.of('person', idOf(record, 'requester'))
    case 'assignee':
      return book.of('person', idOf(record, 'assignee'))
  }
}

function zoneOf({ zoneFrom, zone }: Terms, book: Book, record: Row): string | undefined {
  switch (zoneFrom) {
    case 'definition':
      return zone ?? undefined
    case 'requester':
      return zoneOfPerson(rowAt(record, 'requester'))
    case 'assignee':
      return zoneOfPerson(rowAt(record, 'assignee'))
    case 'organisation':
      return zoneOfCalendar(book, book.of('organisation', idOf(record, 'organisation')))
    case 'team':
      return zoneOfCalendar(book, book.of('team', idOf(record, 'team')))
    case 'calendar':
    case 'desk':
      return undefined
  }
}

const zoneOfPerson = ({ zone }: Row) => (typeof zone === 'string' ? zone : undefined)

const zoneOfCalendar = (book: Book, id: string | undefined) => (id === undefined ? undefined : book.hours(id).zone)

const zoneOfDesk = (book: Book) => zoneOfCalendar(book, book.desk) ?? 'UTC'
