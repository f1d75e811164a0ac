import { readFile } from 'node:fs/promises'
import type { Browser, CDPSession, Page, Request } from 'playwright-core'

export interface Route {
  readonly name: string
  readonly path: string
  readonly who: 'staff' | 'requester'
  /** What is there once the page can be used. */
  readonly ready: string
}

const dist = new URL('../dist/', import.meta.url)
/** How often a page is opened for one measure. */
export const visits = 5

/** What a browser that has nothing yet must load until a page can be used, how long that takes, and how much is drawn. */
export async function measureRoute(browser: Browser, address: string, secret: string, { path, ready }: Route) {
  const files = new Set<string>()
  const paints: number[] = []
  let nodes = 0
  for (let visit = 0; visit < visits; visit += 1) {
    const { page, close } = await open(browser, address, secret, { slower: 4 })
    const note = (request: Request) => void files.add(new URL(request.url()).pathname.slice(1))
    page.on('request', note)
    await page.goto(path)
    await page.locator(ready).first().waitFor()
    // What is fetched for later keeps nobody waiting.
    page.off('request', note)
    await page.waitForLoadState('networkidle')
    paints.push(await page.evaluate<number>('globalThis.largestPaint'))
    nodes = await page.evaluate<number>(`document.querySelectorAll('*').length`)
    await close()
  }
  return { ...(await sizesOf([...files])), paintMilliseconds: middle(paints), nodes }
}

/** Bytes as gzip makes them; fonts are small already. */
async function sizesOf(files: readonly string[]) {
  const sum = async (ending: RegExp, packed: string) => {
    const sizes = files
      .filter((file) => file.startsWith('assets/') && ending.test(file))
      .map(async (file) => (await readFile(new URL(`${file}${packed}`, dist))).length)
    return (await Promise.all(sizes)).reduce((total, size) => total + size, 0)
  }
  return { js: await sum(/\.js$/, '.gz'), css: await sum(/\.css$/, '.gz'), fonts: await sum(/\.woff2$/, '') }
}

export const middle = (values: readonly number[]) =>
  Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0)

/** Notes in the page when the largest thing was painted, when rows were, and how long each answer to a hand took. */
const watch = `
  globalThis.largestPaint = 0
  globalThis.hands = []
  new PerformanceObserver((list) => { for (const { startTime } of list.getEntries()) globalThis.largestPaint = startTime })
    .observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => { for (const { interactionId, duration } of list.getEntries())
    if (interactionId) globalThis.hands.push(duration) })
    .observe({ type: 'event', durationThreshold: 16, buffered: true })
  new MutationObserver((_, observer) => {
    if (!document.querySelector('tr[data-id]')) return
    observer.disconnect()
    requestAnimationFrame(() => setTimeout(() => { globalThis.rowsPainted = performance.now() }))
  }).observe(document, { childList: true, subtree: true })`

interface Opened {
  readonly page: Page
  readonly devtools: CDPSession
  readonly close: () => Promise<void>
}

/** A page of a browser that has seen nothing, on a processor so many times slower. */
export async function open(
  browser: Browser,
  address: string,
  secret: string,
  how: { slower: number },
): Promise<Opened> {
  const viewport = { width: 1440, height: 900 }
  const context = await browser.newContext({ baseURL: address, viewport, reducedMotion: 'reduce' })
  await context.addCookies([{ name: 'steward', value: secret, url: address }])
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: how.slower })
  await page.addInitScript(watch)
  return { page, devtools, close: () => context.close() }
}
