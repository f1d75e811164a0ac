import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openIncident } from '#shared/incident.ts'
import { listComments } from '#shared/item/conversation.ts'
import { getRecord } from '#shared/records.ts'
import { answer, desktop, startBrowser, visit } from './browser.ts'
import { startOwnDesk } from './desk.ts'

const [desk, browser] = await Promise.all([startOwnDesk(), startBrowser()])

test('an analyst works the queue by keyboard alone', async () => {
  const team = await desk.team('Workplace')
  const rita = await desk.person('Rita Requester', 'requester')
  const sam = await desk.person('Sam Analyst', 'analyst', [team.id])
  const titles = ['Badge does not open the lab', 'Laptop will not wake', 'Mail to Oslo bounces']
  const opened: { id: string; number: string }[] = []
  for (const title of titles) opened.push(await rita.call(openIncident, { title, impact: 3, urgency: 2 }))
  const { page, errors } = await visit(browser, desk.url, { size: desktop, as: sam })
  const press = (...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
  const peek = (title: string) => page.getByRole('complementary').getByRole('heading', { name: title }).waitFor()

  await page.goto('/q')
  await page.getByRole('row').filter({ hasText: titles[2]! }).waitFor()
  await press('j', 'j', 'k', 'k', 'Enter')
  await peek('Mail to Oslo bounces')
  await press('j')
  await peek('Laptop will not wake')

  await answer(page, 'a', 'Sam Analyst')
  await page.getByText('Assigned to Sam Analyst').waitFor()

  await press('r')
  await page.keyboard.type('Hold the power button for ten seconds.')
  await press('Control+Enter')
  const laptop = opened[1]!.id
  await expect
    .poll(() => rita.call(listComments, { itemId: laptop }))
    .toMatchObject([{ body: 'Hold the power button for ten seconds.' }])

  await press('Escape')
  await answer(page, 'p', 'Critical')
  await expect.poll(async () => (await sam.call(getRecord, { key: laptop })).priority).toBe(1)
  await page.getByText(/Priority set to/).waitFor()
  await press('z')
  await expect.poll(async () => (await sam.call(getRecord, { key: laptop })).priority).not.toBe(1)

  await press('Escape', 'j', 'i')
  await expect.poll(async () => (await sam.call(getRecord, { key: opened[0]!.id })).assignee?.name).toBe('Sam Analyst')

  await answer(page, 'Control+k', 'bounces')
  await page.waitForURL(new RegExp(`/t/${opened[2]!.number}`))
  await page.getByRole('heading', { name: 'Mail to Oslo bounces' }).waitFor()
  await answer(page, 's', 'resolve')
  await page.locator('textarea:focus').waitFor()
  await page.keyboard.type('Their mail server was on a block list.')
  await press('Control+Enter')
  await expect.poll(async () => (await sam.call(getRecord, { key: opened[2]!.id })).state).toBe('resolved')
  expect(errors).toEqual([])
})

test('a key that is pressed before the next page is there waits for it, and acts on no other record', async () => {
  const team = await desk.team('Network')
  const lia = await desk.person('Lia Analyst', 'analyst', [team.id])
  const open = (title: string) => lia.call(openIncident, { title })
  const [here, there] = [await open('Printer on floor two hums'), await open('Badge reader blinks red')]
  const { page, errors } = await visit(browser, desk.url, { size: desktop, as: lia })
  await page.goto(`/t/${here.number}`)
  await page.getByRole('heading', { name: here.title }).waitFor()

  await slowly(page, `**/api/records/${there.number}*`)
  await answer(page, 'Control+k', 'blinks')
  await page.waitForURL(`**/t/${there.number}`)
  await page.keyboard.press('i')
  await page.getByRole('heading', { name: there.title }).waitFor()
  await expect.poll(async () => (await lia.call(getRecord, { key: there.id })).assignee?.name).toBe('Lia Analyst')
  expect((await lia.call(getRecord, { key: here.id })).assignee).toBeNull()
  expect(errors).toEqual([])
})

test('a button that has the focus is pressed by Enter, though the next page is on its way', async () => {
  const ida = await desk.person('Ida Analyst', 'analyst')
  const there = await ida.call(openIncident, { title: 'Scanner feeds two sheets' })
  const { page, errors } = await visit(browser, desk.url, { size: desktop, as: ida })
  await page.goto('/q')
  const columns = page.getByRole('button', { name: 'Columns' })
  await columns.press('Enter')
  await page.getByRole('menu').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('menu').waitFor({ state: 'detached' })

  await slowly(page, `**/api/records/${there.number}*`)
  await answer(page, 'Control+k', 'two sheets')
  await page.waitForURL(`**/t/${there.number}`)
  await columns.press('Enter')
  await page.getByRole('menu').waitFor()
  expect(errors).toEqual([])
})

test('what is typed at once after Ctrl+K is what the palette looks for, though it is still on its way', async () => {
  const nora = await desk.person('Nora Analyst', 'analyst', [(await desk.team('Field')).id])
  const { number, title } = await nora.call(openIncident, { title: 'Lift stops between floors' })
  const { page, errors } = await visit(browser, desk.url, { size: desktop, as: nora })
  await page.goto('/q')
  await page.getByRole('row').filter({ hasText: title }).waitFor()
  await slowly(page, '**/assets/Palette-*.js')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('stops betwean')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('en')
  const field = page.getByRole('dialog').getByRole('combobox')
  await field.waitFor()
  await expect.poll(() => field.inputValue()).toBe('stops between')
  await page.keyboard.type(' f')
  await expect.poll(() => field.inputValue()).toBe('stops between f')
  await page.getByRole('option').filter({ hasText: number }).waitFor()
  expect(errors).toEqual([])
})

/** Lets what comes from an address come late. */
const slowly = (page: Page, address: string) =>
  page.route(address, async (route) => {
    await new Promise((later) => setTimeout(later, 1_000))
    await route.continue()
  })

test('a menu that is closed gives focus back to what opened it, the very first time too', async () => {
  const [nia, rex] = [await desk.person('Nia Analyst', 'analyst'), await desk.person('Rex Requester', 'requester')]
  const menus = [
    { as: nia, path: '/q', names: [/^Columns$/, /^Export$/, /Nia Analyst/] },
    { as: rex, path: '/portal', names: [/Rex Requester/] },
  ]
  for (const { as, path, names } of menus) {
    const { page, errors } = await visit(browser, desk.url, { size: desktop, as })
    await page.goto(path)
    for (const name of names) {
      const button = page.getByRole('button', { name })
      await button.press('Enter')
      await page.getByRole('menu').waitFor()
      const closed = () => page.keyboard.press('Escape').then(() => page.getByRole('menu').count())
      await expect.poll(closed).toBe(0)
      await expect.poll(() => button.evaluate((one) => one === document.activeElement)).toBe(true)
    }
    expect(errors).toEqual([])
  }
})
