import { expect, test } from 'vitest'
import { openIncident } from '#shared/incident.ts'
import { desktop, signedInAs, startBrowser } from './browser.ts'
import { startOwnDesk } from './desk.ts'

test('two people on one ticket: a change by one is on the other’s screen within a second', async () => {
  const [desk, browser] = await Promise.all([startOwnDesk(), startBrowser()])
  const team = await desk.team('Workplace')
  const rita = await desk.person('Rita Requester', 'requester')
  const sam = await desk.person('Sam Analyst', 'analyst', [team.id])
  const lia = await desk.person('Lia Analyst', 'analyst', [team.id])
  const { number } = await rita.call(openIncident, { title: 'Scanner offline in zone B' })
  const screens = []
  for (const who of [sam, lia]) {
    const context = await browser.newContext(desktop)
    await signedInAs(context, desk.url, who)
    const page = await context.newPage()
    await page.goto(`${desk.url}/t/${number}`)
    await page.getByRole('heading', { name: 'Scanner offline in zone B' }).waitFor()
    screens.push(page)
  }
  const [one, other] = [screens[0]!, screens[1]!]
  await other.waitForTimeout(500)

  await one.keyboard.press('n')
  await one.getByLabel('Internal note').fill('Looks like the access point.')
  await one.keyboard.press('Control+Enter')
  await one.getByText('Looks like the access point.').waitFor()
  const from = performance.now()
  await other.getByText('Looks like the access point.').waitFor()
  expect(performance.now() - from).toBeLessThan(1000)

  await one.keyboard.press('Escape')
  await one.keyboard.press('i')
  await one.getByText('Assigned to me').waitFor()
  const since = performance.now()
  await other
    .getByText(/Sam Analyst assigned it|Sam Analyst/)
    .first()
    .waitFor()
  await other.getByRole('complementary', { name: 'Properties' }).getByText('Sam Analyst').first().waitFor()
  expect(performance.now() - since).toBeLessThan(1000)
})
