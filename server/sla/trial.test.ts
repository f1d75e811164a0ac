import { expect, test } from 'vitest'
import { changeCalendar } from '#shared/calendar.ts'
import { changeIncident, holdIncident, openIncident, resolveIncident, startIncident } from '#shared/incident.ts'
import { getRecord } from '#shared/records.ts'
import { changeService } from '#shared/service.ts'
import { addDefinition, checkTerms, previewTerms, recalculate, simulateTerms } from '#shared/sla.ts'
import { startingTerms, type Terms } from '#shared/sla/terms.ts'
import { admin } from '#test/template.ts'
import { tally } from './trial.ts'
import { at, hour, office, slaDesk } from './desk.fixture.ts'

const desk = await slaDesk()
const { sam, rita, lena } = desk
const fixed = { code: 'fixed', notes: 'Done' } as const
const terms = (more: Partial<Terms>): Terms => ({ ...startingTerms, ...more })
const open = (tag: string, more: object = {}) =>
  sam.call(openIncident, { title: `About ${tag}`, requesterId: rita.id, tags: [tag], ...more })
const traps = async (more: Partial<Terms>) =>
  (await lena.call(checkTerms, { terms: terms(more) })).map(({ trap }) => trap)

test.for([
  [{ start: 'is:done priority:1', stop: 'is:done' }, ['start-within-stop']],
  [{ start: 'is:waiting', pause: 'is:waiting' }, ['pause-within-start']],
  [{ start: 'state:in_progress', pause: 'is:waiting' }, ['start-and-pause-exclusive']],
  [{ start: 'state:in_progress', pause: 'is:waiting', cancelWhen: 'never' }, []],
  [{ start: 'priority:1', pause: 'hold:vendor,caller' }, []],
  [{ start: 'priority<=2 -hold:vendor', pause: 'hold:vendor' }, ['start-and-pause-exclusive']],
  [{ start: 'priority:1', stop: 'state:resolved is:open' }, ['never-stops']],
  [{ start: 'priority:1 team:Network', reset: 'team:Cloud' }, ['reset-fails']],
  [{ start: 'service.tier:1 requester.vip:true', pause: 'is:waiting' }, []],
] as const)('SLM-02: %j has the traps %j, told when it is defined', async ([more, expected]) => {
  expect(await traps(more)).toEqual(expected)
})

test('SLM-02: a trap is told in a plain sentence, and what cannot be read or means nothing here is refused by name', async () => {
  const [trap] = await lena.call(checkTerms, { terms: terms({ start: 'state:in_progress' }) })
  expect(trap?.sentence).toContain('a pause would cancel the clock')
  const refused = async (more: Partial<Terms>) => lena.call(checkTerms, { terms: terms(more) })
  await expect(refused({ start: 'prioity:1' })).rejects.toThrow("Did you mean 'priority'")
  await expect(refused({ stop: 'assignee:me' })).rejects.toThrow('nobody is “me” here')
  await expect(refused({ start: 'is:overdue' })).rejects.toThrow('follows from the clocks')
  await expect(refused({ start: 'printer' })).rejects.toThrow('name a field')
  await expect(refused({ within: { by: 'field', field: 'title' } })).rejects.toThrow('a field that holds a time')
  await expect(sam.call(checkTerms, { terms: terms({}) })).rejects.toThrow('403')
})

test('SLM-09: a changed calendar leaves what was counted; recalculated, dry first, it equals a count from the beginning', async () => {
  const calendarId = await desk.calendar('Berlin', 'Europe/Berlin', office)
  await desk.define({ start: 'tags:r1', calendarId, within: { by: 'time', minutes: 540 } }, { name: 'r1' })
  desk.setTime(at('2030-01-08T08:00[Europe/Berlin]'))
  const [running, ended] = [await open('r1'), await open('r1')]
  desk.setTime(at('2030-01-08T16:00[Europe/Berlin]'))
  await sam.call(resolveIncident, { id: ended.id, ...fixed })

  const short = [{ from: '10:00', to: '15:00' }]
  await lena.call(changeCalendar, { id: calendarId, week: [short, short, short, short, short, [], []] })
  await sam.call(changeIncident, { id: running.id, category: 'Touched' })
  expect(await desk.clock(running.id, 'r1')).toMatchObject({ businessMs: 8 * hour })

  const dry = await lena.call(recalculate, { calendarId, ended: true })
  expect(dry).toMatchObject({ dry: true, changed: 2 })
  expect(dry.changes.map(({ before, after }) => [before?.businessMs, after?.businessMs])).toContainEqual([
    8 * hour,
    5 * hour,
  ])
  expect(await desk.clock(ended.id, 'r1')).toMatchObject({ businessMs: 8 * hour })

  await lena.call(recalculate, { calendarId, ended: true, dry: false })
  expect((await sam.call(getRecord, { key: running.id })).dueAt).toBe(at('2030-01-09T14:00[Europe/Berlin]'))
  expect(await desk.clock(ended.id, 'r1')).toMatchObject({ state: 'stopped', businessMs: 5 * hour })
  expect(await desk.past(ended.id)).toMatchObject([
    { businessMs: 8 * hour, until: at('2030-01-08T16:00[Europe/Berlin]') },
  ])
  expect(await lena.call(recalculate, { calendarId, ended: true })).toMatchObject({ changed: 0 })
  await expect(sam.call(recalculate, {})).rejects.toThrow('403')
})

test('SLM-09: recalculated without those that are over, a record keeps its ended clocks and the open ones are counted anew', async () => {
  const calendarId = await desk.calendar('Short', 'UTC', office)
  await desk.define(
    { start: 'tags:r5', stop: 'answered:true', within: { by: 'time', minutes: 60 } },
    { name: 'r5 answer' },
  )
  await desk.define({ start: 'tags:r5', calendarId, within: { by: 'time', minutes: 540 } }, { name: 'r5 solve' })
  desk.setTime('2030-01-10T08:00:00Z')
  const { id } = await open('r5')
  desk.setTime('2030-01-10T08:30:00Z')
  await sam.call(startIncident, { id })
  const before = await desk.rows(id)
  const late = [{ from: '12:00', to: '13:00' }]
  await lena.call(changeCalendar, { id: calendarId, week: [late, late, late, late, late, [], []] })
  const result = await lena.call(recalculate, { itemId: id, dry: false })
  expect(result.changes.map(({ after }) => after?.name)).toEqual(['r5 solve'])
  const after = await desk.rows(id)
  expect(after.find(({ stoppedAt }) => stoppedAt !== null)).toEqual(before.find(({ stoppedAt }) => stoppedAt !== null))
  expect(await desk.clock(id, 'r5 solve')).toMatchObject({ businessMs: 0 })
})

test('SLM-09: what a record refers to counts as it was at the time, not as it is now', async () => {
  const vpn = await desk.service('VPN', 1)
  await desk.define(
    { start: 'tags:r2 service.tier:1', cancelWhen: 'never', within: { by: 'time', minutes: 60 } },
    { name: 'r2' },
  )
  desk.setTime('2030-01-14T08:00:00Z')
  const before = await open('r2', { serviceId: vpn.id })
  desk.setTime('2030-01-14T09:00:00Z')
  await lena.call(changeService, { id: vpn.id, tier: 3 })
  await admin(
    `update audit set at = '2030-01-14T09:00:00Z' where "table" = 'service' and act = 'update'`,
    desk.database,
  )
  desk.setTime('2030-01-14T10:00:00Z')
  const after = await open('r2', { serviceId: vpn.id })
  await lena.call(recalculate, { ended: true, dry: false })
  expect(await desk.clock(before.id, 'r2')).toMatchObject({ startedAt: '2030-01-14T08:00:00.000Z' })
  expect(await desk.clocks(after.id)).toEqual([])
})

test('SLM-13: what a definition would have come to is what it comes to when it is then applied to the same time', async () => {
  desk.setTime('2030-01-21T08:00:00Z')
  const opened = []
  for (let which = 0; which < 8; which += 1) {
    opened.push(await open('r3'))
    await desk.pass(0.25)
  }
  await desk.pass(0.5)
  for (const [place, { id }] of opened.entries()) {
    if (place % 4 === 3) continue
    await sam.call(holdIncident, { id, reason: 'vendor' })
    await desk.pass(place === 0 ? 3 : 0.5)
    await sam.call(startIncident, { id })
    await desk.pass(0.25)
    await sam.call(resolveIncident, { id, ...fixed })
  }
  await sam.call(changeIncident, { id: opened[7]!.id, impact: 1 })
  const wanted = { name: 'r3', type: 'sla', target: 'resolution' } as const
  const simulated = { ...wanted, terms: terms({ start: 'tags:r3 impact:3', within: { by: 'time', minutes: 290 } }) }
  const period = { from: '2030-01-21T00:00:00.000Z', to: '2030-01-22T00:00:00.000Z' }
  const predicted = await lena.call(simulateTerms, { ...simulated, ...period })
  expect(predicted).toMatchObject({ records: 8, clocks: 8, open: 1, cancelled: 1 })
  expect([predicted.met, predicted.breached].every((count) => count > 0)).toBe(true)

  await lena.call(addDefinition, { ...simulated, startsAt: period.from })
  await lena.call(recalculate, { ended: true, dry: false })
  const kept = (await Promise.all(opened.map(({ id }) => desk.rows(id)))).flat()
  const result = tally(
    kept.map(({ state, breachedAt }) => ({ state, breachedAt: breachedAt === null ? null : Date.parse(breachedAt) })),
  )
  expect(predicted).toMatchObject(result)
  expect(predicted.compliance).toBeCloseTo(result.compliance!, 10)
})

test('SLM-13: a preview says which clock some terms would give a record and when it would be due, or why there is none', async () => {
  desk.setTime('2030-01-28T08:00:00Z')
  const { number } = await open('r4')
  const about = { key: number, name: 'r4', type: 'ola', target: 'other' } as const
  const preview = await lena.call(previewTerms, { ...about, terms: terms({ start: 'tags:r4' }) })
  expect(preview).toMatchObject({ number, because: null, clocks: [{ dueAt: '2030-01-28T12:00:00.000Z' }] })
  const none = await lena.call(previewTerms, { ...about, terms: terms({ start: 'priority:1' }) })
  expect(none).toMatchObject({ clocks: [], because: '“priority:1” does not hold: Priority is 5' })
  expect(await desk.clocks(preview.id)).toEqual([])
})
