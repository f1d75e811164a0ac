import { expect, test } from 'vitest'
import { getRecord, listRecords } from '#shared/records.ts'
import { answer, desktop, phone, signIn, startBrowser, visit } from './browser.ts'
import { startOwnDesk } from './desk.ts'

const [desk, browser] = await Promise.all([startOwnDesk(), startBrowser()])

test('a person reports on a phone, an analyst answers, the person says it is solved', async () => {
  const team = await desk.team('Workplace')
  const rita = await desk.person('Rita Requester', 'requester')
  const sam = await desk.person('Sam Analyst', 'analyst', [team.id])
  const { page: mobile, errors } = await visit(browser, desk.url, { size: phone })
  const { page: wide, errors: others } = await visit(browser, desk.url, { size: desktop })

  await signIn(mobile, rita)
  await mobile.getByRole('heading', { name: 'Hello Rita, what do you need?' }).waitFor()
  await mobile.getByLabel('Describe it in a few words').fill('Projector in room 4 stays dark')
  await mobile.getByRole('link', { name: /Report “Projector in room 4 stays dark”/ }).tap()
  await mobile.getByLabel('What happened?').fill('It worked on Friday. The lamp is red.')
  await mobile.getByText('My team').tap()
  await mobile.getByText('I cannot work').tap()
  const chooser = mobile.waitForEvent('filechooser')
  await mobile.getByRole('button', { name: 'Add screenshots or files' }).tap()
  await (await chooser).setFiles({ name: 'lamp.txt', mimeType: 'text/plain', buffer: Buffer.from('A red lamp') })
  await mobile.getByRole('button', { name: 'Report', exact: true }).tap()
  await mobile.getByRole('heading', { name: 'We have it' }).waitFor()
  const [record] = (await rita.call(listRecords, {})).records
  const number = record!.number
  expect(await mobile.getByText(number).count()).toBeGreaterThan(0)
  await mobile.getByRole('link', { name: `See ${number}` }).tap()
  await mobile.getByRole('link', { name: 'lamp.txt' }).waitFor()

  await signIn(wide, sam)
  await wide.getByRole('grid').getByText('Projector in room 4 stays dark').click()
  await wide.getByRole('complementary', { name: `Record ${number}` }).waitFor()
  await wide.keyboard.press('i')
  await wide.getByText('Assigned to me').waitFor()
  await wide.keyboard.press('r')
  await wide.getByLabel('Reply to Rita Requester').fill('I bring a new lamp at two.')
  await wide.keyboard.press('Control+Enter')
  await wide.getByText('Sent', { exact: true }).first().waitFor()

  await mobile.getByText('I bring a new lamp at two.').waitFor()
  await mobile.getByLabel('Write to the desk').last().fill('Two is fine.')
  await mobile.getByRole('button', { name: 'Send' }).tap()
  await wide.getByText('Two is fine.').waitFor()

  await wide.keyboard.press('Escape')
  await answer(wide, 's', 'resolve')
  await wide.getByLabel(/What was done/).fill('A new lamp is in.')
  await wide.keyboard.press('Control+Enter')

  await mobile.getByText('Solved – is it right?').waitFor()
  await mobile.getByText('A new lamp is in.').waitFor()
  await mobile.getByRole('button', { name: 'No, it is not' }).tap()
  await mobile.getByRole('textbox', { name: 'What is still wrong?' }).fill('It flickers now.')
  await mobile.getByRole('button', { name: 'Send it back' }).tap()
  await mobile.getByText('Someone is working on it').waitFor()

  await wide.goto(`/t/${number}`)
  await expect.poll(async () => (await sam.call(getRecord, { key: number })).reopenCount).toBe(1)
  await wide.getByText('In progress').first().waitFor()
  await answer(wide, 's', 'resolve')
  await wide.getByLabel(/What was done/).fill('Another lamp.')
  await wide.keyboard.press('Control+Enter')

  await mobile.getByRole('button', { name: 'Yes, it is solved' }).tap()
  await mobile.getByText('Closed', { exact: true }).waitFor()
  expect((await rita.call(getRecord, { key: number })).state).toBe('closed')
  expect([...errors, ...others]).toEqual([])
})
