import { expect, test } from 'vitest'
import { holdIncident, openIncident, resolveIncident } from '#shared/incident.ts'
import { listComments } from '#shared/item/conversation.ts'
import { addPerson, listOrganisations, listRoles } from '#shared/people.ts'
import { getRecord } from '#shared/records.ts'
import { addDefinition } from '#shared/sla.ts'
import { startingTerms } from '#shared/sla/terms.ts'
import { colourRules, desktop, phone, startBrowser, violations, visit } from './browser.ts'
import { startOwnDesk } from './desk.ts'
import { startMailServer } from './mail.ts'

const mail = await startMailServer()
const [desk, browser] = await Promise.all([
  startOwnDesk({ SMTP_URL: mail.url, MAIL_FROM: 'Service desk <desk@example.com>' }),
  startBrowser(),
])
const { ada } = desk

async function added(name: string, email: string, invite: boolean) {
  const [roles, organisations] = [await ada.call(listRoles, {}), await ada.call(listOrganisations, {})]
  const roleIds = roles.filter(({ key }) => key === 'requester').map(({ id }) => id)
  return (await ada.call(addPerson, { name, email, organisationId: organisations[0]!.id, roleIds, invite })).person
}

async function letterTo(email: string, about: RegExp) {
  const found = () => mail.mails().findLast((one) => one.includes(`To: ${email}`) && about.test(one))
  await expect.poll(found).toBeTruthy()
  return /http\S+\/(?:guest\S*#|link\/)[\w-]+/.exec(found()!)![0]
}

test('a guest follows the link on a phone, sees where it stands, answers, and agrees that it is solved', async () => {
  const terms = { ...startingTerms, pause: 'is:waiting' }
  await ada.call(addDefinition, { name: 'Solved in a day', type: 'sla', target: 'resolution', terms })
  const email = 'gus.guest@example.com'
  const person = await added('Gus Guest', email, false)
  const { id } = await ada.call(openIncident, { title: 'The door sticks', requesterId: person.id })
  const link = await letterTo(email, /we have your report/)
  expect(link).not.toContain(id)

  const { page, errors } = await visit(browser, desk.url, { size: phone })
  const asked: string[] = []
  page.on('request', (request) => asked.push(`${request.url()} ${request.headers()['referer'] ?? ''}`))
  await page.goto(link)
  await page.getByRole('heading', { name: 'The door sticks' }).waitFor()
  await page.getByText('We have it').waitFor()
  await page.getByText(/We mean to have it solved by \w{3}/).waitFor()
  expect(await violations(page)).toEqual([])

  await ada.call(holdIncident, { id, reason: 'caller', comment: 'Which door is it?' })
  await page.reload()
  await page.getByText('We need something from you').waitFor()
  await page.getByText('stands still until you answer').waitFor()
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor()
  expect(await violations(page, colourRules)).toEqual([])
  await page.getByRole('textbox', { name: 'Write to the desk' }).fill('The red one')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText('Someone is working on it').waitFor()
  expect(await ada.call(listComments, { itemId: id })).toMatchObject([{}, { body: 'The red one', channel: 'link' }])

  await ada.call(resolveIncident, { id, code: 'fixed', notes: 'A new hinge.' })
  await page.reload()
  await page.getByRole('button', { name: 'Yes, it is solved' }).click()
  await page.getByText('Closed', { exact: true }).waitFor()
  expect(await ada.call(getRecord, { key: id })).toMatchObject({ state: 'closed' })
  const token = link.split('#')[1]!
  expect(asked.filter((one) => one.includes(token))).toEqual([])
  expect(errors).toEqual([])
})

test('whoever is signed in lands on their record, and a link that has ended says so', async () => {
  const rita = await added('Rita Requester', 'rita@example.com', true)
  const { page, errors } = await visit(browser, desk.url, { size: desktop })
  await page.goto(await letterTo(rita.email, /\/link\//))
  await page.getByLabel('New password', { exact: true }).fill('marble orchard window')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Hello Rita' }).waitFor()
  const { number } = await ada.call(openIncident, { title: 'The lift is slow', requesterId: rita.id })
  const link = await letterTo(rita.email, /we have your report/)
  await page.goto(link)
  await page.waitForURL(`**/portal/requests/${number}`)
  await page.getByRole('heading', { name: 'The lift is slow' }).waitFor()

  const { page: late } = await visit(browser, desk.url, { size: phone })
  await late.goto(`${desk.url}/guest#stg_nothing-that-was-ever-made`)
  await late.getByRole('heading', { name: 'This link no longer works' }).waitFor()
  expect(await violations(late)).toEqual([])
  expect(errors).toEqual([])
})
