import { expect, test } from 'vitest'
import { desktop, startBrowser, visit } from './browser.ts'
import { startDesk } from './desk.ts'

const [desk, browser] = await Promise.all([startDesk(), startBrowser()])

test('an administrator sets the desk up from the link and invites a colleague who sets a password', async () => {
  const { page, errors } = await visit(browser, desk.url, { size: desktop })

  await page.goto(desk.setUpLink)
  await page.getByRole('heading', { name: 'Name your desk' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('Write something').first().waitFor()
  await page.getByLabel('Name of the desk').fill('Halyard IT')
  await page.getByLabel('Your organisation').fill('Halyard')
  await page.keyboard.press('Enter')
  await page.getByLabel('Your name').fill('Ada Admin')
  await page.getByLabel('E-mail').fill('ada@example.com')
  await page.getByLabel('Password', { exact: true }).fill('admin of everything')
  await page.keyboard.press('Enter')
  await page.getByText('Start empty').click()
  await page.getByRole('button', { name: 'Open the desk' }).click()

  // Only the server knows that this password is weak, and the step that asked for it says so.
  await page.getByRole('heading', { name: 'Who are you?' }).waitFor()
  await page.getByText('Leave out your name and e-mail address').waitFor()
  await page.getByLabel('Password', { exact: true }).fill('quiet lantern harvest')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Open the desk' }).click()
  await page.getByText('Name and times').first().waitFor()

  await page.goto('/people')
  await page.getByRole('button', { name: 'Invite' }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' })
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Bo Colleague')
  await dialog.getByRole('textbox', { name: 'E-mail' }).fill('bo@example.com')
  await dialog.getByRole('combobox', { name: 'Roles' }).fill('analyst')
  await page.getByRole('option', { name: 'Service desk analyst' }).click()
  await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'Invite' }).click()
  const link = await page.getByRole('region', { name: 'Link' }).innerText()
  expect(link).toContain(`${desk.url}/link/`)
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: /Bo Colleague/ }).waitFor()

  const { page: invited } = await visit(browser, desk.url, { size: desktop })
  await invited.goto(link.trim())
  await invited.getByRole('heading', { name: 'Welcome, Bo Colleague' }).waitFor()
  await invited.getByLabel('New password', { exact: true }).fill('marble orchard window')
  await invited.keyboard.press('Enter')
  await invited.waitForURL(/\/q/)
  await invited.getByRole('heading', { name: 'Incidents' }).waitFor()

  const { page: late } = await visit(browser, desk.url, { size: desktop })
  await late.goto(link.trim())
  await late.getByRole('heading', { name: 'This link no longer works' }).waitFor()
  expect(errors).toEqual([])
})
