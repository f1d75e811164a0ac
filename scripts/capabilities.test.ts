import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { disagreements } from './capabilities.ts'

/** A tree of files; `ABC` and a number stand apart here, so that this file is no test of a capability itself. */
async function tree(rows: readonly string[], tests: Readonly<Record<string, string>>) {
  const root = await mkdtemp(join(tmpdir(), 'steward-capabilities-'))
  onTestFinished(() => rm(root, { recursive: true }))
  const head = '| id | capability | state | test |\n| -- | -- | -- | -- |\n'
  const files = { 'docs/capabilities.md': head + rows.join('\n'), ...tests }
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true })
    await writeFile(join(root, file), text)
  }
  return root
}

const titled = (id: string, title: string) => `test('${id}: ${title}', () => {})\n`
const file = 'server/a/a.test.ts'

test('a table that says what the tests prove passes', async () => {
  const rows = [
    `| ABC-01 | Counts | works | \`${file}\` “it counts” |`,
    `| ABC-02 | Sorts | partly: not by name | \`${file}\` |`,
  ]
  expect(await disagreements(await tree(rows, { [file]: titled('ABC-01', 'it counts') }))).toEqual([])
})

test('what is said to work needs a test of its own', async () => {
  const rows = [`| ABC-01 | Counts | works | \`${file}\` |`]
  expect(await disagreements(await tree(rows, { [file]: `test('it counts', () => {})` }))).toEqual([
    'ABC-01 is said to work, but no test has a title that begins with "ABC-01: "',
  ])
})

test('a test of a capability that the table lacks is named', async () => {
  const rows = [`| ABC-01 | Counts | works | \`${file}\` |`]
  const tests = { [file]: titled('ABC-01', 'it counts') + titled('ABC-07', 'it flies') }
  expect(await disagreements(await tree(rows, tests))).toEqual([
    `${file}: "ABC-07: it flies" tests ABC-07, which docs/capabilities.md does not list`,
  ])
})

test('a test file, or a title in it, that is not there is named', async () => {
  const rows = [
    `| ABC-01 | Counts | works | \`server/gone.test.ts\` |`,
    `| ABC-02 | Sorts | works | \`${file}\` “it sorts” |`,
  ]
  const tests = { [file]: titled('ABC-01', 'it counts') + titled('ABC-02', 'it orders') }
  expect(await disagreements(await tree(rows, tests))).toEqual([
    'ABC-01 names server/gone.test.ts, which is no test file here',
    `ABC-02 names "it sorts", which is no test of ${file}`,
  ])
})

test('a state is one of two, a row stands once, and an empty table proves nothing', async () => {
  const rows = [`| ABC-01 | Counts | soon | \`${file}\` |`, `| ABC-01 | Counts | partly: all | |`]
  expect(await disagreements(await tree(rows, { [file]: '' }))).toEqual([
    'ABC-01 in docs/capabilities.md says neither "works" nor "partly: …" and what is missing',
    'ABC-01 is in docs/capabilities.md twice',
    'ABC-01 in docs/capabilities.md names no test file',
  ])
  expect(await disagreements(await tree([], {}))).toEqual(['docs/capabilities.md has no row that could be read'])
})
