import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { holdIncident, openIncident } from '#shared/incident.ts'
import { addComment } from '#shared/item/conversation.ts'
import { keepReplyDraft } from '#shared/item/drafts.ts'
import { addCustomField } from '#shared/item/custom.ts'
import { addRule } from '#shared/rule.ts'
import { addService } from '#shared/service.ts'
import { addTemplate } from '#shared/template.ts'
import { colourRules, startBrowser, violations, visit, type desktop, type phone } from './browser.ts'
import { startOwnDesk, type OwnDesk } from './desk.ts'

const open = [
  '/sign-in',
  '/link/nothing-that-was-ever-made',
  '/guest#stg_nothing-that-was-ever-made',
  '/set-up?token=x',
]
const portal = [
  '/portal',
  '/portal/report?title=It is slow',
  '/portal/requests',
  '/portal/requests/NUMBER',
  '/portal/account',
]
const staff = [
  '/q?view=open',
  '/q?view=open&peek=NUMBER',
  '/t/NUMBER',
  '/account',
  '/people',
  '/people?person=ADA',
  '/teams',
  '/organisations',
  '/roles',
  '/admin',
  '/admin/desk',
  '/admin/health',
  '/admin/audit',
  '/admin/services',
  '/admin/rules',
  '/admin/priorities',
  '/admin/service-levels',
  '/admin/calendars',
  '/admin/fields',
  '/admin/templates',
  '/admin/surveys',
  '/admin/sources',
  '/admin/imports',
]

/** Looks at every page there is, light and dark, in a window of one size. */
export async function sweepAt(size: typeof desktop | typeof phone) {
  const [desk, browser] = await Promise.all([startOwnDesk(), startBrowser()])
  const { rita, number } = await furnish(desk)
  const doors = [
    { door: 'before sign-in', paths: open, person: undefined },
    { door: 'the portal', paths: portal, person: rita },
    { door: 'the desk', paths: staff, person: desk.ada },
  ]
  for (const { door, paths, person } of doors) {
    test(`every page of ${door} can be used by everybody, light and dark, at ${size.viewport.width} px`, async () => {
      const { page, errors } = await visit(browser, desk.url, { size, ...(person && { as: person }) })
      const found: string[] = []
      for (const path of paths) {
        await go(page, path.replace('NUMBER', number).replace('ADA', desk.ada.id))
        if (await page.evaluate('document.documentElement.scrollWidth > innerWidth + 1'))
          found.push(`${path}: scrolls sideways`)
        found.push(...(await dangling(page)).map((line) => `${path}: a line begins with “${line}”`))
        found.push(...(await violations(page)).map((one) => `${path} light ${one}`))
        await recolour(page, 'dark')
        found.push(...(await violations(page, colourRules)).map((one) => `${path} dark ${one}`))
        await recolour(page, 'light')
      }
      await page.context().close()
      expect([...found, ...errors]).toEqual([])
    }, 240_000)
  }
}

/** A desk with something on every page. */
async function furnish(desk: OwnDesk) {
  const team = await desk.team('Workplace', [desk.ada])
  const rita = await desk.person('Rita Requester-Longname of the Third Floor', 'organisation_contact')
  const service = await desk.ada.call(addService, { name: 'E-mail', tier: 1, teamId: team.id })
  await desk.ada.call(addCustomField, {
    kind: 'incident',
    name: 'room',
    label: 'Room',
    type: 'text',
    shownToRequesters: true,
  })
  await desk.ada.call(addRule, {
    name: 'Mail goes to Workplace',
    on: 'opened',
    filter: 'service:E-mail',
    then: [{ do: 'assign-team', teamId: team.id }],
  })
  await desk.ada.call(addTemplate, { use: 'reply', name: 'Thanks', body: 'Thank you, {{requester}}.' })
  const made = await rita.call(openIncident, { title: 'Outlook asks for a password', serviceId: service.id })
  await desk.ada.call(addComment, { itemId: made.id, body: 'Since when?' })
  await desk.ada.call(holdIncident, { id: made.id, reason: 'caller', comment: 'Since when does it ask?' })
  for (const who of [desk.ada, rita]) await who.call(keepReplyDraft, { itemId: made.id, body: 'Begun', base: 0 })
  return { rita, number: made.number }
}

/** The lines that begin with a dot which should part two things on one line. */
function dangling(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const range = document.createRange()
    const found: string[] = []
    let before: DOMRect | null = null
    while (walker.nextNode()) {
      const node = walker.currentNode
      const text = node.textContent ?? ''
      for (const { index } of text.matchAll(/\S/g)) {
        range.setStart(node, index)
        range.setEnd(node, index + 1)
        const here = range.getBoundingClientRect()
        if (here.width === 0) continue
        if (text[index] === '·' && before && here.top >= before.bottom - 1) found.push(text.slice(index, index + 30))
        before = here
      }
    }
    return found
  })
}

async function recolour(page: Page, colorScheme: 'light' | 'dark') {
  await page.emulateMedia({ colorScheme })
  await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor()
}

/** Goes to a page within the app, as its links do; only the first one is loaded. */
async function go(page: Page, path: string) {
  if (page.url() === 'about:blank') await page.goto(path)
  else await page.evaluate((to) => history.pushState({}, '', to), path)
  await page.evaluate(() => dispatchEvent(new PopStateEvent('popstate')))
  await page.getByText('Loading').waitFor({ state: 'hidden' })
  await page.getByRole('heading').first().waitFor()
  await page.waitForTimeout(300)
}
