// What docs/capabilities.md claims, held against the tests: `node scripts/capabilities.ts` fails on each claim that no
// test stands behind, and on each test of a capability that the table does not know.
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'

interface Row {
  readonly id: string
  readonly state: string
  readonly tests: string
}

interface Title {
  readonly id: string
  readonly file: string
  readonly title: string
}

const table = 'docs/capabilities.md'
const places = '{server,shared,web,scripts,test,e2e,bench,faults}/**/*.test.{ts,tsx}'

/** Each way in which the table and the tests do not agree, as a sentence for whoever mends it. */
export async function disagreements(root: string): Promise<string[]> {
  const rows = rowsOf(await readFile(join(root, table), 'utf8'))
  const sources = await sourcesIn(root)
  const titles = [...sources].flatMap(([file, text]) => titlesIn(file, text))
  const known = new Set(rows.map(({ id }) => id))
  return [
    ...(rows.length === 0 ? [`${table} has no row that could be read`] : []),
    ...rows.flatMap(stateless),
    ...repeated(rows),
    ...rows.flatMap((row) => untested(row, titles)),
    ...titles.filter(({ id }) => !known.has(id)).map(unlisted),
    ...rows.flatMap((row) => namedBy(row, sources)),
  ]
}

function rowsOf(text: string): Row[] {
  return text.split('\n').flatMap((line) => {
    const [, id = '', , state = '', tests = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim())
    return /^[A-Z]{3}-\d\d$/.test(id) ? [{ id, state, tests }] : []
  })
}

async function sourcesIn(root: string): Promise<ReadonlyMap<string, string>> {
  const files = (await Array.fromAsync(glob(places, { cwd: root }))).toSorted()
  return new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(join(root, file), 'utf8')] as const)),
  )
}

/** A title opens a call: a sentence that only mentions an id does not. */
function titlesIn(file: string, text: string): Title[] {
  const found = text.matchAll(/\(\s*(['"`])(([A-Z]{3}-\d\d): .*?)\1/g)
  return [...found].map(([, , title = '', id = '']) => ({ id, file, title }))
}

function stateless({ id, state }: Row) {
  if (state === 'works' || /^partly: ./.test(state)) return []
  return [`${id} in ${table} says neither "works" nor "partly: …" and what is missing`]
}

const repeated = (rows: readonly Row[]) =>
  rows.filter(({ id }, at) => rows.findIndex((row) => row.id === id) < at).map(({ id }) => `${id} is in ${table} twice`)

function untested({ id, state }: Row, titles: readonly Title[]) {
  if (state !== 'works' || titles.some((title) => title.id === id)) return []
  return [`${id} is said to work, but no test has a title that begins with "${id}: "`]
}

const unlisted = ({ id, file, title }: Title) => `${file}: "${title}" tests ${id}, which ${table} does not list`

/** The files and titles that a row names: `path/to/a.test.ts` “title of a test in it”. */
function namedBy({ id, tests }: Row, sources: ReadonlyMap<string, string>) {
  const named = [...tests.matchAll(/`([^`]+)`\s*(?:“([^”]+)”)?/g)]
  if (named.length === 0) return [`${id} in ${table} names no test file`]
  return named.flatMap(([, file = '', title]) => {
    const source = sources.get(file)
    if (source === undefined) return [`${id} names ${file}, which is no test file here`]
    return title === undefined || source.includes(title) ? [] : [`${id} names "${title}", which is no test of ${file}`]
  })
}

if (import.meta.main) {
  const wrong = await disagreements('.')
  process.stderr.write(wrong.map((line) => `${line}\n`).join(''))
  process.exitCode = wrong.length > 0 ? 1 : 0
}
