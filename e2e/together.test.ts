import { expect, test } from 'vitest'
import { openIncident } from '#shared/incident.ts'
import { colourRules, desktop, startBrowser, violations, visit } from './browser.ts'
import { startOwnDesk } from './desk.ts'

const [desk, browser] = await Promise.all([startOwnDesk(), startBrowser()])

test('two people on one ticket: a change by one is on the other’s screen within a second', async () => {
  const team = await desk.team('Workplace')
  const rita = await desk.person('Rita Requester', 'requester')
  const sam = await desk.person('Sam Analyst', 'analyst', [team.id])
  const lia = await desk.person('Lia Analyst', 'analyst', [team.id])
  const { number } = await rita.call(openIncident, { title: 'Scanner offline in zone B' })
  const screens = []
  for (const who of [sam, lia]) {
    const { page } = await visit(browser, desk.url, { size: desktop, as: who })
    await page.goto(`/t/${number}`)
    await page.getByRole('heading', { name: 'Scanner offline in zone B' }).waitFor()
    screens.push(page)
  }
  const [one, other] = [screens[0]!, screens[1]!]
  await other.waitForTimeout(500)

  // The best of three: the machine may be busy with something else once, but not each time.
  const lags: number[] = []
  for (const note of ['Looks like the access point.', 'It is the access point.', 'A new one is on its way.']) {
    await one.keyboard.press('n')
    await one.getByLabel('Internal note').fill(note)
    await one.keyboard.press('Control+Enter')
    await one.getByRole('list', { name: 'Conversation' }).getByText(note).waitFor()
    const from = performance.now()
    await other.getByText(note).waitFor()
    lags.push(performance.now() - from)
    await one.keyboard.press('Escape')
  }
  expect(Math.min(...lags)).toBeLessThan(1000)

  await one.keyboard.press('i')
  await one.getByText('Assigned to me').waitFor()
  await other
    .getByText(/Sam Analyst assigned it|Sam Analyst/)
    .first()
    .waitFor()
  await other.getByRole('complementary', { name: 'Properties' }).getByText('Sam Analyst').first().waitFor()
})

test('INC-15: two people on one ticket see each other, who replies and who writes a note, and lose sight of who has left', async () => {
  const team = await desk.team('Scanners')
  const rita = await desk.person('Rosa Requester', 'requester')
  const sam = await desk.person('Sal Analyst', 'analyst', [team.id])
  const lia = await desk.person('Lea Analyst', 'analyst', [team.id])
  const { number } = await rita.call(openIncident, { title: 'Scanner is slow' })
  const open = async (path: string, as: typeof sam) => {
    const { page } = await visit(browser, desk.url, { size: desktop, as })
    await page.goto(path)
    await page.getByRole('heading', { name: 'Scanner is slow' }).waitFor()
    return page
  }
  const [one, hers] = [await open(`/t/${number}`, sam), await open(`/portal/requests/${number}`, rita)]
  const asked: string[] = []
  hers.on('request', (request) => asked.push(request.url()))
  const other = await open(`/q?view=open&peek=${number}`, lia)
  await one.getByRole('button', { name: 'Also here: Lea Analyst' }).waitFor()
  await other.getByRole('button', { name: 'Also here: Sal Analyst' }).waitFor()

  await other.keyboard.press('r')
  await other.getByLabel('Reply to Rosa Requester').pressSequentially('Try')
  await one.getByText('Lea Analyst is replying').waitFor()
  await other.keyboard.press('Escape')
  await other.keyboard.press('n')
  await other.getByLabel('Internal note').pressSequentially('Old one')
  await one.getByText('Lea Analyst is writing a note').waitFor()
  await other.keyboard.press('Control+Enter')
  await one.getByText('Lea Analyst is writing a note').waitFor({ state: 'detached' })
  await one.getByRole('button', { name: 'Also here: Lea Analyst' }).click()
  await one.getByRole('list', { name: 'Also here' }).getByText('is looking').waitFor()
  expect(await violations(one)).toEqual([])
  await one.emulateMedia({ colorScheme: 'dark' })
  expect(await violations(one, colourRules)).toEqual([])
  expect(asked.filter((url) => url.includes('presence'))).toEqual([])
  expect(await hers.getByText('Analyst').count()).toBe(0)

  await other.close()
  await one.getByRole('button', { name: 'Also here: Lea Analyst' }).waitFor({ state: 'detached' })
})
