// How large and how fast the pages are: `npm run bench:web`. It fills a desk of its own and looks at it in a browser.
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { findPostgres } from '#server/postgres/postgres.ts'
import { launchBrowser } from '#test/launch.ts'
import { measureQueue } from './hands.ts'
import { measureRoute, type Route } from './pages.ts'
import { preparePlace } from './place.ts'
import { startDesk } from './process.ts'
import { visitors } from './visitors.ts'

const { values } = parseArgs({
  options: { items: { type: 'string', default: '20000' }, keep: { type: 'string' } },
})
const say = (line: string) => void process.stderr.write(`${line}\n`)

const routes: readonly Route[] = [
  { name: 'queue', path: '/q', who: 'staff', ready: 'tr[data-id]' },
  { name: 'record', path: '/t/INC0000001', who: 'staff', ready: 'h1' },
  { name: 'figures now', path: '/figures/board', who: 'staff', ready: 'h1' },
  { name: 'figures of the service', path: '/figures/service', who: 'staff', ready: 'figure svg' },
  { name: 'people', path: '/people', who: 'staff', ready: 'h1' },
  { name: 'service levels', path: '/admin/service-levels', who: 'staff', ready: 'h1' },
  { name: 'portal', path: '/portal', who: 'requester', ready: 'h1' },
  { name: 'portal, report', path: '/portal/report', who: 'requester', ready: 'form' },
  { name: 'portal, requests', path: '/portal/requests', who: 'requester', ready: 'h1' },
]

const place = await preparePlace(values.keep, Number(values.items), say)
const desk = await startDesk(place.dir)
const browser = await launchBrowser()
try {
  const people = await visitors((await findPostgres(place.dir))!)
  const measured: Record<string, object> = {}
  for (const route of routes) {
    measured[route.name] = await measureRoute(browser, desk.address, people[route.who], route)
    say(`${route.name}: ${JSON.stringify(measured[route.name])}`)
  }
  const queue = await measureQueue(browser, desk.address, people.staff)
  say(JSON.stringify(queue))
  const results = { items: Number(values.items), routes: measured, queue }
  await writeFile(new URL('web.json', import.meta.url), `${JSON.stringify(results, null, 2)}\n`)
} finally {
  await browser.close()
  await desk.stop()
  place.remove()
}
