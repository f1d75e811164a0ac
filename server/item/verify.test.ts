import { expect, test, vi } from 'vitest'
import { verifyHistory, seal } from '#server/item/item.ts'
import { openIncident, resolveIncident, startIncident, changeIncident } from '#shared/incident.ts'
import { addComment } from '#shared/item/conversation.ts'
import { testDesk } from '#test/desk.ts'
import { admin } from '#test/template.ts'

const desk = await testDesk()
const sam = await desk.agent('Sam')
const rita = await desk.requester('Rita')

async function story() {
  const incident = await rita.call(openIncident, { title: 'The printer is on fire', description: 'Again' })
  await rita.call(addComment, { itemId: incident.id, body: 'Smoke, now' })
  await sam.call(startIncident, { id: incident.id })
  await sam.call(changeIncident, { id: incident.id, category: 'Printing' })
  await sam.call(resolveIncident, { id: incident.id, code: 'fixed', notes: 'Put out' })
  return incident
}

const faults = async () => (await desk.asSystem((ctx) => verifyHistory(ctx))).faults
/** A seal leaves out what a transaction still at work anywhere on the server may precede. */
async function settled() {
  await vi.waitFor(async () => {
    const [waiting] = await admin(
      'select count(*)::int as n from event where txid >= pg_snapshot_xmin(pg_current_snapshot())',
      desk.database,
    )
    expect(waiting).toEqual({ n: 0 })
  }, 20_000)
}
async function sealAll() {
  await settled()
  await desk.asSystem((ctx) => seal(ctx))
}
const byHand = (sql: string) => admin(sql, desk.database)
const at = (id: string, seq: number) => `where item_id = '${id}' and seq = ${seq}`

test('an untouched history is found whole, and says how much was read', async () => {
  await story()
  await sealAll()
  expect(await desk.asSystem((ctx) => verifyHistory(ctx))).toMatchObject({ items: 1, events: 5, seals: 1, faults: [] })
})

test('what is too much for one seal falls under several, each transaction whole', async () => {
  for (let n = 0; n < 3; n += 1) await story()
  await sealAll()
  const before = (await desk.asSystem((ctx) => verifyHistory(ctx))).seals
  for (let n = 0; n < 3; n += 1) await story()
  await settled()
  while (await desk.asSystem((ctx) => seal(ctx, 6)));
  const { seals, faults: found } = await desk.asSystem((ctx) => verifyHistory(ctx))
  expect(found).toEqual([])
  expect(seals - before).toBe(3)
})

test('a changed byte is found, and its record and event are named', async () => {
  const { id, number } = await story()
  await byHand(`update event set data = '{"code":"workaround"}' ${at(id, 5)}`)
  expect(await faults()).toEqual([{ where: number, what: 'event 5 (incident.resolved) was changed' }])
  await byHand(`update event set data = '{"code":"fixed"}' ${at(id, 5)}`)
  expect(await faults()).toEqual([])
})

test('a removed event, a cut tail and a removed record are found and named', async () => {
  const [gap, cut, gone] = [await story(), await story(), await story()]
  await sealAll()
  await byHand(`delete from event ${at(gap.id, 3)}`)
  await byHand(`delete from event ${at(cut.id, 5)}`)
  await byHand(`delete from item where id = '${gone.id}'`)
  const found = await faults()
  expect(found).toContainEqual({ where: gap.number, what: 'event 3 is missing' })
  expect(found).toContainEqual({ where: cut.number, what: 'the newest events are missing: 4 of 5 are there' })
  expect(found).toContainEqual({ where: gone.number, what: 'the record was removed' })
  expect(found.at(-1)!.what).toBe('20 events were sealed, 18 are there')
})

test('a record that was removed with all its history breaks the seal over it', async () => {
  const { id } = await story()
  await sealAll()
  await byHand(`delete from event where item_id = '${id}'; delete from item where id = '${id}'`)
  const [last] = (await faults()).slice(-1)
  expect(last!.what).toBe('5 events were sealed, 0 are there')
})

test('a field changed behind the history’s back is found', async () => {
  const { id, number } = await story()
  await byHand(`update item set title = 'Nothing happened' where id = '${id}'`)
  expect(await faults()).toContainEqual({ where: number, what: 'title is not what the history says' })
})

test('no role of the application can change or remove history', async () => {
  await story()
  const audiences = ['steward_system', 'steward_staff', 'steward_requester', 'steward_report']
  for (const role of audiences) {
    for (const statement of [
      "update event set name = 'x'",
      'delete from event',
      'truncate event',
      'delete from seal',
    ]) {
      const attempt = admin(`begin; set local role ${role}; ${statement}; rollback`, desk.database)
      await expect(attempt, `${role}: ${statement}`).rejects.toThrow('permission denied')
    }
  }
})
