import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Output } from '#shared/core/endpoint.ts'
import { addCustomField } from '#shared/item/custom.ts'
import { setConfidential, setCustom, setTags } from '#shared/item/item.ts'
import { askAges, askFigures, listFigureRecords, type Figures } from '#shared/report.ts'
import { kpiNames } from '#shared/report/kpis.ts'
import { day, hour, minute, reportDesk } from './desk.fixture.ts'

const desk = await reportDesk()
const { sam, nora, lena, rita, network, windows, vpn } = desk
const ada = await desk.administrator('Ada')
await ada.call(addCustomField, { kind: 'incident', name: 'floor', label: 'Floor', type: 'number' })

const now = () => new Date().toISOString()

/** Every kind of field that a filter can ask for: those that a fact holds, and those that only the history tells. */
const filters = [
  '',
  'is:open',
  'priority<=2 -team:Network',
  'assignee:Sam or requester:Rita',
  'service:VPN',
  'title~printer',
  'tags:vip',
  'impact:1 urgency<=2',
  'custom.floor>3',
  'created>-20d resolution:fixed',
  'ci:"gw-01"',
  'reopenCount>0',
]

interface Asked {
  readonly input: { readonly period: string; readonly filter: string; readonly asOf: string }
  readonly answer: Figures
  readonly ages: Output<typeof askAges>
}

async function ask(filter: string, asOf?: string): Promise<Omit<Asked, 'input'>> {
  const asked = { period: '6w', zone: 'Europe/Berlin', filter, ...(asOf !== undefined && { asOf }) }
  const by = { kpis: kpiNames.join(','), by: 'team', every: 'week', compare: true } as const
  return { answer: await lena.call(askFigures, { ...asked, ...by }), ages: await lena.call(askAges, asked) }
}

const values = ({ figures }: Figures) => figures.map(({ total }) => total.value)

const acts: readonly ((id: string) => Promise<unknown>)[] = [
  (id) => desk.start(now().slice(0, 19), id),
  (id) => desk.wait(now().slice(0, 19), id),
  (id) => desk.give(now().slice(0, 19), id, { teamId: windows.id, assigneeId: sam.id }),
  (id) => desk.give(now().slice(0, 19), id, { teamId: network.id, assigneeId: nora.id }),
  (id) => desk.resolve(now().slice(0, 19), id),
  (id) => desk.reopen(now().slice(0, 19), id),
  (id) => desk.close(now().slice(0, 19), id),
  (id) => desk.change(now().slice(0, 19), id, { impact: 1, urgency: 1, serviceId: vpn.id }),
  (id) =>
    desk.change(now().slice(0, 19), id, { title: 'The printer', configurationItem: 'gw-01', category: 'Printing' }),
  (id) => sam.call(setTags, { itemId: id, tags: ['vip'] }),
  (id) => sam.call(setCustom, { itemId: id, values: { floor: 5 } }),
]

test('RPT-01: the same question of the same as-of has the same answer, whatever is recorded later', async () => {
  const random = fc.sample(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(hour, 7 * hour, day)), {
    numRuns: 150,
    seed: 11,
  })
  const ids: string[] = []
  const asked: Asked[] = []
  desk.at('2030-01-08T08:00:00')
  for (const [turn, [which, what, pause]] of random.entries()) {
    desk.later(pause)
    if (turn % 4 === 0) ids.push(await desk.open(now().slice(0, 19), { source: turn % 8 === 0 ? 'phone' : 'portal' }))
    await acts[what % acts.length]!(ids[which % ids.length]!).catch(() => {})
    if (turn % 25 !== 24) continue
    desk.later(minute)
    for (const filter of filters) {
      const { answer, ages } = await ask(filter)
      asked.push({ input: { period: '6w', filter, asOf: answer.asOf }, answer, ages })
    }
    desk.later(minute)
  }
  desk.later(day)
  let told = 0
  for (const { input, answer, ages } of asked) {
    const again = await ask(input.filter, input.asOf)
    expect(again.answer.settled).toBe(true)
    expect([input, again.answer]).toEqual([input, { ...answer, settled: true }])
    expect([input, again.ages]).toEqual([input, { ...ages, settled: true }])
    told += again.answer.figures.reduce((sum, { total }) => sum + total.count, 0)
  }
  expect(told).toBeGreaterThan(500)
}, 240_000)

test('the records behind a figure are those of its as-of, too', async () => {
  const [{ asOf }] = [await lena.call(askFigures, { period: '8w', kpis: 'backlog' })]
  desk.later(hour)
  const behind = { period: '8w', kpi: 'backlog', asOf } as const
  const before = await lena.call(listFigureRecords, behind)
  for (const { id } of before.records.slice(0, 3)) await desk.resolve(now().slice(0, 19), id)
  const after = await lena.call(listFigureRecords, behind)
  expect(after.records.map(({ id }) => id)).toEqual(before.records.map(({ id }) => id))
  expect((await lena.call(listFigureRecords, { period: '8w', kpi: 'backlog' })).total).toBe(before.total - 3)
})

test('what is brought in late counts where it happened, and only from when the desk learned of it', async () => {
  desk.at('2030-06-10T10:00:00')
  const id = await desk.opened('2030-06-10T10:00:00')
  desk.at('2030-06-20T10:00:00')
  const june = { period: '2030-06-01..2030-06-30', zone: 'UTC', kpis: 'opened,resolved' } as const
  const before = await lena.call(askFigures, june)
  desk.later(minute)
  await desk.resolveLate(id, '2030-06-12T10:00:00.000Z')
  expect(values(await lena.call(askFigures, { ...june, period: '2030-06-12..2030-06-12' }))).toEqual([0, 1])
  desk.later(minute)
  expect(values(await lena.call(askFigures, { ...june, asOf: before.asOf }))).toEqual(values(before))
})

test('an answer says when it is not for ever, and what cannot be known of the past is refused', async () => {
  const answer = await lena.call(askFigures, { kpis: 'opened', filter: 'service.tier:1' })
  expect(answer).toMatchObject({
    settled: false,
    lasting: false,
    because: 'What service leads to is read as it is now.',
  })
  expect(await lena.call(askFigures, { kpis: 'opened', filter: 'service:VPN' })).toMatchObject({ lasting: true })
  desk.later(hour)
  const { asOf } = answer
  await expect(lena.call(askFigures, { kpis: 'opened', filter: 'printer', asOf })).rejects.toThrow('as of the past')
  await expect(lena.call(askFigures, { kpis: 'opened', filter: 'is:overdue', asOf })).rejects.toThrow('as of the past')
})

test('RPT-01: a figure counts only what whoever asks may see, and opens nothing else', async () => {
  const norvik = await desk.organisation('Norvik Marine')
  const marine = await desk.team('Marine', [norvik])
  const olav = await desk.requester('Olav', { organisation: norvik.id })
  const mia = await desk.person('Mia', { role: 'team_lead', teams: [marine] })
  desk.at('2030-09-02T09:00:00')
  const foreign = await desk.open('2030-09-02T09:00:00', {}, rita)
  const theirs = await desk.open('2030-09-02T10:00:00', {}, olav)
  const secret = await desk.open('2030-09-02T11:00:00', { teamId: undefined }, olav)
  await sam.call(setConfidential, { itemId: secret, confidential: true })
  const today = { period: '2030-09-02..2030-09-02', zone: 'UTC', filter: 'created:2030-09-02' } as const
  const seen = async (who: typeof mia) => {
    const [first, past] = [await who.call(askFigures, { ...today, kpis: 'opened,backlog' }), now()]
    desk.later(minute)
    const then = await who.call(askFigures, { ...today, kpis: 'opened,backlog', asOf: past })
    const { records } = await who.call(listFigureRecords, { ...today, kpi: 'opened' })
    expect(values(then)).toEqual(values(first))
    return { values: values(first), ids: records.map(({ id }) => id).toSorted() }
  }
  expect(await seen(mia)).toEqual({ values: [1, 1], ids: [theirs] })
  expect(await seen(lena)).toEqual({ values: [2, 2], ids: [foreign, theirs].toSorted() })
  expect(await seen(await desk.person('Stig', { role: 'team_lead', teams: [network] }))).toEqual({
    values: [2, 2],
    ids: [foreign, theirs].toSorted(),
  })
  await expect(olav.call(askFigures, { ...today, kpis: 'opened' })).rejects.toThrow('403')
})
