import sparticuz from '@sparticuz/chromium'
import { chromium } from 'playwright-core'

/** The browser that came with npm, or the one that CHROMIUM_PATH names. */
export async function launchBrowser() {
  const own = process.env['CHROMIUM_PATH']
  return chromium.launch({
    executablePath: own ?? (await sparticuz.executablePath()),
    args: own ? [] : sparticuz.args.filter((arg) => !alone.has(arg)),
    headless: true,
  })
}

/** Made for one page in a sandbox of its own; here several people look at several pages. */
const alone = new Set(['--single-process', '--no-zygote', "--headless='shell'"])
