import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { addSource, changeSource, listOccurrences, listSources } from '#shared/alert.ts'
import { addTask } from '#shared/item/tasks.ts'
import { listHistory } from '#shared/item/history.ts'
import { listNotes } from '#shared/item/conversation.ts'
import { closeIncident } from '#shared/incident.ts'
import { getRecord, listRecords } from '#shared/records.ts'
import { testDesk } from '#test/desk.ts'

const desk = await testDesk()
const admin = await desk.administrator('Ada')
const { token, url, source } = await admin.call(addSource, { type: 'alertmanager', name: 'Prometheus' })
await desk.service('Web shop', 1)

const [firing, resolved] = readFileSync('test/captures/alertmanager-webhook.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { body: string }).body)

interface Delivery {
  alerts: { fingerprint: string; status: string; labels: Record<string, string>; startsAt: string }[]
}

/** The captured request, of another problem. */
function about(body: string, fingerprint: string, labels: Record<string, string> = {}) {
  const delivery = JSON.parse(body) as Delivery
  delivery.alerts = delivery.alerts.map((alert) => ({ ...alert, fingerprint, labels: { ...alert.labels, ...labels } }))
  return JSON.stringify(delivery)
}

const send = (payload: string, bearer = token) =>
  desk.inject({
    method: 'POST',
    url: new URL(url).pathname,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    payload,
  })

const incidents = async (filter: string) =>
  (await admin.call(listRecords, { kind: 'incident', filter, fields: 'source,configurationItem' })).records

test('what Alertmanager really sends opens one incident, counts repeats, and resolves it', async () => {
  expect((await send(firing!)).statusCode).toBe(200)
  expect((await send(firing!)).statusCode).toBe(200)
  const [incident, ...more] = await incidents('title~"CPU > 95% on web-01"')
  expect(more).toEqual([])
  expect(incident).toMatchObject({
    source: 'alert',
    priority: 1,
    configurationItem: 'web-01:9100',
    requester: { name: 'Prometheus' },
  })
  expect(await admin.call(getRecord, { key: incident!.id })).toMatchObject({ occurrenceCount: 2, state: 'new' })

  expect((await send(resolved!)).statusCode).toBe(200)
  expect(await admin.call(getRecord, { key: incident!.id })).toMatchObject({
    state: 'resolved',
    resolutionCode: 'fixed',
    resolutionNotes: 'Prometheus reports that it is over.',
    occurrenceCount: 3,
  })
  expect(await admin.call(listOccurrences, { itemId: incident!.id })).toMatchObject([
    { status: 'resolved' },
    { status: 'firing', source: 'Prometheus', labels: { alertname: 'HighCPU' } },
    { status: 'firing' },
  ])
  const history = await admin.call(listHistory, { itemId: incident!.id })
  expect(history.map(({ name, channel }) => [name, channel])).toEqual([
    ['incident.opened', 'alert'],
    ['incident.resolved', 'alert'],
  ])
})

test('a problem that comes back is the same incident until that is closed', async () => {
  await send(about(firing!, 'flap', { alertname: 'Flap' }))
  const [first] = await incidents('created>-1m state:new')
  await send(about(resolved!, 'flap'))
  await send(about(firing!, 'flap'))
  expect(await admin.call(getRecord, { key: first!.id })).toMatchObject({ state: 'in_progress', reopenCount: 1 })
  await send(about(resolved!, 'flap'))
  await admin.call(closeIncident, { id: first!.id })
  await send(about(firing!, 'flap'))
  expect(await incidents('state:new')).toHaveLength(1)
})

test('fifty deliveries of a new problem at once open one incident', async () => {
  const body = about(firing!, 'storm', { alertname: 'Storm', severity: 'warning' })
  const replies = await Promise.all(Array.from({ length: 50 }, () => send(body)))
  expect(new Set(replies.map(({ statusCode }) => statusCode))).toEqual(new Set([200]))
  const [incident, ...more] = await incidents('created>-1m priority:3')
  expect(more).toEqual([])
  expect(await admin.call(getRecord, { key: incident!.id })).toMatchObject({ occurrenceCount: 50 })
})

test('labels name the service, and an open mandatory step keeps the incident open', async () => {
  await send(about(firing!, 'shop', { service: 'web shop' }))
  const [incident] = await incidents('service:"Web shop"')
  await admin.call(addTask, { itemId: incident!.id, title: 'Check the tills', mandatory: true })
  await send(about(resolved!, 'shop'))
  expect(await admin.call(getRecord, { key: incident!.id })).toMatchObject({ state: 'new' })
  expect(await admin.call(listNotes, { itemId: incident!.id })).toMatchObject([{ author: { name: 'Steward' } }])
})

test('a wrong token, a stopped source and a foreign body are refused, and nothing is written', async () => {
  const before = (await admin.call(listSources, {}))[0]!.signals
  expect((await send(firing!, 'src_wrong-wrong-wrong')).statusCode).toBe(401)
  expect((await send('{"version":"3"}')).statusCode).toBe(400)
  expect((await send('[')).statusCode).toBe(400)
  await admin.call(changeSource, { id: source.id, active: false })
  expect((await send(firing!)).statusCode).toBe(401)
  expect((await admin.call(listSources, {}))[0]!.signals).toBe(before)
})
