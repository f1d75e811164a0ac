import { expect, test } from 'vitest'
import { assignIncident, openIncident, resolveIncident } from '#shared/incident.ts'
import { addService } from '#shared/service.ts'
import { colourRules, desktop, phone, startBrowser, violations, visit } from './browser.ts'
import { startOwnDesk, type OwnDesk } from './desk.ts'

const [desk, browser] = await Promise.all([startOwnDesk(), startBrowser()])
const { lena, sam } = await furnish(desk)

/** Five incidents: two resolved, one of them passed on; three open, two of which nobody has. */
async function furnish({ ada, team, person }: OwnDesk) {
  const [one, two] = [await team('Workplace', [ada]), await team('Network', [ada])]
  const manager = await person('Lena Lead', 'team_lead', [one.id])
  const analyst = await person('Sam Analyst', 'analyst', [one.id])
  const service = await ada.call(addService, { name: 'VPN', tier: 1, teamId: two.id })
  const open = (title: string) =>
    analyst.call(openIncident, { title, requesterId: ada.id, teamId: one.id, serviceId: service.id, source: 'phone' })
  const [first, second, third] = [await open('It is slow'), await open('It is down'), await open('It blinks')]
  await open('It hums')
  await open('It smells')
  const fixed = { code: 'fixed', notes: 'Restarted it' } as const
  await analyst.call(resolveIncident, { id: first.id, ...fixed })
  await analyst.call(assignIncident, { id: second.id, teamId: two.id })
  await ada.call(resolveIncident, { id: second.id, ...fixed })
  await analyst.call(assignIncident, { id: third.id, assigneeId: analyst.id })
  return { lena: manager, sam: analyst }
}

test('RPT-03: a lead sees the desk now, and every number opens what it counts', async () => {
  const { page, errors } = await visit(browser, desk.url, { size: desktop, as: lena })
  await page.goto('/q')
  await page.getByRole('heading', { name: 'Incidents' }).waitFor()
  await page.getByRole('grid').waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('f')
  const open = page.getByRole('region', { name: 'Now' }).getByRole('link', { name: /^Open/ })
  await open.filter({ hasText: '3' }).waitFor()
  await page.getByRole('region', { name: 'Who has how much' }).getByRole('link', { name: '2' }).click()
  await page.getByRole('grid').getByText('It hums').waitFor()
  expect(new URL(page.url()).searchParams.get('f')).toBe('is:unassigned')
  expect(errors).toEqual([])
})

test('RPT-03: a figure opens its records, its meaning and its course; the address says what is asked', async () => {
  const { page, errors } = await visit(browser, desk.url, { size: desktop, as: lena })
  await page.goto('/figures/service')
  const tile = page.getByRole('region', { name: 'Bounce rate', exact: true })
  await tile.getByText('1 of 2').waitFor()
  await tile.getByRole('link', { name: '50.0 %' }).click()
  await page.getByRole('link', { name: /^INC/ }).waitFor()
  expect(await page.getByRole('row').count()).toBe(2)
  await page.getByRole('link', { name: 'All that it is a share of' }).click()
  await page.getByText('It is slow').waitFor()
  await page.getByRole('link', { name: 'The figure' }).click()
  await page.getByText('Resolved with a change of group ÷ resolved').waitFor()

  await page.getByLabel('Breakdown').selectOption('By team')
  await page.getByRole('row', { name: /Network 100.0 % 1 of 1/ }).waitFor()
  await page.getByLabel('Filter').fill('team:Network')
  await page.keyboard.press('Enter')
  await page.getByText('Team is Network').waitFor()
  const { searchParams } = new URL(page.url())
  expect([searchParams.get('by'), searchParams.get('f')]).toEqual(['team', 'team:Network'])
  await page.reload()
  await page.getByRole('row', { name: /Network 100.0 %/ }).waitFor()
  await page.getByLabel('Filter').fill('taem:Network')
  await page
    .getByText(/did you mean|There is no field/i)
    .first()
    .waitFor()
  expect(errors).toEqual([])
})

test('a chart is gone through by keys, and is there as a table as well', async () => {
  const { page } = await visit(browser, desk.url, { size: desktop, as: lena })
  await page.goto('/figures/service?period=7d')
  const card = page.getByRole('region', { name: 'Opened, course' })
  const points = card.locator('a[data-at]')
  await points.nth(6).waitFor()
  await points.nth(6).focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-at'))).toBe('1')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.getByText('5 records').waitFor()
  await page.goBack()
  await card.getByRole('button', { name: 'Table' }).click()
  await card.getByRole('table').getByRole('link', { name: '5' }).waitFor()
})

test('an analyst has a board of their own, and no other', async () => {
  const { page, errors } = await visit(browser, desk.url, { size: desktop, as: sam })
  await page.goto('/figures')
  await page
    .getByRole('region', { name: 'Now' })
    .getByRole('link', { name: /Mine, open/ })
    .filter({ hasText: '1' })
    .waitFor()
  expect(await page.getByRole('link', { name: 'Desk board' }).count()).toBe(0)
  await page.goto('/figures/service')
  await page.getByText('This cannot be asked').or(page.getByText('The figures could not be read')).waitFor()
  expect(errors).toEqual([])
})

test.for([
  ['desktop', desktop],
  ['phone', phone],
] as const)(
  'every page of figures can be used by everybody, light and dark: %s',
  { timeout: 120_000 },
  async ([, size]) => {
    const { page, errors } = await visit(browser, desk.url, { size, as: lena })
    const found: string[] = []
    const paths = ['/figures/board', '/figures/service', '/figures/own', '/figures/process']
    for (const path of [...paths, '/figures/kpi/timeToResolve?by=team', '/figures/kpi/reopenRate/records?part=of']) {
      await page.goto(path)
      await page.getByText('Loading').waitFor({ state: 'hidden' })
      await page.waitForTimeout(600)
      if (await page.evaluate('document.documentElement.scrollWidth > innerWidth + 1')) found.push(`${path}: sideways`)
      found.push(...(await violations(page)).map((one) => `${path} light ${one}`))
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.waitForTimeout(200)
      found.push(...(await violations(page, colourRules)).map((one) => `${path} dark ${one}`))
      await page.emulateMedia({ colorScheme: 'light' })
    }
    expect([...found, ...errors]).toEqual([])
  },
)
