import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { assignIncident, closeIncident, openIncident, resolveIncident } from '#shared/incident.ts'
import { getRecord, listRecords } from '#shared/records.ts'
import { answer, colourRules, desktop, phone, startBrowser, violations, visit } from './browser.ts'
import { startOwnDesk } from './desk.ts'

const [desk, browser] = await Promise.all([startOwnDesk(), startBrowser()])
const team = await desk.team('Workplace')
const sam = await desk.person('Sam Analyst', 'analyst', [team.id])
const amara = await desk.person('Amara Analyst', 'analyst', [team.id])
const ids: string[] = []
for (let at = 0; at < 120; at += 1) ids.push((await sam.call(openIncident, { title: `Badge ${at} is dead` })).id)

const assigneesOf = async (filter: string) =>
  (await sam.call(listRecords, { kind: 'incident', filter, limit: 200 })).records.map(({ assignee }) => assignee?.name)

/** In light and dark, at a desk and on a phone. */
async function expectAccessible(page: Page) {
  expect(await violations(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await violations(page, colourRules)).toEqual([])
  await page.setViewportSize(phone.viewport)
  expect(await violations(page)).toEqual([])
  await page.setViewportSize(desktop.viewport)
  await page.emulateMedia({ colorScheme: 'light' })
}

test('an analyst hands a hundred incidents to a colleague, sees how far that is on another page, and takes it back', async () => {
  await sam.call(resolveIncident, { id: ids[0]!, code: 'fixed', notes: 'New badge' })
  await sam.call(closeIncident, { id: ids[0]! })
  const { page, errors } = await visit(browser, desk.url, { size: desktop, as: sam })
  await page.goto('/q?f=title:badge')
  await page.getByRole('row').filter({ hasText: 'Badge 119' }).waitFor()
  await page.getByRole('checkbox', { name: 'Select all that are loaded' }).check()
  await page.getByRole('button', { name: 'Select all 120 that match' }).click()
  await page.getByText('All 120 that match selected').waitFor()
  await expectAccessible(page)
  await answer(page, 'a', 'Amara Analyst')

  const dialog = page.getByRole('dialog', { name: 'Change all 120 incidents' })
  await dialog.getByText(/w(ill|ould) change/).waitFor()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: /^Change/ }).click()
  const under = page.getByRole('region', { name: 'Under way' })
  await under.getByText('Assigned to Amara Analyst').waitFor()
  await page.goto('/people')
  await page.getByText('Assigned to Amara Analyst: 119 changed, 1 refused').waitFor()
  expect(await assigneesOf('title:badge assignee:any')).toHaveLength(119)

  await amara.call(assignIncident, { id: ids[5]!, assigneeId: sam.id })
  await page.keyboard.press('z')
  await under.getByText('Taking back').waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByText('118, 1 left as they are').waitFor()
  await page.getByText(/Amara Analyst changed it since/).waitFor()
  expect(await assigneesOf('title:badge assignee:any')).toEqual(['Sam Analyst'])
  expect(errors).toEqual([])
}, 180_000)

test('a few are changed at once, and taken back later from the palette', async () => {
  const few: string[] = []
  for (const title of ['Lamp one', 'Lamp two', 'Lamp three']) few.push((await sam.call(openIncident, { title })).id)
  const { page, errors } = await visit(browser, desk.url, { size: desktop, as: sam })
  await page.goto('/q?f=title:lamp')
  await page.getByRole('row').filter({ hasText: 'Lamp three' }).waitFor()
  for (const key of ['x', 'Shift+j', 'Shift+j', 'i']) await page.keyboard.press(key)
  await page.getByText('Assigned to me: 3 changed').waitFor()
  expect((await sam.call(getRecord, { key: few[2]! })).assignee?.name).toBe('Sam Analyst')
  await page.getByRole('button', { name: 'Dismiss' }).first().click()
  await answer(page, 'Control+k', 'Undo: Assigned to me')
  await page.getByText('Undone: Assigned to me').waitFor()
  expect((await sam.call(getRecord, { key: few[2]! })).assignee).toBeNull()
  expect(errors).toEqual([])
}, 120_000)
