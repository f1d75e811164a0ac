// How fast the desk is beside plain SQL on the same rows: `npm run bench`, or `-- --quick` for a small one.
import { mkdtempSync, chmodSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { findPostgres } from '#server/postgres/postgres.ts'
import { compare, versionOf, type Comparison } from './compare.ts'
import { openBoards, type Board } from './figures.ts'
import { preparePlace } from './place.ts'
import { atRest, memoryOf, startDesk } from './process.ts'
import { report } from './report.ts'

const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '1000000' },
    quick: { type: 'boolean', default: false },
    keep: { type: 'string' },
    seconds: { type: 'string', default: '10' },
  },
})

const say = (line: string) => void process.stderr.write(`${line}\n`)
const items = values.quick ? 20_000 : Number(values.items)
const seconds = Number(values.seconds)

async function firstStart() {
  const dir = mkdtempSync(join(tmpdir(), 'steward-first-'))
  chmodSync(dir, 0o711)
  const desk = await startDesk(join(dir, 'desk'))
  await desk.stop()
  rmSync(dir, { recursive: true, force: true })
  return desk.up
}

const first = await firstStart()
say(`First start: ${Math.round(first)} ms`)
const place = await preparePlace(values.keep, items, say)
try {
  await (await startDesk(place.dir)).stop()
  const desk = await startDesk(place.dir)
  say(`Restart: ${Math.round(desk.up)} ms`)
  let comparisons: Comparison[]
  let boards: Board[]
  let memory: ReturnType<typeof memoryOf>
  let postgres: string
  try {
    const url = await findPostgres(place.dir)
    if (!url) throw new Error('The desk’s database does not answer')
    postgres = await versionOf(url)
    await atRest(desk, place.dir)
    comparisons = await compare({ address: desk.address, url, seconds, say })
    boards = await openBoards(desk.address, url, say)
    await wait(values.quick ? 5_000 : 30_000)
    memory = memoryOf(desk, place.dir)
  } finally {
    await desk.stop()
  }
  process.stdout.write(await report({ items, comparisons, boards, memory, postgres, restart: desk.up, first }))
} finally {
  place.remove()
}
