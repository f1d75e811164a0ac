import { writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import type { Comparison } from './compare.ts'
import type { Board } from './figures.ts'

interface Results {
  readonly items: number
  readonly comparisons: readonly Comparison[]
  readonly boards: readonly Board[]
  readonly memory: { readonly desk: number; readonly database: number }
  readonly restart: number
  readonly first: number
  readonly postgres: string
}

const folder = new URL('./', import.meta.url)

/** Writes what was measured beside the bench, as a table and as JSON, and answers the table. */
export async function report(results: Results): Promise<string> {
  const text = tableOf(results)
  await writeFile(new URL('results.md', folder), text)
  await writeFile(new URL('results.json', folder), `${JSON.stringify(plain(results), null, 2)}\n`)
  return text
}

const round = (value: number, digits = 1) => Number(value.toFixed(digits))

function plain({ comparisons, boards, items, memory, restart, first }: Results) {
  return {
    ...Object.fromEntries(
      comparisons.map(({ name, desk, floor, ofFloor }) => [
        `${name} × ${desk.connections}`,
        {
          connections: desk.connections,
          perSecond: round(desk.perSecond),
          p50: round(desk.p50, 2),
          p95: round(desk.p95, 2),
          floorPerSecond: round(floor.perSecond),
          ofFloor: round(ofFloor, 2),
        },
      ]),
    ),
    about: {
      items,
      boardMilliseconds: Object.fromEntries(
        boards.map(({ name, first: once, median, slowest }) => [
          name,
          { first: Math.round(once), median: Math.round(median), slowest: Math.round(slowest) },
        ]),
      ),
      restMegabytes: { desk: round(memory.desk), database: round(memory.database) },
      restartMilliseconds: Math.round(restart),
      firstStartMilliseconds: Math.round(first),
    },
  }
}

const line = (cells: readonly unknown[]) => `| ${cells.join(' | ')} |`

function tableOf(results: Results) {
  const { comparisons, boards, items, memory, restart, first } = results
  const rows = comparisons.map(({ name, desk, floor, ofFloor }) => [
    name,
    desk.connections,
    desk.perSecond.toFixed(0),
    desk.p50.toFixed(1),
    desk.p95.toFixed(1),
    floor.perSecond.toFixed(0),
    ofFloor.toFixed(2),
  ])
  const heading = ['work', 'connections', 'per second', 'p50 ms', 'p95 ms', 'floor per second', 'of floor']
  const total = memory.desk + memory.database
  return `# What the desk does beside plain SQL

${items.toLocaleString('en')} incidents, all durable. The floor writes the same rows or reads the same page by plain SQL: one
transaction, prepared statements, as many connections, no HTTP, no rights. Client, desk and database share the machine.
Desk and floor work by turns; each rate is the middle one of five turns, and the ratio the middle one of their ratios.

${line(heading)}
${line(heading.map((_, at) => (at === 0 ? '---' : '--:')))}
${rows.map(line).join('\n')}

Each board of figures, opened by somebody who sees everything, until its last answer is there: for the first time ever, and
six times since. What takes long to count is kept, and shown as of when it was counted; the service board as it opens is
counted before anybody asks.

| board | first ms | then, median ms | slowest ms |
| --- | --: | --: | --: |
${boards.map(({ name, ...times }) => line([name, ...[times.first, times.median, times.slowest].map((ms) => ms.toFixed(0))])).join('\n')}

- At rest: ${total.toFixed(0)} MB (desk ${memory.desk.toFixed(0)}, database ${memory.database.toFixed(0)})
- Restart to the first answer: ${(restart / 1000).toFixed(2)} s; first start of all: ${(first / 1000).toFixed(2)} s
- ${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, ${(totalmem() / 1024 ** 3).toFixed(0)} GB; Node ${process.versions.node}, PostgreSQL ${results.postgres}
`
}
