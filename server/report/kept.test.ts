import { afterEach, expect, test, vi } from 'vitest'
import { countAnew } from './count-anew.ts'
import { addStartingRoles } from '#server/people/people.ts'
import { setConfidential } from '#shared/item/item.ts'
import { askAges, askFigures } from '#shared/report.ts'
import { serviceAges, serviceBreakdown, serviceFigures, usual } from '#shared/report/boards.ts'
import { minute, reportDesk } from './desk.fixture.ts'

const desk = await reportDesk()
const { lena, sam } = desk
const inMay = { period: '2030-05-01..2030-05-31', zone: 'UTC', kpis: 'opened,resolved,backlog', every: 'week' } as const
const keptInMay = { ...inMay, kept: true } as const

// What is counted without being asked is counted by the roles in the database.
await desk.asSystem(async (ctx) => {
  const roleId = (await addStartingRoles(ctx)).get('service_manager')!
  await ctx.db.insertInto('personRole').values({ personId: lena.id, roleId }).execute()
})

/** Whatever is counted takes a second. */
function slowly() {
  let passed = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (passed += 1000))
}
afterEach(() => vi.restoreAllMocks())

const opened = async (who: typeof lena, asked: typeof inMay | typeof keptInMay = keptInMay) => {
  const { figures, asOf } = await who.call(askFigures, asked)
  return { opened: figures[0]!.total.value, asOf }
}
const answers = async () => (await desk.asOwner('select key from figure_answer')).length
const untilKept = ({ asOf }: { asOf: string }) =>
  vi.waitFor(async () => {
    expect(
      await desk.asOwner(`select key from figure_answer where counted_at = '${asOf}' and not question ? 'asOf'`),
    ).toHaveLength(1)
  }, 5000)

test('RPT-03: an answer that took long is kept, and is what counting as of its time comes to', async () => {
  const id = await desk.opened('2030-05-06T09:00:00')
  desk.later(minute)
  slowly()
  const first = await lena.call(askFigures, keptInMay)
  await untilKept(first)
  vi.restoreAllMocks()
  await desk.resolve('2030-05-06T09:05:00', id)
  await desk.opened('2030-05-06T09:06:00')
  desk.later(2 * minute)
  expect(await lena.call(askFigures, keptInMay)).toEqual(first)
  const { figures, asOf } = await lena.call(askFigures, inMay)
  expect(asOf > first.asOf).toBe(true)
  expect(figures).not.toEqual(first.figures)
  expect((await lena.call(askFigures, { ...inMay, asOf: first.asOf })).figures).toEqual(first.figures)
})

test('what is looked at is counted anew by itself, and what nobody looked at for a day is forgotten', async () => {
  slowly()
  const before = await opened(lena, inMay)
  await untilKept(before)
  await desk.opened('2030-05-06T12:00:00')
  desk.later(10 * minute)
  await countAnew.run(desk.desk, {})
  const counted = new Date().toISOString()
  desk.later(61 * minute)
  expect(await opened(lena)).toEqual({ opened: before.opened! + 1, asOf: counted })
  const noted = `select key from figure_answer where asked_at = '${new Date().toISOString()}'`
  await vi.waitFor(async () => expect(await desk.asOwner(noted)).toHaveLength(1), 5000)
  vi.restoreAllMocks()
  desk.later(25 * 60 * minute)
  await countAnew.run(desk.desk, {})
  expect(await answers()).toBe(0)
})

test('a kept answer is for those alone who see the same', async () => {
  const mona = await desk.person('Mona', { role: 'service_manager' })
  const marine = await desk.team('Marine', [await desk.organisation('Norvik Marine')])
  const stig = await desk.person('Stig', { role: 'team_lead', teams: [marine] })
  const secret = await desk.opened('2030-05-20T09:00:00')
  desk.later(minute)
  slowly()
  const first = await opened(lena)
  await untilKept(first)
  await desk.opened('2030-05-20T10:00:00')
  expect(await opened(mona)).toEqual(first)
  expect((await opened(stig)).opened).toBe(0)
  await sam.call(setConfidential, { itemId: secret, confidential: true })
  desk.later(minute)
  const mine = await opened(lena)
  expect(mine.asOf > first.asOf).toBe(true)
  const hers = await opened(mona)
  expect(hers.asOf > first.asOf).toBe(true)
  expect(hers.opened).toBe(mine.opened! - 1)
})

test('RPT-03: the service board as it opens is counted before anybody asks for it', async () => {
  slowly()
  await countAnew.run(desk.desk, {})
  vi.restoreAllMocks()
  desk.later(minute)
  await desk.opened(new Date().toISOString().slice(0, 19))
  const board = await lena.call(askFigures, { ...serviceFigures(usual.about, usual.every), kept: true })
  const now = await lena.call(askFigures, serviceFigures(usual.about, usual.every))
  const total = ({ figures }: typeof now) => figures.find(({ kpi }) => kpi === 'opened')!.total.value!
  expect(total(board)).toBe(total(now) - 1)
  const ages = await lena.call(askAges, { ...serviceAges(usual.about, usual.every), kept: true })
  const parts = await lena.call(askFigures, { ...serviceBreakdown(usual.about, usual.by), kept: true })
  expect([ages.asOf, parts.asOf].every((asOf) => asOf < now.asOf)).toBe(true)
})

test('a desk that answers quickly keeps nothing ahead of time', async () => {
  desk.later(25 * 60 * minute)
  await countAnew.run(desk.desk, {})
  expect(await answers()).toBe(0)
})
