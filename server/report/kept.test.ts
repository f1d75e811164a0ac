import { afterEach, expect, test, vi } from 'vitest'
import { countAnew } from './kept.ts'
import { setConfidential } from '#shared/item/item.ts'
import { askFigures } from '#shared/report.ts'
import { minute, reportDesk } from './desk.fixture.ts'

const desk = await reportDesk()
const { lena, sam } = desk
const inMay = { period: '2030-05-01..2030-05-31', zone: 'UTC', kpis: 'opened,resolved,backlog', every: 'week' } as const
const keptInMay = { ...inMay, kept: true } as const

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
  await desk.opened('2030-05-07T09:00:00')
  desk.later(10 * minute)
  await countAnew.run(desk.desk, {})
  const after = await opened(lena)
  expect(after.opened).toBe(before.opened! + 1)
  const noted = `select key from figure_answer where asked_at = '${new Date().toISOString()}'`
  await vi.waitFor(async () => expect(await desk.asOwner(noted)).toHaveLength(1), 5000)
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
