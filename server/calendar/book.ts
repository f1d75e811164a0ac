import { sql } from 'kysely'
import type { Ctx } from '#server/core/desk.ts'
import { bySystem } from '#server/core/desk.ts'
import type { SpecialDay, Windows } from '#shared/calendar.ts'
import type { Hours } from './business.ts'
import { alwaysOpen, hoursOf } from './hours.ts'

/** Who can keep a calendar of their own. */
export type Keeper = 'organisation' | 'team' | 'person'

/** Every calendar, and whose it is, as of one revision of the settings. It never changes, so it is read once. */
export interface Book {
  readonly revision: number
  /** The hours of a calendar; around the clock for one that is not there. */
  hours(calendarId: string): Hours
  /** The calendar that somebody keeps of their own. */
  of(keeper: Keeper, id: string | null): string | undefined
  /** The desk's own calendar. */
  readonly desk: string | undefined
}

const books = new WeakMap<Ctx['reactions'], Map<number, Promise<Book>>>()
const mostBooks = 50

/** The newest revision of the calendars. */
export async function revisionOf({ db }: Ctx) {
  const { calendars } = await db.selectFrom('timekeeping').select('calendars').executeTakeFirstOrThrow()
  return calendars
}

/** The calendars as of a revision, the newest unless said. */
export async function bookOf(ctx: Ctx, at?: number): Promise<Book> {
  const revision = at ?? (await bySystem(ctx, revisionOf))
  const known = books.get(ctx.reactions) ?? new Map<number, Promise<Book>>()
  books.set(ctx.reactions, known)
  // Whoever began to read may have failed at it; that is no reason to fail with them.
  const found = await known.get(revision)?.catch(() => null)
  if (found) return found
  const read = bySystem(ctx, (own) => readBook(own, revision))
  if (known.size >= mostBooks) known.clear()
  known.set(revision, read)
  read.catch(() => known.delete(revision))
  return read
}

interface Version {
  readonly calendarId: string
  readonly zone: string
  readonly week: Windows[]
  readonly days: SpecialDay[]
}

interface Use {
  readonly keeper: string
  readonly calendarId: string | null
}

async function readBook({ db }: Ctx, revision: number): Promise<Book> {
  const versions = sql<Version>`
    select distinct on (calendar_id) calendar_id, zone, week, days from calendar_version
    where revision <= ${revision} order by calendar_id, version desc`.execute(db)
  const uses = sql<Use>`
    select distinct on (keeper) keeper, calendar_id from (
      select calendar_use.*, coalesce('organisation ' || organisation_id, 'team ' || team_id, 'person ' || person_id, '')
        as keeper from calendar_use where revision <= ${revision}) use
    order by keeper, revision desc`.execute(db)
  const hours = new Map((await versions).rows.map((one) => [one.calendarId, hoursOf(one)] as const))
  const kept = new Map(
    (await uses).rows.flatMap(({ keeper, calendarId }) => (calendarId ? [[keeper, calendarId]] : [])),
  )
  return {
    revision,
    hours: (id) => hours.get(id) ?? alwaysOpen,
    of: (keeper, id) => (id === null ? undefined : kept.get(`${keeper} ${id}`)),
    desk: kept.get(''),
  }
}

/** The hours of somebody: their own, else those of the team, the organisation or the desk, whichever is there first. */
export function hoursFor(book: Book, { personId = null, teamId = null, organisationId = null }: Whose): Hours {
  const id =
    book.of('person', personId) ?? book.of('team', teamId) ?? book.of('organisation', organisationId) ?? book.desk
  return id === undefined ? alwaysOpen : book.hours(id)
}

interface Whose {
  readonly personId?: string | null
  readonly teamId?: string | null
  readonly organisationId?: string | null
}
