import { expect, test } from 'vitest'
import { addCalendar } from '#shared/calendar.ts'
import { holdIncident, openIncident, startIncident } from '#shared/incident.ts'
import { addDefinition, listClocks } from '#shared/sla.ts'
import { startingTerms } from '#shared/sla/terms.ts'
import { desktop, phone, startBrowser, violations, visit } from './browser.ts'
import { startOwnDesk } from './desk.ts'

const [desk, browser] = await Promise.all([startOwnDesk(), startBrowser()])
const team = await desk.team('Network', [desk.ada])
const always = Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }])

test('a service manager sets up hours and a promise, and is warned of a trap before it is made', async () => {
  const { page, errors } = await visit(browser, desk.url, { size: desktop, as: desk.ada })
  await page.goto('/admin/calendars')
  await page.getByRole('button', { name: 'New calendar' }).click()
  await page.getByLabel('Name').fill('Office')
  await page.getByLabel('Monday', { exact: true }).fill('8-12, 13-17')
  await page.getByRole('button', { name: 'Monday’s hours on all weekdays' }).click()
  expect(await page.getByLabel('Friday').inputValue()).toBe('8-12, 13-17')
  await page.getByLabel('Date').fill('2031-12-24')
  await page.getByLabel('What it is').fill('Half a day')
  await page.getByLabel('Hours', { exact: true }).fill('8-12')
  await page.getByRole('button', { name: 'Add the day' }).click()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Mon to Fri 08:00–12:00, 13:00–17:00').waitFor()

  await page.goto('/admin/service-levels')
  await page.getByRole('button', { name: 'New promise' }).click()
  await page.getByLabel('Name').fill('Solved in four hours')
  await page.getByLabel('Runs while').fill('state:in_progress')
  await page.getByText('a pause would cancel the clock').waitFor()
  await page.getByLabel('Runs while').fill('priority:5')
  await page.getByText('a pause would cancel the clock').waitFor({ state: 'hidden' })
  await page.getByLabel('How long').fill('4h')
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('cell', { name: '4 h', exact: true }).waitFor()
  await page.context().close()
  expect(errors).toEqual([])
})

test('an analyst sees how long is left, why, and what waits; on a phone too', async () => {
  await desk.ada.call(addCalendar, { name: 'Always', zone: 'UTC', week: always })
  const terms = { ...startingTerms, start: 'tags:strip', within: { by: 'time' as const, minutes: 120 } }
  await desk.ada.call(addDefinition, { name: 'Solved in two hours', type: 'sla', target: 'resolution', terms })
  const { id, number } = await desk.ada.call(openIncident, { title: 'No network', tags: ['strip'], teamId: team.id })
  for (const size of [desktop, phone]) {
    const { page, errors } = await visit(browser, desk.url, { size, as: desk.ada })
    await page.goto(`/t/${number}`)
    const strip = page.getByRole('region', { name: 'Service levels' })
    await strip.getByText('left of 2 h').waitFor()
    await strip.getByRole('button', { name: 'Why?' }).click()
    const panel = page.getByRole('dialog')
    await panel.getByText('“tags:strip” holds: Tags is strip').waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await desk.ada.call(holdIncident, { id, reason: 'vendor' })
    await expect.poll(() => strip.getByText('Paused', { exact: true }).count()).toBe(2)
    await desk.ada.call(startIncident, { id })
    await expect.poll(() => strip.getByText('Paused', { exact: true }).count()).toBe(0)
    await page.context().close()
    expect(errors).toEqual([])
  }
  const { clocks } = await desk.ada.call(listClocks, { itemId: id })
  expect(clocks.find(({ name }) => name === 'Solved in two hours')?.steps.map(({ did }) => did)).toEqual([
    'attached',
    'paused',
    'resumed',
    'paused',
    'resumed',
  ])
})

test('the queue shows when each record is due, and sorts by it', async () => {
  const { page, errors } = await visit(browser, desk.url, { size: desktop, as: desk.ada })
  await desk.ada.call(openIncident, { title: 'Later', tags: ['later'] })
  await page.goto('/q?f=tags:strip,later')
  await page
    .getByRole('row')
    .filter({ hasText: 'No network' })
    .getByText(/^1h \d+m$/)
    .waitFor()
  await page
    .getByRole('row')
    .filter({ hasText: 'Later' })
    .getByText(/^3h \d+m$/)
    .waitFor()
  await page.getByRole('button', { name: 'Due' }).click()
  await page.waitForURL(/sort=/)
  expect(errors).toEqual([])
  await page.context().close()
})
