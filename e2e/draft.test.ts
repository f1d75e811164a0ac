import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openIncident } from '#shared/incident.ts'
import { listComments } from '#shared/item/conversation.ts'
import { keepReplyDraft, readDrafts } from '#shared/item/drafts.ts'
import { getRecord } from '#shared/records.ts'
import { desktop, startBrowser, visit } from './browser.ts'
import { startOwnDesk } from './desk.ts'

const [desk, browser] = await Promise.all([startOwnDesk(), startBrowser()])
const team = await desk.team('Workplace')
const rita = await desk.person('Rita Requester', 'requester')
const sam = await desk.person('Sam Analyst', 'analyst', [team.id])

async function ticket(title: string) {
  const { id, number } = await rita.call(openIncident, { title })
  return { itemId: id, number }
}

async function open(path: string, as = sam) {
  const { page } = await visit(browser, desk.url, { size: desktop, as })
  await page.goto(path)
  return page
}

const reply = (page: Page) => page.getByLabel('Reply to Rita Requester')
const said = async (itemId: string) => (await sam.call(listComments, { itemId })).map(({ body }) => body)

test('a draft survives a reload and is there in another browser, marked in the list, and gone once it is sent', async () => {
  const { itemId, number } = await ticket('The lift hums')
  const page = await open(`/t/${number}`)
  await reply(page).fill('We listen to it')
  await page.getByText('Draft saved').waitFor()
  await page.reload()
  await expect.poll(() => reply(page).inputValue()).toBe('We listen to it')

  const other = await open('/q?view=open')
  const row = other.getByRole('row').filter({ hasText: 'The lift hums' })
  await row.getByText('Draft', { exact: true }).waitFor()
  await row.click()
  await other.getByText('We listen to it').waitFor()
  await reply(other).fill('We listen to it tomorrow')
  await reply(other).press('Control+Enter')
  await other.getByRole('button', { name: 'Send now' }).click()

  await expect.poll(() => said(itemId)).toEqual(['We listen to it tomorrow'])
  await row.getByText('Draft', { exact: true }).waitFor({ state: 'detached' })
  await expect.poll(() => reply(page).inputValue()).toBe('')
  await page.reload()
  await reply(page).waitFor()
  await page.waitForTimeout(1000)
  expect(await reply(page).inputValue()).toBe('')
  for (const one of [page, other]) await one.context().close()
})

test('what is typed while the desk cannot be reached stays, is brought there later, and meets what was written elsewhere', async () => {
  const { itemId, number } = await ticket('The door sticks')
  const page = await open(`/t/${number}`)
  await reply(page).waitFor()
  await page.context().setOffline(true)
  await reply(page).fill('Push harder')
  await page.getByText('Draft kept in this browser').waitFor()
  await sam.call(keepReplyDraft, { itemId, body: 'Oil is on its way', base: 0 })
  await page.context().setOffline(false)
  await page.reload()

  await page.getByText('What you wrote in another window was added').waitFor()
  await expect.poll(() => reply(page).inputValue()).toBe('Push harder\n\nOil is on its way')
  await expect
    .poll(async () => (await sam.call(readDrafts, { itemId }))[0]?.body)
    .toBe('Push harder\n\nOil is on its way')
  await page.context().close()
})

test('a discarded draft is gone everywhere, and can be had again for some seconds', async () => {
  const { itemId, number } = await ticket('The clock is late')
  const page = await open(`/t/${number}`)
  await reply(page).fill('So am I')
  await page.getByRole('button', { name: 'Discard the draft' }).click()
  await expect.poll(async () => (await sam.call(readDrafts, { itemId }))[0]?.body).toBe('')

  await page.getByText('Draft discarded').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => reply(page).inputValue()).toBe('So am I')
  await expect.poll(async () => (await sam.call(readDrafts, { itemId }))[0]?.body).toBe('So am I')
  await page.context().close()
})

test('a reply can be taken back before it is sent, by its key, and is a draft again', async () => {
  const { itemId, number } = await ticket('The chair squeaks')
  const page = await open(`/t/${number}`)
  await reply(page).fill('Sit stil')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Send now' }).waitFor()
  await page.keyboard.press('z')

  await page.getByText('Draft saved').waitFor()
  expect(await reply(page).evaluate((box) => box === document.activeElement)).toBe(true)
  await page.waitForTimeout(7000)
  expect(await said(itemId)).toEqual([])

  await reply(page).fill('Sit still')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => said(itemId), { timeout: 10_000 }).toEqual(['Sit still'])
  await page.context().close()
})

test('who goes on to another record, or closes the page, has sent the reply all the same, and once', async () => {
  const [first, second] = [await ticket('The fan rattles'), await ticket('The fan stinks')]
  const page = await open(`/q?view=open&peek=${first.number}`)
  await reply(page).fill('On my way')
  const row = page.getByRole('row').filter({ hasText: 'The fan rattles' })
  await row.getByText('Draft', { exact: true }).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Next record' }).click()
  await page.getByText('Sent', { exact: true }).waitFor()
  expect(await said(first.itemId)).toEqual(['On my way'])
  await row.getByText('Draft', { exact: true }).waitFor({ state: 'detached' })

  await page.goto(`/t/${second.number}`)
  await reply(page).fill('Open a window')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Send now' }).waitFor()
  await page.close({ runBeforeUnload: false })
  await expect.poll(() => said(second.itemId)).toEqual(['Open a window'])
  await new Promise((resume) => setTimeout(resume, 1000))
  expect(await said(second.itemId)).toEqual(['Open a window'])
  await page.context().close()
})

test('one press sends a reply and goes on to resolve; who goes back there has sent nothing', async () => {
  const { itemId, number } = await ticket('The light flickers')
  const page = await open(`/t/${number}`)
  await reply(page).waitFor()
  await page.keyboard.press('i')
  await page.getByText('Assigned to me').waitFor()
  await reply(page).fill('A new bulb')
  await page.keyboard.press('Control+Shift+Enter')
  await page.getByRole('button', { name: 'Back', exact: true }).click()
  expect(await said(itemId)).toEqual([])

  await reply(page).press('Control+Shift+Enter')
  await page.getByLabel('What was done').fill('Changed the bulb')
  await page.getByRole('button', { name: 'Send and resolve' }).last().click()
  await page.getByText('Resolved').first().waitFor()
  expect(await said(itemId)).toEqual(['A new bulb'])
  expect((await sam.call(getRecord, { key: number })).state).toBe('resolved')
  await page.context().close()
})

test('a requester’s answer is a draft until it is sent, too', async () => {
  const { itemId, number } = await ticket('The tap drips')
  const page = await open(`/portal/requests/${number}`, rita)
  const box = page.getByLabel('Write to the desk').last()
  await box.fill('Still dripping')
  await page.getByText('Draft saved').waitFor()
  await page.reload()
  await expect.poll(() => box.inputValue()).toBe('Still dripping')

  await box.press('Control+Enter')
  await expect.poll(() => said(itemId)).toEqual(['Still dripping'])
  await expect.poll(() => box.inputValue()).toBe('')
  expect((await rita.call(readDrafts, { itemId })).map(({ body }) => body)).toEqual([''])
  await page.context().close()
})
