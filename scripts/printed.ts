// The files that are printed from others: `--write` prints them, without it the check fails on one that is out of step.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '#server/core/migrate.ts'
import { startPostgres } from '#server/postgres/postgres.ts'
import { printTables } from './tables.ts'

const write = process.argv.includes('--write')

const printed: Record<string, () => Promise<string>> = {
  'server/core/tables.ts': tables,
  'docs/openapi.json': async () => (await import('./openapi.ts')).printOpenapi(),
}

for (const [file, print] of Object.entries(printed)) {
  const [is, now] = await Promise.all([readFile(file, 'utf8').catch(() => ''), print()])
  if (is === now) continue
  if (write) await writeFile(file, now)
  process.stderr.write(write ? `Printed ${file}\n` : `${file} is out of step: run node scripts/printed.ts --write\n`)
  if (!write) process.exitCode = 1
}

async function tables() {
  const dir = await mkdtemp(join(tmpdir(), 'steward-printed-'))
  const server = await startPostgres({ dir, say: () => {} })
  try {
    await migrate(server.url)
    return await printTables(server.url)
  } finally {
    await server.stop()
    await rm(server.dir, { recursive: true, force: true })
  }
}
