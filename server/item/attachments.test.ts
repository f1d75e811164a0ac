import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { testDesk } from '#test/desk.ts'
import { listAttachments, removeAttachment } from '#shared/item/attachments.ts'
import { listHistory } from '#shared/item/history.ts'
import { scanWith } from '#server/core/scan.ts'
import { record } from './record.fixture.ts'

const desk = await testDesk()
const sam = await desk.agent('Sam Ortiz')
const rita = await desk.requester('Rita Lindt')
const dir = await mkdtemp(join(tmpdir(), 'steward-scanner-'))
afterAll(() => rm(dir, { recursive: true }))
const scanBy = (scan: ReturnType<typeof scanWith> | null) => Object.assign(desk.desk.ports, { scan })
afterEach(() => scanBy(null))

interface Sent {
  readonly name?: string
  readonly type?: string
  readonly fields?: Record<string, string>
  readonly part?: string
}

async function upload(
  who: { id: string },
  itemId: string,
  content: string | Buffer<ArrayBuffer> | null,
  sent: Sent = {},
) {
  const form = new FormData()
  for (const [name, value] of Object.entries(sent.fields ?? {})) form.set(name, value)
  const blob = new Blob([content ?? ''], { type: sent.type ?? 'text/html' })
  if (content !== null) form.set(sent.part ?? 'file', blob, sent.name ?? 'notes.txt')
  const body = new Response(form)
  const reply = await desk.inject({
    method: 'POST',
    url: `/api/items/${itemId}/attachments`,
    headers: { authorization: who.id, 'content-type': body.headers.get('content-type')! },
    payload: Buffer.from(await body.arrayBuffer()),
  })
  return { status: reply.statusCode, body: reply.json() }
}

const read = (who: { id: string }, id: string, headers: Record<string, string> = {}) =>
  desk.inject({ method: 'GET', url: `/api/attachments/${id}/content`, headers: { authorization: who.id, ...headers } })

const png = Buffer.from('\x89PNG\r\n\x1a\n and so on', 'latin1')

test('a file that the requester attaches is listed, read back byte for byte, and told of in the history', async () => {
  const { itemId } = await record(desk, rita)
  const { status, body } = await upload(rita, itemId, 'It says PC LOAD LETTER', { name: 'Notizen für Sam.txt' })

  expect([status, body]).toMatchObject([
    200,
    {
      name: 'Notizen für Sam.txt',
      type: 'text/plain',
      size: 22,
      internal: false,
      state: 'ready',
      by: { name: 'Rita Lindt' },
    },
  ])
  expect(await sam.call(listAttachments, { itemId })).toEqual([body])
  const reply = await read(sam, body.id)
  expect(reply.body).toBe('It says PC LOAD LETTER')
  expect(reply.headers).toMatchObject({
    'content-type': 'text/plain',
    'content-disposition': `attachment; filename="Notizen f_r Sam.txt"; filename*=UTF-8''Notizen%20f%C3%BCr%20Sam.txt`,
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'content-length': '22',
    etag: `"${body.sha256}"`,
  })
  expect((await read(sam, body.id, { 'if-none-match': `"${body.sha256}"` })).statusCode).toBe(304)
  expect((await rita.call(listHistory, { itemId })).at(-1)).toMatchObject({
    name: 'item.attached',
    data: { attachmentId: body.id, sha256: body.sha256 },
  })
})

test('a picture is shown in the page; what could run is only ever handed over as bytes', async () => {
  const { itemId } = await record(desk, rita)
  const served = async (name: string, content: string | Buffer<ArrayBuffer>, type: string) => {
    const { body } = await upload(rita, itemId, content, { name, type })
    const { headers } = await read(sam, body.id)
    return [headers['content-type'], String(headers['content-disposition']).split(';')[0]]
  }

  expect(await served('screen.png', png, 'image/png')).toEqual(['image/png', 'inline'])
  const bytes = ['application/octet-stream', 'attachment']
  expect(await served('page.html', '<script>alert(1)</script>', 'text/html')).toEqual(bytes)
  expect(await served('logo.svg', '<svg onload="alert(1)"/>', 'image/svg+xml')).toEqual(bytes)
  expect(await served('really.png', '<script>alert(1)</script>', 'image/png')).toEqual(bytes)
  expect(await served('run.js', 'alert(1)', 'text/javascript')).toEqual(bytes)
})

test('what is empty, missing, too large, oddly named or no form at all is refused', async () => {
  const { itemId } = await record(desk, rita)
  const large = Buffer.alloc(25 * 1024 * 1024 + 1)

  expect(await upload(rita, itemId, '')).toMatchObject({ status: 400, body: { detail: 'notes.txt is empty' } })
  expect(await upload(rita, itemId, null, { fields: { internal: 'false' } })).toMatchObject({ status: 400 })
  expect(await upload(rita, itemId, large)).toMatchObject({ status: 413 })
  expect(await upload(rita, itemId, 'x', { part: 'upload' })).toMatchObject({ status: 400 })
  expect(await upload(rita, itemId, 'x', { fields: { public: 'true' } })).toMatchObject({ status: 400 })
  const plain = await desk.inject({
    method: 'POST',
    url: `/api/items/${itemId}/attachments`,
    headers: { authorization: rita.id, 'content-type': 'application/json' },
    payload: '{}',
  })
  expect(plain.statusCode).toBe(400)
  expect(await sam.call(listAttachments, { itemId })).toEqual([])

  const exact = await upload(rita, itemId, large.subarray(1), { name: '../..\\a\u202Egpj.exe' })
  expect(exact).toMatchObject({ status: 200, body: { size: 25 * 1024 * 1024, name: 'agpj.exe' } })
})

test('INC-10: a requester can neither see, read nor make an internal file', async () => {
  const { itemId } = await record(desk, rita)
  const { body } = await upload(sam, itemId, 'Her contract ends soon', { fields: { internal: 'true' } })

  expect((await read(sam, body.id)).statusCode).toBe(200)
  expect((await read(rita, body.id)).statusCode).toBe(404)
  expect(await rita.call(listAttachments, { itemId })).toEqual([])
  expect(JSON.stringify(await rita.call(listHistory, { itemId }))).not.toContain(body.sha256)
  expect((await upload(rita, itemId, 'x', { fields: { internal: 'true' } })).status).toBe(403)

  await sam.call(removeAttachment, { itemId, id: body.id })
  expect(await rita.call(listHistory, { itemId })).toHaveLength(1)
})

test('the files of a record that one may not see are not there', async () => {
  const { itemId } = await record(desk, rita)
  const { body } = await upload(rita, itemId, 'mine')
  const otto = await desk.requester('Otto Brandt')

  expect((await read(otto, body.id)).statusCode).toBe(404)
  expect((await upload(otto, itemId, 'mine too')).status).toBe(404)
  expect((await read({ id: '' }, body.id)).statusCode).toBe(401)
  expect((await read(sam, 'not-an-id')).statusCode).toBe(404)
})

test('a file taken off one record stays on another that has the same', async () => {
  const [one, other] = [await record(desk, rita), await record(desk, rita)]
  const first = await upload(rita, one.itemId, 'the same')
  const second = await upload(rita, other.itemId, 'the same')
  expect(first.body.sha256).toBe(second.body.sha256)

  await sam.call(removeAttachment, { itemId: one.itemId, id: first.body.id })
  await desk.pass(48)

  expect((await read(rita, first.body.id)).statusCode).toBe(404)
  expect((await read(rita, second.body.id)).body).toBe('the same')
  expect((await sam.call(listHistory, { itemId: one.itemId })).at(-1)).toMatchObject({
    name: 'item.detached',
    by: { name: 'Sam Ortiz' },
    data: { name: 'notes.txt' },
  })
  await expect(rita.call(removeAttachment, { itemId: other.itemId, id: second.body.id })).rejects.toThrow('403')
})

test('the bytes that no record has any more are swept a day later', async () => {
  const { itemId } = await record(desk, rita)
  const { body } = await upload(rita, itemId, 'nobody needs this')
  await sam.call(removeAttachment, { itemId, id: body.id })
  expect(await desk.desk.ports.files.has(body.sha256)).toBe(true)

  await sweep()
  expect(await desk.desk.ports.files.has(body.sha256)).toBe(true)
  vi.setSystemTime(Date.now() + 25 * 3_600_000)
  await sweep()
  expect(await desk.desk.ports.files.has(body.sha256)).toBe(false)
})

const sweep = async () => (await import('#server/core/sweep.ts')).sweepFiles.run(desk.desk, {})

test('a requester attaches nothing to a closed record', async () => {
  const { itemId } = await record(desk, rita, { state: 'closed' })

  expect(await upload(rita, itemId, 'again')).toMatchObject({ status: 409 })
  expect((await upload(sam, itemId, 'for the file', { fields: { internal: 'true' } })).status).toBe(200)
})

test('where files are scanned, each is held back until it was found harmless', async () => {
  const scanner = join(dir, 'scan.sh')
  await writeFile(scanner, '#!/bin/sh\n! grep -q EICAR "$2"\n')
  await chmod(scanner, 0o700)
  scanBy(scanWith(`${scanner} --quiet`))
  const { itemId } = await record(desk, rita)
  const good = (await upload(rita, itemId, 'harmless')).body
  const bad = (await upload(rita, itemId, 'EICAR-TEST')).body
  expect([good.state, (await read(sam, good.id)).statusCode]).toEqual(['quarantined', 403])

  await desk.settle()

  const states = (await sam.call(listAttachments, { itemId })).map(({ state }) => state)
  expect(states).toEqual(['ready', 'quarantined'])
  expect((await read(rita, good.id)).body).toBe('harmless')
  expect((await read(sam, bad.id)).statusCode).toBe(403)
})

test('a scanner that cannot be run lets nothing through', async () => {
  scanBy(scanWith('/nowhere/scanner'))
  const { itemId } = await record(desk, rita)
  const { body } = await upload(rita, itemId, 'unknown')

  await desk.settle()

  expect((await read(sam, body.id)).statusCode).toBe(403)
})
