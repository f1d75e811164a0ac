import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { listHistory } from '#shared/item/history.ts'
import { listRecords } from '#shared/records.ts'
import { answer, desktop, startBrowser, visit } from './browser.ts'
import { startOwnDesk } from './desk.ts'

/** What an Alertmanager sent, letter by letter: an alert that fires, and the same when it is over. */
const captured = readFileSync(new URL('captures/alertmanager-webhook.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { body: string }).body)

const [desk, browser] = await Promise.all([startOwnDesk(), startBrowser()])

test('an alert becomes an incident, is routed by a rule, worked on and resolved, and its history reads true', async () => {
  const team = await desk.team('Platform')
  const sam = await desk.person('Sam Analyst', 'analyst', [team.id])
  const { page, errors } = await visit(browser, desk.url, { size: desktop, as: desk.ada })

  await page.goto('/admin/rules')
  await page.getByRole('button', { name: 'New rule' }).click()
  const editor = page.getByRole('dialog', { name: 'New rule' })
  await editor.getByLabel('Name').fill('Alerts go to Platform')
  await editor.getByLabel('if', { exact: true }).fill('source:alrt')
  await editor.getByText(/alrt/).first().waitFor()
  await editor.getByLabel('if', { exact: true }).fill('source:alert')
  await editor.getByRole('button', { name: 'Try it' }).click()
  await editor.getByText(/0 of the newest 0 incidents match/).waitFor()
  await editor.getByRole('combobox', { name: 'Team' }).click()
  await page.getByRole('option', { name: 'Platform' }).click()
  await editor.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('listitem').getByText('assign it to the team').waitFor()

  await page.goto('/admin/sources')
  await page.getByRole('button', { name: 'Connect a tool' }).click()
  await page.getByLabel('What do you call it?').fill('Alertmanager')
  await page.keyboard.press('Enter')
  const token = await page.getByRole('region', { name: 'Token' }).innerText()
  const address = await page.getByRole('region', { name: 'Address' }).innerText()
  expect(await page.getByRole('region', { name: 'Lines for alertmanager.yml' }).innerText()).toContain(token)
  await page.getByRole('button', { name: 'I have kept it' }).click()

  const send = (body: string) =>
    fetch(address, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
    })
  expect((await send(captured[0]!)).status).toBe(200)
  expect((await send(captured[0]!)).status).toBe(200)

  const found = () => sam.call(listRecords, { kind: 'incident', filter: 'source:alert' })
  await expect.poll(async () => (await found()).records).toMatchObject([{ team: { name: 'Platform' } }])
  const [incident] = (await found()).records

  const { page: work } = await visit(browser, desk.url, { size: desktop, as: sam })
  await work.goto(`/t/${incident!.number}`)
  await work.getByRole('heading', { name: 'CPU > 95% on web-01' }).waitFor()
  await work.keyboard.press('i')
  await work.getByText('Assigned to me').waitFor()
  await answer(work, 's', 'start')
  await expect.poll(async () => (await found()).records[0]?.state).toBe('in_progress')

  expect((await send(captured[1]!)).status).toBe(200)
  if ((await found()).records[0]?.state !== 'resolved') {
    await answer(work, 's', 'resolve')
    await work.getByLabel(/What was done/).fill('A runaway job was stopped.')
    await work.keyboard.press('Control+Enter')
  }
  await expect.poll(async () => (await found()).records[0]?.state).toBe('resolved')

  const names = (await sam.call(listHistory, { itemId: incident!.id })).map(({ name }) => name)
  const first = (name: string) => names.indexOf(name)
  expect(first('incident.opened')).toBe(0)
  expect(first('incident.assigned')).toBeGreaterThan(0)
  expect(first('incident.started')).toBeGreaterThan(first('incident.assigned'))
  expect(first('incident.resolved')).toBeGreaterThan(first('incident.started'))
  await work.getByRole('tab', { name: 'History' }).click()
  const history = work.getByRole('list', { name: 'History' })
  await history.getByText('resolved it').waitFor()
  expect(await history.getByText('Sam Analyst').count()).toBeGreaterThan(1)
  expect(await history.getByText(/Platform/).count()).toBeGreaterThan(0)
  expect(errors).toEqual([])
})
