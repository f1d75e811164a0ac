import { z } from 'zod'
import { as, system, type Args, type Ctx } from '#server/core/desk.ts'
import { job } from '#server/core/jobs.ts'
import { invalid } from '#server/core/refusal.ts'
import type * as api from '#shared/calendar.ts'
import type { Calendar, Region, SpecialDay, Windows } from '#shared/calendar.ts'
import { changeCalendar, listCalendars } from './calendars.ts'

/** The list of the world's holidays takes 45 MB, so it is read only where somebody asks for it. */
const load = async () => (await import('date-holidays')).default

export async function listHolidayRegions(_: Ctx, { country, state }: Args<typeof api.listHolidayRegions>) {
  const Holidays = await load()
  const found = new Holidays().query(country, state) as Record<string, string> | undefined
  return Object.entries(found ?? {})
    .map(([code, name]) => ({ code, name }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
}

export interface Holiday {
  readonly date: string
  readonly name: string
  /** When on that day it begins, where that is not at midnight. */
  readonly from: string | null
}

export async function listHolidays(_: Ctx, { country, state, region, year }: Args<typeof api.listHolidays>) {
  return holidaysIn({ country, state: state ?? null, region: region ?? null }, year)
}

/** The public holidays of a year, each date once. */
export async function holidaysIn({ country, state, region }: Region, year: number): Promise<Holiday[]> {
  const Holidays = await load()
  const there = new Holidays()
  if (!there.getCountries()?.[country]) throw invalid({ country: 'No holidays of that country are known' })
  there.init(country, state ?? '', region ?? '')
  const found = new Map<string, Holiday>()
  for (const one of there.getHolidays(year).filter(({ type }) => type === 'public'))
    for (const holiday of eachDay(one)) if (!found.has(holiday.date)) found.set(holiday.date, holiday)
  return [...found.values()].toSorted((a, b) => (a.date < b.date ? -1 : 1))
}

interface Listed {
  readonly date: string
  readonly name: string
  readonly start: Date
  readonly end: Date
}

/** A holiday of several days is one on each; only the first can begin later than at midnight. */
function eachDay({ date, name, start, end }: Listed): Holiday[] {
  const time = date.slice(11, 16)
  const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000))
  return Array.from({ length }, (_, of) => ({
    date: new Date(Date.parse(date.slice(0, 10)) + of * 86_400_000).toISOString().slice(0, 10),
    name,
    from: of === 0 && time !== '00:00' ? time : null,
  }))
}

/** Holidays as days of a calendar: closed, or from the hour at which they begin. */
export function daysOff(holidays: readonly Holiday[], week: readonly Windows[]): SpecialDay[] {
  return holidays.map(({ date, name, from }) => {
    const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7
    return { date, name: name.slice(0, 120), windows: before(week[weekday] ?? [], from), origin: 'holiday' }
  })
}

const before = (windows: Windows, end: string | null) =>
  end === null ? [] : windows.flatMap(({ from, to }) => (from < end ? [{ from, to: to < end ? to : end }] : []))

const yearsAhead = 2

/**
 * Writes the holidays of years to come into the calendars that keep a country's. What is stored already is never
 * touched: the past stays as it was counted, whatever a newer list says.
 */
export const extendHolidays = job({
  name: 'calendar.extend-holidays',
  input: z.object({}),
  cron: '20 3 1 * *',
  async run(desk) {
    const last = new Date().getUTCFullYear() + yearsAhead
    const calendars = await as(desk, system, listCalendars)
    for (const calendar of calendars) {
      const days = await missingDays(calendar, last)
      if (days.length > 0)
        await as(desk, system, (ctx) => changeCalendar(ctx, { id: calendar.id, days: [...calendar.days, ...days] }))
    }
  },
})

async function missingDays({ holidays, days, week, retired }: Calendar, last: number) {
  if (!holidays || retired) return []
  const known = days.filter(({ origin }) => origin === 'holiday').map(({ date }) => Number(date.slice(0, 4)))
  const next = Math.max(new Date().getUTCFullYear() - 1, ...known) + 1
  const added: SpecialDay[] = []
  for (let year = next; year <= last; year += 1) added.push(...daysOff(await holidaysIn(holidays, year), week))
  const taken = new Set(days.map(({ date }) => date))
  return added.filter(({ date }) => !taken.has(date))
}
