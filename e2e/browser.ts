import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import sparticuz from '@sparticuz/chromium'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { afterAll } from 'vitest'
import type { Person } from './desk.ts'

/** The browser that came with npm, or the one that CHROMIUM_PATH names. */
export async function startBrowser() {
  const own = process.env['CHROMIUM_PATH']
  const browser = await chromium.launch({
    executablePath: own ?? (await sparticuz.executablePath()),
    args: own ? [] : sparticuz.args.filter((arg) => !alone.has(arg)),
    headless: true,
  })
  afterAll(() => browser.close())
  return browser
}

/** Made for one page in a sandbox of its own; here several people look at several pages. */
const alone = new Set(['--single-process', '--no-zygote', "--headless='shell'"])

export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const
export const desktop = { viewport: { width: 1440, height: 900 } } as const

/** What goes wrong on a page without being asked for: a test that sees it fails. */
export function watchErrors(context: BrowserContext) {
  const errors: string[] = []
  context.on('weberror', (error) => errors.push(error.error().message))
  return errors
}

/** Lets a person be signed in, where signing in is not what the journey is about. */
export async function signedInAs(context: BrowserContext, url: string, { cookie }: Person) {
  const [name = '', value = ''] = cookie.split('=')
  await context.addCookies([{ name, value, url }])
}

export async function signIn(page: Page, url: string, { email, password }: Person) {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What an automatic check of accessibility finds on the page as it is, in words. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const results = await page.evaluate(`axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  })`)
  const { violations: found } = results as {
    violations: { id: string; nodes: { html: string; failureSummary: string }[] }[]
  }
  return found.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} — ${failureSummary}`),
  )
}
