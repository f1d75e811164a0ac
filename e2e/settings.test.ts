import { expect, test } from 'vitest'
import { addRule, changeRule, listRules } from '#shared/rule.ts'
import { desktop, phone, startBrowser, violations, visit } from './browser.ts'
import { startOwnDesk } from './desk.ts'

const [desk, browser] = await Promise.all([startOwnDesk(), startBrowser()])

test('a rule that was changed by mistake is found in the trail, taken back, and put there again after all', async () => {
  const team = await desk.team('Network')
  const about = { on: 'opened', then: [{ do: 'assign-team', teamId: team.id }] } as const
  const { id } = await desk.ada.call(addRule, {
    ...about,
    name: 'To the network',
    filter: 'priority<=2',
    then: [...about.then],
  })
  await desk.ada.call(changeRule, { id, filter: 'priority<=4' })
  const filterNow = async () => (await desk.ada.call(listRules, {}))[0]?.filter

  const { page, errors } = await visit(browser, desk.url, { size: desktop, as: desk.ada })
  await page.goto('/admin/audit?table=rule')
  await page.getByRole('link', { name: 'To the network' }).first().click()
  await page.getByRole('button', { name: 'Only To the network: show all' }).waitFor()
  await page.getByRole('button', { name: 'Undo: Rule changed, To the network' }).click()
  await page.getByText('Undone: Rule changed, To the network').waitFor()
  expect(await filterNow()).toBe('priority<=2')
  await expect.poll(() => page.getByRole('row', { name: 'Rule changed' }).count()).toBe(2)
  expect(await violations(page)).toEqual([])

  await page.keyboard.press('z')
  await page.getByText('As it was before').waitFor()
  expect(await filterNow()).toBe('priority<=4')
  expect(errors).toEqual([])
})

test('what somebody changed since is not undone beneath them, and the page says so', async () => {
  const team = await desk.team('Storage')
  const then = [{ do: 'assign-team' as const, teamId: team.id }]
  const { id } = await desk.ada.call(addRule, { name: 'To storage', on: 'opened', filter: 'priority:1', then })
  await desk.ada.call(changeRule, { id, filter: 'priority<=2' })
  await desk.ada.call(changeRule, { id, filter: 'priority<=3' })
  const { page } = await visit(browser, desk.url, { size: phone, as: desk.ada, dark: true })
  await page.goto(`/admin/audit?table=rule&row=${id}`)
  await page.getByRole('button', { name: 'Undo: Rule changed, To storage' }).nth(1).click()
  await page.getByText('Somebody has changed filter since. Undo that first.').waitFor()
  expect(await violations(page)).toEqual([])
})
