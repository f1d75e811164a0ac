import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { openIncident } from '#shared/incident.ts'
import { testDesk } from '#test/desk.ts'
import { wrongWith } from './check.ts'
import { killOften } from './kill.ts'

test('whatever is killed under load, no acknowledged write is lost or doubled', { timeout: 180_000 }, async () => {
  const outcomes = await killOften({ kills: 4, clients: 4 })

  for (const { victim, outages, acknowledged, wrong } of outcomes) {
    expect(wrong, victim).toEqual([])
    expect(outages, victim).toHaveLength(4)
    expect(acknowledged, victim).toBeGreaterThan(4)
  }
})

test('a write that is lost, doubled or was never asked for is named, and so is a changed history', async () => {
  const desk = await testDesk()
  const rita = await desk.requester('Rita')
  const [kept, doubled, lost, strange] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  const reported = new Map<string, string>()
  for (const key of [kept, doubled, doubled, strange])
    reported.set(key, (await rita.call(openIncident, { title: `Fault ${key}` })).number)
  await desk.asSystem(({ db }) =>
    db.updateTable('item').set({ priority: 1 }).where('number', '=', reported.get(kept)!).execute(),
  )
  reported.delete(strange)
  reported.set(lost, 'INC9999999')

  const wrong = await wrongWith(desk.ownerUrl, { reports: reported, comments: new Map(), changed: [], times: [] })

  expect(wrong).toEqual([
    `incident INC9999999 (${lost}) was acknowledged and is lost`,
    `incident ${doubled} is there 2 times`,
    `incident ${strange} is there and was never asked for`,
    `${reported.get(kept)}: priority is not what the history says`,
  ])
})
