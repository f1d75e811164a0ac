import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { Certificate } from '#shared/import/certificate.ts'
import { colourRules, desktop, phone, startBrowser, violations, visit } from './browser.ts'
import { startOwnDesk } from './desk.ts'

const log = fileURLToPath(new URL('../server/import/fixtures/servicenow-incident-log-890.csv.gz', import.meta.url))
const [desk, browser] = await Promise.all([startOwnDesk(), startBrowser()])

/** What is wrong with the page for people who cannot see or touch it as others do, in both colours. */
async function faults(page: Page) {
  const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth + 1')
  const light = await violations(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await violations(page, colourRules)
  await page.emulateMedia({ colorScheme: 'light' })
  return [...(wide ? ['scrolls sideways'] : []), ...light, ...dark]
}

test('an administrator drops a log, sees how it is read, brings it in, and keeps the certificate', async () => {
  const { page, errors } = await visit(browser, desk.url, { size: desktop, as: desk.ada })
  await page.goto('/admin/imports')
  await page.getByText('Nothing has been brought in yet').waitFor()
  expect(await faults(page)).toEqual([])
  await page.getByLabel('File to bring in').setInputFiles(log)

  await page.getByRole('heading', { name: 'servicenow-incident-log-890.csv.gz' }).waitFor()
  await page.getByText('5,998 rows and 36 columns', { exact: false }).waitFor()
  expect(await page.getByLabel('What assignment_group becomes').inputValue()).toBe('team')
  expect(await page.getByLabel('What Awaiting Vendor means for states').inputValue()).toBe('waiting vendor')
  await page.getByText('Category 55, Subcategory 170, Symptom 72').first().waitFor()
  await page.getByLabel('What code 6 means for resolutions').selectOption('workaround')
  await page.getByLabel('Whose records').fill('Norvik Marine')
  await page.keyboard.press('Enter')
  await page.getByLabel('Name for this mapping').fill('Our ServiceNow')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Read it as “Our ServiceNow”' }).waitFor()
  await expect.poll(() => page.getByLabel('Whose records').inputValue()).toBe('Norvik Marine')
  expect(await faults(page)).toEqual([])

  await page.getByLabel('Use these priorities at this desk').check()
  await page.getByRole('button', { name: 'Start the import' }).click()
  await page.getByRole('progressbar').waitFor()
  await page.getByRole('heading', { name: 'Certificate' }).waitFor({ timeout: 120_000 })
  await page.getByText('887 of 890').waitFor()
  await page.getByText('56.1 %').waitFor()
  await page.getByText('INC0001252', { exact: false }).first().waitFor()
  expect(await faults(page)).toEqual([])
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as JSON' }).click(),
  ])
  const certificate = Certificate.parse(JSON.parse(readFileSync(await download.path(), 'utf8')))
  expect(certificate).toMatchObject({ incidents: 890, events: 5998, hashes: { equal: true } })
  await page.goto('/t/INC0000047')
  await page.getByRole('heading', { name: 'Category 40, Subcategory 215, Symptom 471' }).waitFor()
  expect(errors).toEqual([])
}, 240_000)

test('on a phone a broken row is listed and can be downloaded, and the import shows among the earlier ones', async () => {
  const { page, errors } = await visit(browser, desk.url, { size: phone, as: desk.ada })
  const file = join(desk.data, 'tickets.csv')
  writeFileSync(file, 'Number,Title,Status,Created\nT-1,Fine,Open,2024-01-13\nT-2,Broken,Open,never\n')
  await page.goto('/admin/imports')
  await page.getByLabel('File to bring in').setInputFiles(file)
  await page.getByText('2 rows and 4 columns', { exact: false }).waitFor()
  await page.getByText('Not taken: Created is no time: “never”').waitFor()
  expect(await faults(page)).toEqual([])
  await page.getByRole('button', { name: 'Start the import' }).click()
  await page.getByRole('heading', { name: 'Rows that were not taken' }).waitFor({ timeout: 60_000 })
  expect(await faults(page)).toEqual([])
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download as CSV' }).click(),
  ])
  expect(readFileSync(await download.path(), 'utf8')).toContain('3,Created is no time: “never”,T-2,Broken,Open,never')
  await page.getByRole('button', { name: 'All imports' }).click()
  await page.getByRole('link', { name: 'tickets.csv' }).waitFor()
  expect(errors).toEqual([])
}, 120_000)
