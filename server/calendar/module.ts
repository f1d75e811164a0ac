import { serve } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import * as api from '#shared/calendar.ts'
import { addCalendar, changeCalendar, keepCalendar, listCalendars } from './calendars.ts'
import { extendHolidays, listHolidayRegions, listHolidays } from './holidays.ts'

export const calendar: Module = {
  served: [
    serve(api.listCalendars, listCalendars),
    serve(api.addCalendar, addCalendar),
    serve(api.changeCalendar, changeCalendar),
    serve(api.keepCalendar, keepCalendar),
    serve(api.listHolidayRegions, listHolidayRegions),
    serve(api.listHolidays, listHolidays),
  ],
  jobs: [extendHolidays],
}
