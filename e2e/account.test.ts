import { TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import { assignIncident, openIncident } from '#shared/incident.ts'
import { desktop, signIn, startBrowser, visit } from './browser.ts'
import { startOwnDesk } from './desk.ts'
import { startMailServer } from './mail.ts'

const mail = await startMailServer()
const [desk, mailing, browser] = await Promise.all([
  startOwnDesk(),
  startOwnDesk({ SMTP_URL: mail.url, MAIL_FROM: 'Service desk <desk@example.com>' }),
  startBrowser(),
])

test('somebody who forgot their password sets a new one by the link that is mailed to them', async () => {
  const { email, password } = mailing.ada
  const { page, errors } = await visit(browser, mailing.url, { size: desktop })
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Forgot password' }).click()
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
  await expect.poll(() => mail.mails().some((one) => one.includes('/link/'))).toBe(true)
  const letter = mail.mails().find((one) => one.includes('/link/'))!
  expect(letter).toContain(`To: ${email}`)

  await page.goto(/http\S+\/link\/[\w-]+/.exec(letter)![0])
  await page.getByRole('heading', { name: 'Set a new password' }).waitFor()
  await page.getByLabel('New password', { exact: true }).fill('marble orchard window')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Incidents' }).waitFor()

  const { page: again } = await visit(browser, mailing.url, { size: desktop })
  await signIn(again, { ...mailing.ada, password })
  await again.getByText('The e-mail address or the password is wrong').waitFor()
  await signIn(again, { ...mailing.ada, password: 'marble orchard window' })
  await again.getByRole('heading', { name: 'Incidents' }).waitFor()
  expect(errors).toEqual([])
})

test('a code at sign-in is turned on with an authenticator, asked for, and turned off again', async () => {
  const sam = await desk.person('Sam Analyst', 'analyst')
  const { page, errors } = await visit(browser, desk.url, { size: desktop, as: sam })
  await page.goto('/account')
  await page.getByRole('button', { name: 'Turn on' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Your password first' }).fill(sam.password)
  await page.keyboard.press('Enter')
  const key = await dialog.getByRole('region', { name: 'Key' }).innerText()
  const totp = new TOTP({ secret: key.replaceAll(/\s/g, '') })
  await dialog.getByLabel('The code that the app shows now').fill(totp.generate())
  await dialog.getByRole('button', { name: 'Turn on' }).click()
  const shown = dialog.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await shown.first().waitFor()
  const codes = await shown.allInnerTexts()
  expect(codes.length).toBeGreaterThan(5)
  await dialog.getByRole('button', { name: 'I have kept them' }).click()

  const { page: elsewhere } = await visit(browser, desk.url, { size: desktop })
  await signIn(elsewhere, sam)
  await elsewhere.getByLabel('Code').fill(codes[0]!)
  await elsewhere.keyboard.press('Enter')
  await elsewhere.getByRole('heading', { name: 'Incidents' }).waitFor()

  await page.getByRole('button', { name: 'Turn off' }).click()
  await dialog.getByRole('textbox', { name: 'Your password' }).fill('not this one')
  await page.keyboard.press('Enter')
  await dialog.getByText('That is not your password').waitFor()
  await dialog.getByRole('textbox', { name: 'Your password' }).fill(sam.password)
  await dialog.getByRole('button', { name: 'Turn off' }).click()
  await page.getByText('Sign-in asks for no code any more').waitFor()
  await page.getByRole('button', { name: 'Turn on' }).waitFor()

  const { page: later } = await visit(browser, desk.url, { size: desktop })
  await signIn(later, sam)
  await later.getByRole('heading', { name: 'Incidents' }).waitFor()
  expect(errors).toEqual([])
})

test('an administrator ends somebody’s access after a question, sees what they leave, and can give it back', async () => {
  const bo = await desk.person('Bo Leaver', 'analyst')
  const { id, number } = await bo.call(openIncident, { title: 'Door three does not close' })
  await bo.call(assignIncident, { id, assigneeId: bo.id })
  const { page: theirs } = await visit(browser, desk.url, { size: desktop, as: bo })
  await theirs.goto('/q')
  await theirs.getByRole('heading', { name: 'Incidents' }).waitFor()

  const { page, errors } = await visit(browser, desk.url, { size: desktop, as: desk.ada })
  await page.goto('/people')
  await page.getByRole('button', { name: /Bo Leaver/ }).click()
  await page.getByRole('button', { name: 'Deactivate' }).click()
  const question = page.getByRole('dialog', { name: 'Deactivate Bo Leaver?' })
  await question.getByText('One open record is assigned to Bo Leaver.').waitFor()
  await question.getByRole('button', { name: 'Back' }).click()
  await expect(bo.call(openIncident, { title: 'Still here' })).resolves.toMatchObject({ title: 'Still here' })

  await page.getByRole('button', { name: 'Deactivate' }).click()
  await question.getByRole('button', { name: 'Deactivate' }).click()
  const left = page.getByRole('dialog', { name: 'What Bo Leaver leaves behind' })
  await left.getByRole('link', { name: number }).waitFor()
  await left.getByRole('button', { name: 'Done' }).click()
  await expect(bo.call(openIncident, { title: 'Gone' })).rejects.toThrow('401')
  await theirs.reload()
  await theirs.getByRole('heading', { name: 'Sign in' }).waitFor()

  await page.getByRole('button', { name: 'Give access back' }).click()
  await page.getByText('Bo Leaver has access again').waitFor()
  await signIn(theirs, bo)
  await theirs.getByRole('heading', { name: 'Incidents' }).waitFor()
  expect(errors).toEqual([])
})
