import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll } from 'vitest'
import { launchBrowser } from '#test/launch.ts'
import type { Person } from './desk.ts'

export async function startBrowser() {
  const browser = await launchBrowser()
  afterAll(() => browser.close())
  return browser
}

export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const
export const desktop = { viewport: { width: 1440, height: 900 } } as const

interface Visit {
  readonly size: typeof phone | typeof desktop
  /** Who is signed in already, where signing in is not what the journey is about. */
  readonly as?: Person
  readonly dark?: boolean
}

/** Opens a page for somebody, in a window of their own. What fails on it unasked is kept, for the test to look at. */
export async function visit(browser: Browser, url: string, { size, as, dark = false }: Visit) {
  const context = await browser.newContext({
    ...size,
    baseURL: url,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  const [name = '', value = ''] = as?.cookie.split('=') ?? []
  if (as) await context.addCookies([{ name, value, url }])
  const page = await context.newPage()
  page.setDefaultTimeout(patience)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  return { page, errors }
}

/** How long a step may take on a busy machine. */
const patience = 20_000

export async function signIn(page: Page, { email, password }: Person) {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
}

/** Opens a question by its key, answers it by typing, and takes the first choice. */
export async function answer(page: Page, key: string, text: string) {
  await page.keyboard.press(key)
  await page.locator('[role=dialog] [role=combobox]:focus').waitFor()
  await page.keyboard.type(text)
  await page
    .getByRole('dialog')
    .getByRole('option')
    .first()
    .filter({ hasText: new RegExp(text, 'i') })
    .waitFor()
  await page.keyboard.press('Enter')
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What an automatic check of accessibility finds on a page, in words: what is still there once the page has settled. */
export async function violations(page: Page, rules = everyRule): Promise<string[]> {
  if ((await check(page, rules)).length === 0) return []
  await page.waitForTimeout(600)
  return check(page, rules)
}

const everyRule = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** All that a page's colours can change. */
export const colourRules = ['color-contrast', 'link-in-text-block']

async function check(page: Page, rules: readonly string[]): Promise<string[]> {
  await page.evaluate(axe)
  const results = await page.evaluate(`axe.run(document, {
    runOnly: ${JSON.stringify(rules)},
    // A dialog that fills a phone hides the page's own heading, as it should.
    ...(document.querySelector('[aria-modal="true"]') && { rules: { 'page-has-heading-one': { enabled: false } } }),
  })`)
  const { violations: found } = results as {
    violations: { id: string; nodes: { html: string; failureSummary: string }[] }[]
  }
  return found.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} — ${failureSummary}`),
  )
}
