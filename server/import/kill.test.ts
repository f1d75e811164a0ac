import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test, vi } from 'vitest'
import { Certificate } from '#shared/import/certificate.ts'
import { verifyHistory } from '#server/item/item.ts'
import { testDesk } from '#test/desk.ts'
import { admin } from '#test/template.ts'
import { csvOf, readLog } from './log.fixture.ts'

const desk = await testDesk()
vi.useRealTimers()
const dir = await mkdtemp(join(tmpdir(), 'steward-import-'))
afterAll(() => rm(dir, { recursive: true }))
const cli = fileURLToPath(new URL('../cli/cli.ts', import.meta.url))

const command = (...words: string[]) =>
  spawn(process.execPath, [cli, 'import', ...words, '--json'], {
    env: { ...process.env, DATABASE_URL: desk.ownerUrl, STEWARD_DATA: dir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

async function count(sql: string) {
  const [row] = await admin<{ count: number }>(sql, desk.database)
  return row!.count
}

test('PLT-07: an import that is killed in its middle goes on, and ends as if it had never been', async () => {
  const file = join(dir, 'log.csv')
  await writeFile(file, csvOf(await readLog()))
  const killed = command('servicenow-log', file)
  for (;;) {
    if ((await count('select count(*) from item')) > 100) break
    expect(killed.exitCode).toBeNull()
    await wait(5)
  }
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  const there = await count('select count(*) from item')
  expect(there).toBeLessThan(890)

  const again = command('servicenow-log', file)
  const [out, err] = await Promise.all([text(again.stdout), text(again.stderr), once(again, 'exit')])
  expect([again.exitCode, err]).toEqual([
    0,
    'One row is older than the one before of the same record; the order of the file is kept\n',
  ])
  const certificate = Certificate.parse(JSON.parse(out))
  expect(certificate).toMatchObject({ incidents: 890, events: 5998, rejectedCount: 0, hashes: { equal: true } })
  expect(certificate.added).toMatchObject({ incidents: 890, events: 5998, people: 1105, teams: 61 })
  expect(await count('select count(*) from item')).toBe(890)
  expect(await count('select count(*) from event')).toBe(890 + 5998)
  expect(await count('select count(*) from import_run')).toBe(1)
  expect((await desk.asSystem((ctx) => verifyHistory(ctx))).faults).toEqual([])
}, 300_000)

test('the command says what is wrong with a file, and ends with a code that tells it', async () => {
  const file = join(dir, 'no.csv')
  await writeFile(file, 'Number,Title,Created\nN-1,T,2024-01-13\n')
  const wrong = command('servicenow-log', file)
  const [err] = await Promise.all([text(wrong.stderr), once(wrong, 'exit')])
  expect([wrong.exitCode, err]).toEqual([1, expect.stringContaining('This is no event log')])
})
