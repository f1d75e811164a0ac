import { expect, test } from 'vitest'
import { addCalendar } from '#shared/calendar.ts'
import { askFigures, listFigureRecords } from '#shared/report.ts'
import { addDefinition } from '#shared/sla.ts'
import { startingTerms } from '#shared/sla/terms.ts'
import { minute, reportDesk } from './desk.fixture.ts'

const desk = await reportDesk()
const { lena } = desk
const hour = 60 * minute
const june = { period: '2030-06-01..2030-06-09', zone: 'UTC' } as const

test('RPT-01: the time to resolve in business time, with pauses and without, is that of each promise’s own calendar', async () => {
  desk.at('2030-05-31T09:00:00')
  const office = [{ from: '09:00', to: '17:00' }]
  const week = Array.from({ length: 7 }, (_, day) => (day < 5 ? office : []))
  const { id: calendarId } = await lena.call(addCalendar, { name: 'Office', zone: 'UTC', week })
  const conditions = { start: 'is:open', stop: 'state:resolved,closed', pause: 'state:waiting' }
  const terms = { ...startingTerms, ...conditions, calendarId, within: { by: 'time', minutes: 480 } } as const
  await lena.call(addDefinition, { name: 'Solved within a day', type: 'sla', target: 'resolution', terms })
  // From Monday at four to Tuesday at ten: two hours of the office, of which one was waited.
  const waited = await desk.opened('2030-06-03T16:00:00')
  await desk.start('2030-06-03T16:10:00', waited)
  await desk.wait('2030-06-03T16:30:00', waited)
  await desk.start('2030-06-04T09:30:00', waited)
  await desk.resolve('2030-06-04T10:00:00', waited)
  const straight = await desk.opened('2030-06-05T09:00:00')
  await desk.resolve('2030-06-05T13:00:00', straight)
  desk.at('2030-06-10T09:00:00')

  const perDay = [null, null, null, 1, 4, null, null, null, null]
  const kpis = 'businessTimeToResolve,workingBusinessTimeToResolve,timeToResolve'
  const { figures, asOf } = await lena.call(askFigures, { ...june, kpis, by: 'team', every: 'day' })
  expect(figures.map(({ total: { count, value, median } }) => ({ count, value, median }))).toEqual([
    { count: 2, value: 3 * hour, median: 3 * hour },
    { count: 2, value: 2.5 * hour, median: 2.5 * hour },
    { count: 2, value: 11 * hour, median: 11 * hour },
  ])
  expect(figures[0]!.groups.map(({ label, total }) => [label, total.value])).toEqual([['Network', 3 * hour]])
  expect(figures[1]!.series.map(({ value }) => value && value / hour)).toEqual(perDay)
  for (const [kpi, hours] of [
    ['businessTimeToResolve', [4, 2]],
    ['workingBusinessTimeToResolve', [4, 1]],
  ] as const) {
    const { records } = await lena.call(listFigureRecords, { ...june, kpi })
    expect(records.map(({ id, value }) => [id, value])).toEqual([
      [straight, hours[0] * hour],
      [waited, hours[1] * hour],
    ])
  }

  // As of a time, the same again, whatever happens later.
  desk.later(hour)
  await desk.reopen('2030-06-11T09:00:00', waited)
  desk.at('2030-06-12T09:00:00')
  const then = await lena.call(askFigures, { ...june, kpis, by: 'team', every: 'day', asOf })
  expect(then.figures.map(({ total }) => total)).toEqual(figures.map(({ total }) => total))
})
