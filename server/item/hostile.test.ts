import { expect, test } from 'vitest'
import { openIncident } from '#shared/incident.ts'
import { listAttachments } from '#shared/item/attachments.ts'
import { addComment, addNote, listComments, listNotes } from '#shared/item/conversation.ts'
import { addCustomField } from '#shared/item/custom.ts'
import { hostileFiles, hostileLines, hostileTexts } from '#shared/item/hostile.fixture.ts'
import { setTags } from '#shared/item/item.ts'
import { getRecord, listRecords } from '#shared/records.ts'
import { testDesk } from '#test/desk.ts'

const desk = await testDesk()
const admin = await desk.administrator('Ada')
const sam = await desk.agent('Sam Ortiz')

test.for(hostileFiles.map((file) => [file.name, file] as const))(
  'the file %j is what its bytes say, is given out as that, and never runs',
  async ([name, { says, content, kept }]) => {
    const { id: itemId } = await sam.call(openIncident, { title: 'With a file' })
    const form = new FormData()
    form.set('file', new Blob([content], { type: says }), name)
    const body = new Response(form)
    const sent = await desk.inject({
      method: 'POST',
      url: `/api/items/${itemId}/attachments`,
      headers: { authorization: sam.id, 'content-type': body.headers.get('content-type')! },
      payload: Buffer.from(await body.arrayBuffer()),
    })
    expect(sent.statusCode, sent.body).toBe(200)
    const [listed] = await sam.call(listAttachments, { itemId })
    expect(listed).toMatchObject({ name: kept.name, type: kept.type, size: content.length })

    const url = `/api/attachments/${listed!.id}/content`
    const got = await desk.inject({ method: 'GET', url, headers: { authorization: sam.id } })
    expect(got.rawPayload.equals(Buffer.from(content))).toBe(true)
    expect(got.headers).toMatchObject({
      'content-type': kept.type,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    })
    const disposition = String(got.headers['content-disposition'])
    expect(disposition).toMatch(kept.shown ? /^inline; filename="[^"\\]*"; / : /^attachment; filename="[^"\\]*"; /)
    expect(decodeURIComponent(disposition.split("UTF-8''")[1]!)).toBe(kept.name)
  },
)

test('whatever people write comes back as they wrote it, as JSON that no browser takes for a page', async () => {
  const label = hostileLines[0]!
  await admin.call(addCustomField, { kind: 'incident', name: 'odd', label, type: 'text', shownToRequesters: true })
  for (const line of hostileLines) {
    const made = await sam.call(openIncident, { title: line, description: line, custom: { odd: line } })
    await sam.call(setTags, { itemId: made.id, tags: [line.slice(0, 40)] }).catch(() => {})
    expect(await sam.call(getRecord, { key: made.id })).toMatchObject({
      title: line,
      description: line,
      custom: { odd: line },
    })
    expect((await sam.call(listRecords, { filter: JSON.stringify(line) })).records.length).toBeLessThanOrEqual(50)
  }
  const { id: itemId } = await sam.call(openIncident, { title: 'Talk' })
  const pages = Array.from({ length: Math.ceil(hostileTexts.length / 40) }, (_, at) =>
    hostileTexts.slice(at * 40, at * 40 + 40).join('\n\n'),
  )
  for (const body of pages) {
    await sam.call(addComment, { itemId, body })
    await sam.call(addNote, { itemId, body })
  }
  const said = async (list: typeof listComments | typeof listNotes) =>
    (await sam.call(list, { itemId })).map(({ body }) => body)
  expect(await said(listComments)).toEqual(pages)
  expect(await said(listNotes)).toEqual(pages)

  const reply = await desk.inject({
    method: 'GET',
    url: `/api/items/${itemId}/comments`,
    headers: { authorization: sam.id },
  })
  expect(reply.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining("script-src 'self'"),
  })
})
