import { expect, test } from 'vitest'
import { cancelIncident } from '#shared/incident.ts'
import { askFigures, listFigureRecords } from '#shared/report.ts'
import { addDefinition } from '#shared/sla.ts'
import { startingTerms } from '#shared/sla/terms.ts'
import { minute, reportDesk } from './desk.fixture.ts'

const desk = await reportDesk()
const { lena, sam } = desk

const february = { period: '2030-02-01..2030-02-28', zone: 'UTC' } as const

const compliance = async (asked: object = {}) => {
  const { figures } = await lena.call(askFigures, { ...february, kpis: 'slaCompliance', ...asked })
  return figures[0]!
}

test('RPT-01: SLA compliance counts what is open and breached, and nothing that was cancelled', async () => {
  desk.at('2030-01-31T09:00:00')
  const terms = { ...startingTerms, start: 'is:open', stop: 'state:resolved,closed' }
  const cancel = { cancelWhen: 'condition', cancel: 'state:cancelled', pause: '', calendarFrom: 'definition' } as const
  const about = { name: 'Solved within 4 hours', type: 'sla', target: 'resolution' } as const
  await lena.call(addDefinition, { ...about, terms: { ...terms, ...cancel, within: { by: 'time', minutes: 240 } } })
  // Kept.
  await desk.resolve('2030-02-04T12:00:00', await desk.opened('2030-02-04T09:00:00'))
  await desk.resolve('2030-02-05T12:00:00', await desk.opened('2030-02-05T09:00:00'))
  // Breached, and completed.
  await desk.resolve('2030-02-06T14:00:00', await desk.opened('2030-02-06T09:00:00'))
  // Cancelled after its breach.
  const cancelled = await desk.opened('2030-02-07T09:00:00')
  desk.at('2030-02-07T15:00:00')
  await sam.call(cancelIncident, { id: cancelled, reason: 'Twice' })
  // Open at the end of February and breached; resolved in March.
  const open = await desk.opened('2030-02-27T09:00:00')
  await desk.resolve('2030-03-02T09:00:00', open)
  // Open at the end of February and still in time; kept in March.
  await desk.resolve('2030-03-01T00:30:00', await desk.opened('2030-02-28T22:00:00'))
  desk.at('2030-03-10T09:00:00')

  expect((await compliance()).total).toMatchObject({ count: 2, of: 4, value: 50 })
  expect((await compliance({ period: '2030-03-01..2030-03-09' })).total).toMatchObject({ count: 1, of: 2 })
  const { series } = await compliance({ every: 'week' })
  // 1–3, 4–10, 11–17, 18–24, 25–28.
  expect(series.map(({ count, of }) => [count, of])).toEqual([
    [0, 0],
    [2, 3],
    [0, 0],
    [0, 0],
    [0, 1],
  ])
  const { groups } = await compliance({ by: 'team' })
  expect(groups.map(({ label, total }) => [label, total.count, total.of])).toEqual([['Network', 2, 4]])
  for (const part of ['counted', 'of'] as const) {
    const { total, records } = await lena.call(listFigureRecords, { ...february, kpi: 'slaCompliance', part })
    expect([total, records.length]).toEqual(part === 'of' ? [4, 4] : [2, 2])
    expect(records.map(({ id }) => id).includes(open)).toBe(part === 'of')
    expect(records.map(({ id }) => id)).not.toContain(cancelled)
  }
})

test('RPT-01: compliance as of a time is what was known then, though clocks have gone on', async () => {
  const id = await desk.opened('2030-04-01T09:00:00')
  desk.at('2030-04-01T11:00:00')
  const april = {
    period: '2030-04-01..2030-04-30',
    kpis: 'slaCompliance,slaResolutionCompliance,slaResponseCompliance',
  }
  const early = await lena.call(askFigures, { ...april, zone: 'UTC' })
  desk.at('2030-04-01T13:30:00')
  const late = await lena.call(askFigures, { ...april, zone: 'UTC' })
  expect([early, late].map(({ figures }) => figures.map(({ total }) => [total.count, total.of]))).toEqual([
    [
      [0, 0],
      [0, 0],
      [0, 0],
    ],
    [
      [0, 1],
      [0, 1],
      [0, 0],
    ],
  ])
  await desk.resolve('2030-04-01T14:00:00', id)
  desk.later(5 * minute)
  for (const one of [early, late])
    expect((await lena.call(askFigures, { ...april, zone: 'UTC', asOf: one.asOf })).figures).toEqual(one.figures)
})
