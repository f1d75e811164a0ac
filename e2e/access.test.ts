import { beforeAll, expect, test } from 'vitest'
import { holdIncident, openIncident } from '#shared/incident.ts'
import { addComment } from '#shared/item/conversation.ts'
import { addCustomField } from '#shared/item/custom.ts'
import { addRule } from '#shared/rule.ts'
import { addService } from '#shared/service.ts'
import { addTemplate } from '#shared/template.ts'
import { desktop, phone, startBrowser, violations, visit } from './browser.ts'
import { startOwnDesk, type Person } from './desk.ts'

const [desk, browser] = await Promise.all([startOwnDesk(), startBrowser()])
let rita: Person
let number: string

beforeAll(async () => {
  const team = await desk.team('Workplace', [desk.ada])
  rita = await desk.person('Rita Requester', 'requester')
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
  number = made.number
  await desk.ada.call(addComment, { itemId: made.id, body: 'Since when?' })
  await desk.ada.call(holdIncident, { id: made.id, reason: 'caller', comment: 'Since when does it ask?' })
})

const open = ['/sign-in', '/link/nothing-that-was-ever-made', '/set-up?token=x']
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
  '/admin/fields',
  '/admin/templates',
  '/admin/sources',
]

const sizes = [desktop, phone] as const

const doors = [
  { door: 'before sign-in', paths: open, who: () => undefined },
  { door: 'the portal', paths: portal, who: () => rita },
  { door: 'the desk', paths: staff, who: () => desk.ada },
] as const

for (const { door, paths, who } of doors) {
  for (const size of sizes) {
    test(`every page of ${door} can be used by everybody, light and dark, at ${size.viewport.width} px`, async () => {
      const person = who()
      const { page, errors } = await visit(browser, desk.url, { size, ...(person && { as: person }) })
      const found: string[] = []
      for (const path of paths) {
        await page.goto(path.replace('NUMBER', number).replace('ADA', desk.ada.id))
        await page.getByRole('heading').first().waitFor()
        await page.waitForTimeout(150)
        if (await page.evaluate('document.documentElement.scrollWidth > innerWidth + 1'))
          found.push(`${path}: scrolls sideways`)
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          found.push(...(await violations(page)).map((one) => `${path} ${colorScheme} ${one}`))
        }
      }
      await page.context().close()
      expect([...found, ...errors]).toEqual([])
    })
  }
}
