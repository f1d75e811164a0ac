import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { text } from '#shared/core/message.ts'
import { Done, Id, Name } from '#shared/core/values.ts'

/** A time of the day on a wall clock; a day ends at 24:00. */
const TimeOfDay = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, text('Write a time such as 08:30'))
  .meta({ example: '08:30' })

export const Window = z
  .object({ from: TimeOfDay, to: TimeOfDay })
  .refine(({ from, to }) => from < to, { path: ['to'], message: text('It must end after it begins') })
export type Window = z.infer<typeof Window>

/** The hours of one day: none when it is closed, several with breaks between. They may not overlap. */
export const Windows = z
  .array(Window)
  .max(12)
  .refine((windows) => {
    const sorted = windows.toSorted((a, b) => (a.from < b.from ? -1 : 1))
    return sorted.every(({ from }, at) => at === 0 || from >= sorted[at - 1]!.to)
  }, text('The hours of a day may not overlap'))
  .transform((windows) => windows.toSorted((a, b) => (a.from < b.from ? -1 : 1)))
export type Windows = readonly Window[]

export const Zone = z
  .string()
  .max(60)
  .refine((zone) => zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone), text('Name a time zone'))
  .meta({ example: 'Europe/Berlin' })

/** A day that is not like its weekday: closed, or with hours of its own. */
export const SpecialDay = z.object({
  date: z.iso.date(),
  name: Name,
  windows: Windows,
  /** What a country's list of holidays gave, and what somebody wrote. */
  origin: z.enum(['holiday', 'own']),
})
export type SpecialDay = z.infer<typeof SpecialDay>

/** A country, and where it matters a state and a region, whose public holidays are days off. */
export const Region = z.object({
  country: z.string().regex(/^[A-Z]{2}$/),
  state: z.string().max(20).nullable(),
  region: z.string().max(20).nullable(),
})
export type Region = z.infer<typeof Region>

const Week = z.array(Windows).length(7, text('Give all seven days, Monday first'))

const about = {
  name: Name,
  zone: Zone,
  week: Week.meta({ description: 'The hours of each weekday, Monday first' }),
  days: z.array(SpecialDay).max(5000),
  holidays: Region.nullable().meta({ description: 'Whose holidays are kept; their dates are stored' }),
}

export const Calendar = z
  .object({
    ...about,
    id: Id,
    version: z.int(),
    isDefault: z.boolean(),
    retired: z.boolean(),
    /** Who keeps it. */
    uses: z.array(z.object({ of: z.enum(['organisation', 'team', 'person']), id: Id, name: z.string() })),
  })
  .meta({ id: 'Calendar' })
export type Calendar = z.infer<typeof Calendar>

export const listCalendars = endpoint({
  method: 'GET',
  path: '/calendars',
  may: 'item.work',
  summary: 'List the calendars, and whose hours each tells',
  input: z.object({}),
  output: z.array(Calendar),
})

export const addCalendar = endpoint({
  method: 'POST',
  path: '/calendars',
  may: 'sla.manage',
  summary: 'Add a calendar',
  input: z.object({ ...about, days: about.days.default([]), holidays: about.holidays.default(null) }),
  output: Calendar,
})

export const changeCalendar = endpoint({
  method: 'PATCH',
  path: '/calendars/:id',
  may: 'sla.manage',
  summary: 'Change a calendar; clocks that were begun under the old one keep it until they are recalculated',
  input: z
    .object({ ...about, isDefault: z.literal(true), retired: z.boolean() })
    .partial()
    .extend({ id: Id }),
  output: Calendar,
})

export const keepCalendar = endpoint({
  method: 'PUT',
  path: '/calendar-uses',
  may: 'sla.manage',
  summary: 'Say which calendar an organisation, a team or a person keeps; null is the desk’s own',
  input: z.object({ of: z.enum(['organisation', 'team', 'person']), id: Id, calendarId: Id.nullable() }),
  output: Done,
})

/** Names of countries, and of the states and regions in them, whose holidays are known. */
export const listHolidayRegions = endpoint({
  method: 'GET',
  path: '/holiday-regions',
  may: 'sla.manage',
  summary: 'List the countries whose holidays are known, or the states of one, or the regions of a state',
  input: z.object({ country: Region.shape.country.optional(), state: z.string().max(20).optional() }),
  output: z.array(z.object({ code: z.string(), name: z.string() })),
})

export const listHolidays = endpoint({
  method: 'GET',
  path: '/holidays',
  may: 'sla.manage',
  summary: 'List the public holidays of a country or a part of it in a year',
  input: z.object({
    country: Region.shape.country,
    state: z.string().max(20).optional(),
    region: z.string().max(20).optional(),
    year: z.coerce.number().int().min(1970).max(2200),
  }),
  output: z.array(z.object({ date: z.string(), name: z.string(), from: z.string().nullable() })),
})
