import { sql } from 'kysely'
import type { Args, Ctx } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { changesSetUp } from '#server/core/set-up.ts'
import { conflict, invalid, notFound } from '#server/core/refusal.ts'
import type * as api from '#shared/calendar.ts'
import type { Calendar, Region, SpecialDay, Window } from '#shared/calendar.ts'

type Said = Pick<Calendar, 'zone' | 'week' | 'days' | 'holidays'>

/** The calendars as they now are, and who keeps each. */
export async function listCalendars(ctx: Ctx): Promise<Calendar[]> {
  const [rows, keepers] = await Promise.all([calendarRows(ctx).orderBy('calendar.name').execute(), keepersOf(ctx)])
  return rows.map((row) => ({
    ...row,
    isDefault: keepers.some(({ of, calendarId }) => of === null && calendarId === row.id),
    uses: keepers.flatMap(({ of, id, name, calendarId }) => (of && calendarId === row.id ? [{ of, id, name }] : [])),
  }))
}

function calendarRows({ db }: Ctx) {
  return db
    .selectFrom('calendar')
    .innerJoin('calendarVersion as said', (join) =>
      join.onRef('said.calendarId', '=', 'calendar.id').onRef('said.version', '=', 'calendar.version'),
    )
    .select(['calendar.id', 'calendar.name', 'calendar.version', 'calendar.retired', 'said.zone'])
    .select((eb) => [
      eb.ref('said.week').$castTo<Window[][]>().as('week'),
      eb.ref('said.days').$castTo<SpecialDay[]>().as('days'),
      eb.ref('said.holidays').$castTo<Region | null>().as('holidays'),
    ])
}

interface Kept {
  readonly of: 'organisation' | 'team' | 'person' | null
  readonly id: string
  readonly name: string
  readonly calendarId: string | null
}

/** Who keeps which calendar now; the desk itself is nobody. */
async function keepersOf({ db }: Ctx): Promise<Kept[]> {
  const { rows } = await sql<Kept>`
    select kept.of, kept.id, coalesce(organisation.name, team.name, person.name, '') as name, kept.calendar_id
    from (
      select distinct on (coalesce(organisation_id, team_id, person_id))
        case when organisation_id is not null then 'organisation' when team_id is not null then 'team'
          when person_id is not null then 'person' end as of,
        coalesce(organisation_id, team_id, person_id) as id, calendar_id
      from calendar_use order by coalesce(organisation_id, team_id, person_id), revision desc) kept
    left join organisation on organisation.id = kept.id
    left join team on team.id = kept.id
    left join person on person.id = kept.id
    order by name`.execute(db)
  return rows
}

async function calendar(ctx: Ctx, id: string): Promise<Calendar> {
  const found = (await listCalendars(ctx)).find((one) => one.id === id)
  if (!found) throw notFound('calendar')
  return found
}

export async function addCalendar(ctx: Ctx, { name, ...said }: Args<typeof api.addCalendar>) {
  const id = newId()
  await ctx.db.insertInto('calendar').values({ id, name, version: 1 }).execute()
  await say(ctx, { id, version: 1 }, said)
  return calendar(ctx, id)
}

/** Changes a calendar. What it says gets a new version, and what was counted under the old one stays as it was. */
export async function changeCalendar(ctx: Ctx, { id, isDefault, ...wanted }: Args<typeof api.changeCalendar>) {
  const before = await calendar(ctx, id)
  const { name = before.name, retired = before.retired, ...rest } = wanted
  if (retired && (before.isDefault || isDefault)) throw conflict('The desk’s own calendar cannot be put away')
  const said = { ...spoken(before), ...given(rest) }
  const changed = JSON.stringify(said) !== JSON.stringify(spoken(before))
  const version = changed ? before.version + 1 : before.version
  await ctx.db.updateTable('calendar').set({ name, retired, version }).where('id', '=', id).execute()
  if (changed) await say(ctx, { id, version }, said)
  if (isDefault) await keep(ctx, {}, id)
  return calendar(ctx, id)
}

const spoken = ({ zone, week, days, holidays }: Said): Said => ({ zone, week, days, holidays })

const given = (wanted: { readonly [N in keyof Said]?: Said[N] | undefined }) =>
  Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)) as Partial<Said>

/** Writes what a version of a calendar says, from a new revision on. */
async function say(ctx: Ctx, { id, version }: { id: string; version: number }, { zone, week, days, holidays }: Said) {
  requireOnce(days)
  const sorted = days.toSorted((a, b) => (a.date < b.date ? -1 : 1))
  await ctx.db
    .insertInto('calendarVersion')
    .values({
      id: newId(),
      calendarId: id,
      version,
      revision: await nextRevision(ctx),
      zone,
      week: json(week),
      days: json(sorted),
      holidays: holidays && json(holidays),
    })
    .execute()
}

const json = (value: unknown) => sql<object>`${JSON.stringify(value)}::jsonb`

function requireOnce(days: readonly SpecialDay[]) {
  const seen = new Set<string>()
  for (const { date } of days) {
    if (seen.has(date)) throw invalid({ days: `${date} is named twice` })
    seen.add(date)
  }
}

/** Says which calendar somebody keeps; null is the desk's own. */
export async function keepCalendar(ctx: Ctx, { of, id, calendarId }: Args<typeof api.keepCalendar>) {
  const there = await ctx.db.selectFrom(of).select('id').where('id', '=', id).executeTakeFirst()
  if (!there) throw notFound(of)
  if (calendarId !== null) {
    const { retired } = await calendar(ctx, calendarId)
    if (retired) throw conflict('That calendar has been put away')
  }
  await keep(ctx, { [`${of}Id`]: id }, calendarId)
  return { done: true as const }
}

async function keep(ctx: Ctx, whose: Partial<Record<string, string>>, calendarId: string | null) {
  const revision = await nextRevision(ctx)
  await ctx.db
    .insertInto('calendarUse')
    .values({ id: newId(), revision, calendarId, ...whose })
    .execute()
}

/** Those who change how time is counted do so one after the other. */
async function nextRevision(ctx: Ctx) {
  const { calendars } = await ctx.db
    .updateTable('timekeeping')
    .set({ calendars: sql<number>`nextval('timekeeping_revision')` })
    .returning('calendars')
    .executeTakeFirstOrThrow()
  changesSetUp(ctx)
  return calendars
}
