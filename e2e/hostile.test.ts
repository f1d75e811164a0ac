import { expect, test } from 'vitest'
import { openIncident, reopenIncident, resolveIncident } from '#shared/incident.ts'
import { addComment, addNote } from '#shared/item/conversation.ts'
import { addCustomField } from '#shared/item/custom.ts'
import { hostileFiles, hostileLines, hostileTexts } from '#shared/item/hostile.fixture.ts'
import { addTask } from '#shared/item/tasks.ts'
import { addService } from '#shared/service.ts'
import { desktop, startBrowser, visit } from './browser.ts'
import { startOwnDesk, type Person } from './desk.ts'

const [desk, browser] = await Promise.all([startOwnDesk(), startBrowser()])

test('nothing that people write or attach ever runs, on no page, and none of it calls another server', async () => {
  const rita = await desk.person('Rita Requester', 'requester')
  const { number, files } = await furnish(rita)
  const { page, watched } = await guarded(desk.ada)
  await page.goto('/q')
  await page.getByRole('row').nth(5).waitFor()
  await page.goto(`/t/${number}`)
  await page.getByRole('list', { name: 'Conversation' }).getByText('ran=1').first().waitFor()
  await page.getByRole('tab', { name: 'History' }).click()
  await page.getByRole('list', { name: 'History' }).getByText('reopened it').waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('ran')
  await page.getByRole('option').filter({ hasText: 'ran' }).first().waitFor()
  await page.keyboard.press('Escape')
  for (const path of ['/admin/audit', '/admin/fields', '/admin/services', '/people']) {
    await page.goto(path)
    await page.getByRole('heading').first().waitFor()
    await page.waitForTimeout(300)
  }
  for (const id of files) {
    const shown = await page.goto(`/api/attachments/${id}/content`).catch(() => null)
    expect(await page.evaluate('window.ran'), shown?.headers()['content-type']).toBeUndefined()
  }
  expect(await watched()).toEqual({ ran: [], blocked: [], elsewhere: [], errors: [] })

  const { page: portal, watched: there } = await guarded(rita)
  await portal.goto(`/portal/requests/${number}`)
  await portal.getByText('ran=1').first().waitFor()
  await portal.goto('/portal/requests')
  await portal.getByRole('listitem').nth(5).waitFor()
  expect(await there()).toEqual({ ran: [], blocked: [], elsewhere: [], errors: [] })
})

/** A page that notes what ran, what the browser had to block, and whom else it called. */
async function guarded(as: Person) {
  const { page, errors } = await visit(browser, desk.url, { size: desktop, as })
  const [ran, blocked, elsewhere]: string[][] = [[], [], []]
  await page.exposeFunction('noteBlocked', (what: string) => blocked!.push(what))
  await page.addInitScript(() => {
    const told = globalThis as unknown as { noteBlocked: (what: string) => void }
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      told.noteBlocked(`${violatedDirective} ${blockedURI}`),
    )
    Object.defineProperty(globalThis, 'ran', {
      set() {
        told.noteBlocked('a script ran')
      },
      configurable: true,
    })
  })
  page.on('dialog', (dialog) => {
    ran!.push(dialog.message())
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (origin !== desk.url && protocol.startsWith('http')) elsewhere!.push(request.url())
  })
  const watched = async () => {
    await page.waitForTimeout(300)
    return { ran, blocked, elsewhere, errors }
  }
  return { page, watched }
}

/** One record with every odd text in every place, and some more whose titles are odd. */
async function furnish(rita: Person) {
  const odd = hostileLines[2]!
  await desk.ada.call(addCustomField, {
    kind: 'incident',
    name: 'odd',
    label: odd,
    type: 'text',
    shownToRequesters: true,
  })
  const service = await desk.ada.call(addService, { name: odd, tier: 2 })
  for (const title of hostileLines) await rita.call(openIncident, { title, description: title, custom: { odd: title } })
  const { id, number } = await rita.call(openIncident, {
    title: odd,
    description: hostileTexts.slice(0, 60).join('\n\n'),
    serviceId: service.id,
    custom: { odd },
  })
  for (let at = 0; at < hostileTexts.length; at += 60) {
    const body = hostileTexts.slice(at, at + 60).join('\n\n')
    await rita.call(addComment, { itemId: id, body })
    if (at < 240) await desk.ada.call(addNote, { itemId: id, body })
  }
  await desk.ada.call(addTask, { itemId: id, title: odd })
  await desk.ada.call(resolveIncident, { id, code: 'fixed', notes: odd })
  await rita.call(reopenIncident, { id, reason: odd })
  const files: string[] = []
  for (const file of hostileFiles) files.push(await attach(rita, id, file))
  return { number, files }
}

async function attach({ cookie }: Person, itemId: string, { name, says, content }: (typeof hostileFiles)[number]) {
  const body = new FormData()
  body.set('file', new Blob([content], { type: says }), name)
  const headers = { cookie, 'x-steward': '1' }
  const reply = await fetch(`${desk.url}/api/items/${itemId}/attachments`, { method: 'POST', headers, body })
  const { id, detail } = (await reply.json()) as { id?: string; detail?: string }
  if (id === undefined) throw new Error(detail)
  return id
}
