import type { Browser, CDPSession, Page } from 'playwright-core'
import { middle, open, visits } from './pages.ts'

/** How quickly the queue answers a hand, on this processor and on one four times slower, and what many peeks leave behind. */
export async function measureQueue(browser: Browser, address: string, secret: string) {
  const at = async (slower: number) => ({
    paintedAfterData: await paintedAfterData(browser, address, secret, slower),
    ...(await hands(browser, address, secret, slower)),
  })
  return { here: await at(1), fourTimesSlower: await at(4), memory: await memory(browser, address, secret) }
}

/** Milliseconds from the last byte of the list to its rows on the screen. */
async function paintedAfterData(browser: Browser, address: string, secret: string, slower: number) {
  const times: number[] = []
  for (let visit = 0; visit < visits; visit += 1) {
    const { page, close } = await open(browser, address, secret, { slower })
    await page.goto('/q')
    await page.locator('tr[data-id]').first().waitFor()
    await page.waitForTimeout(100)
    times.push(
      await page.evaluate<number>(`globalThis.rowsPainted - performance.getEntriesByType('resource')
        .find(({ name }) => new URL(name).pathname === '/api/records').responseEnd`),
    )
    await close()
  }
  return middle(times)
}

const moves = 60
const peeks = 20

/** The 95th percentile of how long the screen took to follow: of moves among the rows, and of peeks. */
async function hands(browser: Browser, address: string, secret: string, slower: number) {
  const { page, close } = await open(browser, address, secret, { slower })
  await page.goto('/q')
  await page.locator('tr[data-id]').first().waitFor()
  const move = await slowest(page, async () => {
    for (let at = 0; at < moves; at += 1) await page.keyboard.press(at % 3 === 2 ? 'x' : 'j')
  })
  const peek = await slowest(page, async () => {
    for (let at = 0; at < peeks; at += 1) await lookAside(page)
  })
  await close()
  return { move, peek }
}

/** Only what takes longer than a frame is told by the browser; all else took less. */
async function slowest(page: Page, work: () => Promise<void>) {
  await page.evaluate('globalThis.hands = []')
  await work()
  await page.waitForTimeout(300)
  const times = await page.evaluate<number[]>('globalThis.hands')
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length * 0.95)] ?? 16
}

async function lookAside(page: Page) {
  await page.keyboard.press('Enter')
  await page.locator('aside[aria-label^=Record]').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
}

/** Megabytes that the page keeps when it is open, and after 200 peeks. */
async function memory(browser: Browser, address: string, secret: string) {
  const { page, devtools, close } = await open(browser, address, secret, { slower: 1 })
  await page.goto('/q')
  await page.locator('tr[data-id]').first().waitFor()
  for (let at = 0; at < 10; at += 1) await lookAside(page)
  const before = await heap(devtools)
  for (let at = 0; at < 200; at += 1) await lookAside(page)
  const after = await heap(devtools)
  await close()
  return { before, afterTwoHundredPeeks: after }
}

async function heap(devtools: CDPSession) {
  await devtools.send('HeapProfiler.enable')
  await devtools.send('HeapProfiler.collectGarbage')
  await devtools.send('Performance.enable')
  const { metrics } = await devtools.send('Performance.getMetrics')
  const used = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0
  return Number((used / 1024 ** 2).toFixed(1))
}
