import type { AddressInfo } from 'node:net'
import { Client } from 'pg'
import { afterAll, expect, test, vi } from 'vitest'
import { testDesk } from '#test/desk.ts'
import { connect } from '#server/core/db.ts'
import { newId } from '#server/core/id.ts'
import { appUrl } from '#server/core/migrate.ts'
import { registry } from '#server/core/metrics.ts'
import { addComment, addNote } from '#shared/item/conversation.ts'
import { keepNoteDraft } from '#shared/item/drafts.ts'
import { setTags } from '#shared/item/item.ts'
import { listPresent, look } from '#shared/item/presence.ts'
import { openDesk } from '#server/modules.ts'
import { hear } from './hub.ts'
import { record } from './record.fixture.ts'

const desk = await testDesk()
const network = await desk.team('Network')
const sam = await desk.agent('Sam Ortiz')
const ann = await desk.agent('Ann Lee', { teams: [network] })
const rita = await desk.requester('Rita Lindt')
await desk.app.listen({ port: 0, host: '127.0.0.1' })
const address = `http://127.0.0.1:${(desk.app.server.address() as AddressInfo).port}/api/live`

/** Opens the stream as a page would, and keeps what it is told. */
async function page(who: { id: string }, id = newId()) {
  const leaving = new AbortController()
  afterAll(() => leaving.abort())
  const reply = await fetch(`${address}?page=${id}`, { headers: { authorization: who.id }, signal: leaving.signal })
  const told = { text: '', ended: false }
  void (async () => {
    for await (const chunk of reply.body ?? []) told.text += Buffer.from(chunk).toString()
  })()
    .catch(() => {})
    .finally(() => (told.ended = true))
  const items = () =>
    [...told.text.matchAll(/^data: (.*)$/gm)].flatMap(([, json]) => (JSON.parse(json!).items ?? []) as string[])
  const present = () =>
    [...told.text.matchAll(/^event: present\ndata: (.*)$/gm)].map(([, json]) => JSON.parse(json!).itemId)
  // What happened just before may still be told; from here on only what follows counts.
  for (let before = '.'; before !== told.text; await pause(1000)) before = told.text
  told.text = ''
  return { id, told, items, present, status: reply.status, headers: reply.headers, leave: () => leaving.abort() }
}

const soon = (check: () => void, timeout = 15_000) => vi.waitFor(check, { timeout, interval: 20 })
const pause = (milliseconds: number) => new Promise((resume) => setTimeout(resume, milliseconds))

test('a page is told at once which records change', async () => {
  const { itemId } = await record(desk, rita)
  const open = await page(sam)
  expect([open.status, open.headers.get('content-type')]).toEqual([200, 'text/event-stream'])

  await rita.call(addComment, { itemId, body: 'Still silent' })

  await soon(() => expect(open.items()).toEqual([itemId]))
  open.leave()
})

test('INC-10: a requester is told of comments, and of nothing that is internal', async () => {
  const { itemId } = await record(desk, rita)
  const [hers, his] = [await page(rita), await page(sam)]

  await sam.call(addNote, { itemId, body: 'Internal' })
  await soon(() => expect(his.items()).toEqual([itemId]))
  await pause(400)
  expect(hers.items()).toEqual([])
  await sam.call(addComment, { itemId, body: 'Public' })
  await soon(() => expect(hers.items()).toEqual([itemId]))
  for (const one of [hers, his]) one.leave()
})

test('INC-11: nobody is told of a record that they may not see', async () => {
  const secret = await record(desk, rita, { confidential: true, teamId: network.id })
  const otto = await desk.requester('Otto Brandt')
  const pages = await Promise.all([sam, ann, otto, rita].map((who) => page(who)))

  await ann.call(setTags, { itemId: secret.itemId, tags: ['quiet'] })

  await soon(() => expect(pages.map((one) => one.items().length)).toEqual([0, 1, 0, 1]))
  await pause(400)
  expect(pages.map((one) => one.items().length)).toEqual([0, 1, 0, 1])
  for (const one of pages) one.leave()
})

test('a transaction that began early and commits late is not missed', async () => {
  const [slow, quick] = [await record(desk, rita), await record(desk, rita)]
  const open = await page(sam)
  const late = new Client({ connectionString: desk.ownerUrl })
  await late.connect()
  await late.query('begin')
  await late.query(
    `insert into event (item_id, seq, name, data, changes, internal, channel, at, recorded_at, prev, hash)
     values ($1, 2, 'item.tagged', '{}', '[]', false, 'system', now(), now(), '', '')`,
    [slow.itemId],
  )
  await sam.call(setTags, { itemId: quick.itemId, tags: ['quick'] })
  await soon(() => expect(open.items()).toEqual([quick.itemId]))
  await pause(600)

  await late.query('commit')
  await late.end()

  await soon(() => expect(open.items()).toEqual([quick.itemId, slow.itemId]))
  await pause(600)
  expect(open.items()).toHaveLength(2)
  open.leave()
})

test('INC-15: a page is told that a colleague came to its record, began to write and left, and other pages are not', async () => {
  const { itemId } = await record(desk, rita)
  const [his, hers, elsewhere] = [await page(sam), await page(ann), await page(sam)]
  await sam.call(look, { itemId, page: his.id, doing: 'looking' })

  await ann.call(look, { itemId, page: hers.id, doing: 'looking' })
  await soon(() => expect(his.present()).toEqual([itemId]))
  await ann.call(look, { itemId, page: hers.id, doing: 'noting' })
  await soon(() => expect(his.present()).toHaveLength(2))
  hers.leave()
  await soon(() => expect(his.present()).toHaveLength(3))

  expect(await sam.call(listPresent, { itemId })).toEqual([])
  expect(elsewhere.told.text).not.toContain('present')
  for (const one of [his, elsewhere]) one.leave()
})

test('INC-15: a page that only connects again has not left', async () => {
  const { itemId } = await record(desk, rita)
  const first = await page(ann)
  await ann.call(look, { itemId, page: first.id, doing: 'looking' })
  const again = await page(ann, first.id)

  first.leave()
  await pause(400)

  expect(await sam.call(listPresent, { itemId })).toHaveLength(1)
  again.leave()
  await soon(async () => expect(await sam.call(listPresent, { itemId })).toEqual([]))
})

test('INC-15: colleagues whose pages are served by another process of the desk are seen as well', async () => {
  const { itemId } = await record(desk, rita)
  const connection = connect(appUrl(desk.ownerUrl))
  afterAll(() => connection.close())
  const other = openDesk(connection, desk.desk.ports, desk.desk.address)
  const told: string[] = []
  const ends = { tell: () => {}, beat: () => {}, askAgain: async () => ann.actor, end: () => {} }
  const there = newId()
  const leave = await hear(other, { ...ends, actor: ann.actor, page: there, tellPresence: (id) => told.push(id) })
  afterAll(leave)
  await ann.call(look, { itemId, page: there, doing: 'looking' })

  await sam.call(look, { itemId, page: newId(), doing: 'replying' })

  await soon(() => expect(told).toEqual([itemId]))
})

test('INC-10: nothing of who looks or writes comes down a requester’s stream', async () => {
  const { itemId } = await record(desk, rita)
  const [hers, his] = [await page(rita), await page(sam)]
  await sam.call(look, { itemId, page: his.id, doing: 'looking' })
  const elsewhere = newId()
  for (const [at, doing] of (['looking', 'noting', 'replying'] as const).entries()) {
    await ann.call(look, { itemId, page: elsewhere, doing })
    await ann.call(keepNoteDraft, { itemId, body: doing, base: at })
    await soon(() => expect(his.present()).toHaveLength(at + 1))
  }
  await pause(400)

  expect(hers.told.text.replaceAll(':\n\n', '')).toBe('')
  for (const one of [hers, his]) one.leave()
})

test('a page whose visitor has signed out is closed within seconds', async () => {
  const gone = await desk.agent('Gone Soon')
  const [open, other] = [await page(gone), await page(sam)]
  desk.signOut(gone)

  await soon(() => expect(open.told.ended).toBe(true), 6000)
  expect(other.told.ended).toBe(false)
  expect((await page(gone)).status).toBe(401)
  other.leave()
})

test('one visit holds six pages at most, and a closed one makes room', async () => {
  const busy = await desk.agent('Busy Bee')
  const pages = []
  for (let at = 0; at < 6; at += 1) pages.push(await page(busy))

  expect((await page(busy)).status).toBe(429)
  expect(await clients()).toBeGreaterThanOrEqual(6)
  pages[0]?.leave()
  await soon(async () => expect((await page(busy)).status).toBe(200))
  for (const one of pages) one.leave()
  await soon(async () => expect(await clients()).toBeLessThanOrEqual(2))
})

const clients = async () => {
  const metrics = await registry.getMetricsAsJSON()
  return metrics.find(({ name }) => name === 'steward_live_clients')!.values[0]!.value
}

test('to ask only for the headers opens no stream', async () => {
  const before = await clients()
  const reply = await fetch(address, { method: 'HEAD', headers: { authorization: sam.id } })

  expect(reply.status).toBe(200)
  expect(await clients()).toBe(before)
})

test('a desk that stops lets its pages go', async () => {
  const open = await page(sam)

  await desk.app.close()

  await soon(() => expect(open.told.ended).toBe(true))
})
