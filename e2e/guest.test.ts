import { expect, test } from 'vitest'
import { holdIncident, openIncident, resolveIncident } from '#shared/incident.ts'
import { addNote, listComments } from '#shared/item/conversation.ts'
import { addPerson, listOrganisations, listRoles } from '#shared/people.ts'
import { getRecord } from '#shared/records.ts'
import { addDefinition } from '#shared/sla.ts'
import { addSurvey, listAsks } from '#shared/survey.ts'
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
  const stage = page.getByRole('region', { name: 'Where it is' })
  const asked: string[] = []
  page.on('request', (request) => asked.push(`${request.url()} ${request.headers()['referer'] ?? ''}`))
  await page.goto(link)
  await page.getByRole('heading', { name: 'The door sticks' }).waitFor()
  await stage.getByText('We have it').waitFor()
  await page.getByText(/We mean to have it solved by \w{3}/).waitFor()
  expect(await violations(page)).toEqual([])

  await ada.call(holdIncident, { id, reason: 'caller', comment: 'Which door is it?' })
  await page.reload()
  await stage.getByText('We need something from you').waitFor()
  await page.getByText('stands still until you answer').waitFor()
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor()
  expect(await violations(page, colourRules)).toEqual([])
  await page.getByRole('textbox', { name: 'Write to the desk' }).fill('The red one')
  await page.getByRole('button', { name: 'Send' }).click()
  await stage.getByText('Someone is working on it').waitFor()
  expect(await ada.call(listComments, { itemId: id })).toMatchObject([{}, { body: 'The red one', channel: 'link' }])

  await ada.call(resolveIncident, { id, code: 'fixed', notes: 'A new hinge.' })
  await page.reload()
  await page.getByRole('button', { name: 'Yes, it is solved' }).click()
  await stage.getByText('Closed', { exact: true }).waitFor()
  expect(await ada.call(getRecord, { key: id })).toMatchObject({ state: 'closed' })
  const token = link.split('#')[1]!
  expect(asked.filter((one) => one.includes(token))).toEqual([])
  expect(errors).toEqual([])
})

test('staff see a record as its requester does, from its menu, and can write nothing there', async () => {
  const person = await added('Lena Looked', 'lena.looked@example.com', false)
  const { id, number } = await ada.call(openIncident, { title: 'The window rattles', requesterId: person.id })
  await ada.call(addNote, { itemId: id, body: 'Rattled last year, too' })
  await ada.call(holdIncident, { id, reason: 'caller', comment: 'Which window is it?' })

  const { page, errors } = await visit(browser, desk.url, { size: desktop, as: ada })
  await page.goto(`/t/${number}`)
  await page.getByText('Rattled last year, too').waitFor()
  await page.getByRole('button', { name: 'What can be done' }).click()
  const [look] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('menuitem', { name: 'See as the requester' }).click(),
  ])
  await look.getByText('You see this as Lena Looked does. Nothing can be written here.').waitFor()
  await look.getByText('Which window is it?').waitFor()
  expect(await look.getByText('Rattled last year').count()).toBe(0)
  expect(await look.getByRole('button', { disabled: false }).count()).toBe(0)
  expect(await violations(look)).toEqual([])
  await page.getByText('Rattled last year, too').waitFor()
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

test('somebody answers a survey from the link of a score, confirms it, and thinks better of it', async () => {
  const question = 'How satisfied are you with how this was solved?'
  await ada.call(addSurvey, { name: 'After it is solved', question, delayHours: 0 })
  const person = await added('Sue Satisfied', 'sue@example.com', false)
  const { id, number } = await ada.call(openIncident, { title: 'The window is stuck', requesterId: person.id })
  await ada.call(resolveIncident, { id, code: 'fixed', notes: 'It was painted shut.' })
  const link = await letterTo(person.email, /how was it\?/)
  expect(link).toContain('score=5')

  const { page, errors } = await visit(browser, desk.url, { size: phone })
  await page.goto(link.replace('score=5', 'score=4'))
  const form = page.getByRole('form', { name: 'Your answer' })
  await form.getByRole('group', { name: question }).waitFor()
  expect(await form.getByRole('radio', { name: '4 Satisfied' }).isChecked()).toBe(true)
  expect(await ada.call(listAsks, { itemId: id })).toMatchObject([{ answer: null }])
  expect(await violations(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor()
  expect(await violations(page, colourRules)).toEqual([])
  await form.getByRole('textbox').fill('Quick, and kind')
  await form.getByRole('button', { name: 'Send the answer' }).click()
  await page.getByText('You gave it 4 of 5: satisfied.').waitFor()
  expect(await ada.call(listAsks, { itemId: id })).toMatchObject([{ answer: { score: 4, comment: 'Quick, and kind' } }])

  await page.getByRole('button', { name: 'Change the answer' }).click()
  await form.getByText('Very satisfied').click()
  await form.getByRole('button', { name: 'Send the answer' }).click()
  await page.getByText('You gave it 5 of 5: very satisfied.').waitFor()

  const { page: staff } = await visit(browser, desk.url, { size: desktop, as: ada })
  await staff.goto(`/t/${number}`)
  await staff.getByRole('region', { name: 'Satisfaction' }).getByText('5 of 5').waitFor()
  expect(await violations(staff)).toEqual([])
  await staff.goto('/admin/surveys')
  await staff.getByRole('button', { name: 'After it is solved' }).click()
  await staff.getByRole('button', { name: 'Try it on the past' }).click()
  await staff.getByText(/Of \d+ incidents resolved in the last 90 days/).waitFor()
  expect(await violations(staff)).toEqual([])
  expect(errors).toEqual([])
})
