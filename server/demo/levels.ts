import { as, type Ctx } from '#server/core/desk.ts'
import { addCalendar, changeCalendar, keepCalendar, type Windows } from '#shared/calendar.ts'
import { listOrganisations } from '#shared/people.ts'
import { addDefinition } from '#shared/sla.ts'
import { startingTerms, type ClockKind, type ClockTarget, type Terms } from '#shared/sla/terms.ts'
import { timeOf, type Cast, type Crew, type Verb } from './stage.ts'

const office: Windows = [{ from: '08:30', to: '17:30' }]
const split: Windows = [
  { from: '08:00', to: '12:00' },
  { from: '13:00', to: '17:00' },
]
const school: Windows = [{ from: '08:00', to: '16:00' }]
const always: Windows = [{ from: '00:00', to: '24:00' }]

/** The hours of each customer, on their own clocks. */
const calendars = [
  { name: 'London office', zone: 'Europe/London', hours: office, weekend: [], of: ['Halyard Retail'] },
  {
    name: 'Berlin office',
    zone: 'Europe/Berlin',
    hours: split,
    weekend: [],
    of: ['Halyard Logistics', 'Norvik Marine'],
  },
  { name: 'New York office', zone: 'America/New_York', hours: office, weekend: [], of: ['Castellan Insurance'] },
  { name: 'School days', zone: 'Europe/London', hours: school, weekend: [], of: ['Brightwell Schools'] },
  { name: 'Day and night', zone: 'Europe/London', hours: always, weekend: always, of: [] },
] as const

interface Promised {
  readonly name: string
  readonly type: ClockKind
  readonly target: ClockTarget
  readonly terms: Partial<Terms>
}

const hours = (count: number) => ({ by: 'time', minutes: count * 60 }) as const
const customersHours = { calendarFrom: 'organisation' } as const
const answer = { stop: 'answered:true', pause: '' } as const

/** What the customers were promised, what the teams promised each other, and what suppliers owe. */
const promised = (night: string): readonly Promised[] => [
  {
    name: 'Critical: solved in 4 hours',
    type: 'sla',
    target: 'resolution',
    terms: { start: 'priority:1', within: hours(4), calendarId: night, urgent: true },
  },
  solved('High: solved in a working day', 'priority:2', hours(9)),
  solved('Moderate: solved in 3 working days', 'priority:3', hours(27)),
  solved('Low: solved in 5 working days', 'priority>=4', hours(45)),
  {
    name: 'Critical: answered in 15 minutes',
    type: 'sla',
    target: 'response',
    terms: { ...answer, start: 'priority:1', within: { by: 'time', minutes: 15 }, calendarId: night, urgent: true },
  },
  {
    name: 'Answered in 2 working hours',
    type: 'sla',
    target: 'response',
    terms: { ...answer, ...customersHours, start: 'priority>=2', within: hours(2) },
  },
  {
    name: 'Second line takes it on in 4 hours',
    type: 'ola',
    target: 'other',
    terms: {
      start: 'team:Network,Database,"Server & cloud",Applications',
      stop: 'assignee:any',
      pause: '',
      retroactive: false,
      within: hours(4),
      ...customersHours,
    },
  },
  {
    name: 'Suppliers repair in 2 days',
    type: 'contract',
    target: 'other',
    terms: { start: 'hold:vendor', stop: '-hold:vendor', pause: '', retroactive: false, within: hours(18) },
  },
]

const solved = (name: string, start: string, within: Terms['within']): Promised => ({
  name,
  type: 'sla',
  target: 'resolution',
  terms: { ...customersHours, start, within },
})

/** Calendars, whose they are, and what is promised, from before the first report on. */
export function makeLevels({ desk, verb, by, at }: Crew, { teamIds }: Cast) {
  return as(
    desk,
    by.actor,
    async (ctx) => {
      const ids = await makeCalendars(ctx, verb)
      const night = ids.get('Day and night')!
      await verb(ctx, changeCalendar, { id: ids.get('London office')!, isDefault: true })
      await verb(ctx, keepCalendar, { of: 'team', id: teamIds.get('Network')!, calendarId: night })
      for (const { terms, ...about } of promised(night))
        await verb(ctx, addDefinition, { ...about, terms: { ...startingTerms, ...terms } })
    },
    { at: timeOf(at) },
  )
}

async function makeCalendars(ctx: Ctx, verb: Verb) {
  const organisations = new Map((await verb(ctx, listOrganisations, {})).map(({ id, name }) => [name, id]))
  const ids = new Map<string, string>()
  for (const { name, zone, hours: day, weekend, of } of calendars) {
    const week = [...Array.from({ length: 5 }, () => [...day]), [...weekend], [...weekend]]
    const { id } = await verb(ctx, addCalendar, { name, zone, week, days: weekend.length > 0 ? [] : daysOff(ctx.now) })
    ids.set(name, id)
    for (const customer of of)
      await verb(ctx, keepCalendar, { of: 'organisation', id: organisations.get(customer)!, calendarId: id })
  }
  return ids
}

/** What everybody has off, in the years around. */
function daysOff(now: string) {
  const year = new Date(now).getUTCFullYear()
  return [year, year + 1, year + 2].flatMap((one) => [
    { date: `${one}-01-01`, name: 'New Year’s Day', windows: [], origin: 'own' as const },
    { date: `${one}-12-24`, name: 'Christmas Eve', windows: [{ from: '08:30', to: '12:00' }], origin: 'own' as const },
    { date: `${one}-12-25`, name: 'Christmas Day', windows: [], origin: 'own' as const },
    { date: `${one}-12-26`, name: 'The day after Christmas', windows: [], origin: 'own' as const },
  ])
}
