/** A row of a file: its cells, or why it cannot be read. Lines are counted as an editor counts them, from 1. */
export type Row = { readonly line: number; readonly cells: readonly string[] } | Broken

export interface Broken {
  readonly line: number
  readonly broken: string
}

const mostLines = 500
const mostLetters = 1_000_000
const mostColumns = 2000

/**
 * Reads delimited text (RFC 4180, and what programs make of it), row by row. What is quoted wrongly costs the line it
 * stands in and no other: reading goes on with the next line.
 */
export async function* readDelimited(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<Row> {
  const lines = numbered(linesOf(text))
  const again: Line[] = []
  const next = async (): Promise<Line | null> => again.shift() ?? (await lines.next()).value ?? null
  try {
    let columns: number | null = null
    for (let line = await next(); line !== null; line = await next()) {
      if (line.text === '') continue
      const { row, unused }: Found = line.text.includes('"')
        ? await readQuoted(line, { delimiter, columns }, next)
        : { row: { line: line.number, cells: bounded(line.text.split(delimiter)) }, unused: [] }
      again.unshift(...unused)
      if ('cells' in row) columns ??= row.cells.length
      yield row
    }
  } finally {
    // Whoever stops reading early lets go of the file.
    await lines.return(null)
  }
}

interface Shape {
  readonly delimiter: string
  /** How many cells the head has. */
  readonly columns: number | null
}

/** A row with quotes in it, which may go on over several lines; those that it turns out not to need are handed back. */
async function readQuoted(line: Line, { delimiter, columns }: Shape, next: () => Promise<Line | null>): Promise<Found> {
  const cells: string[] = []
  const later: Line[] = []
  let state = scan(line.text, delimiter, cells, null)
  for (let letters = 0; state.open !== null && later.length < mostLines && letters < mostLetters;) {
    const more = await next()
    if (more === null) break
    later.push(more)
    letters += more.text.length
    state = scan(more.text, delimiter, cells, state.open)
  }
  const wrong = wrongWith(state, cells.length, { lines: later.length, columns })
  return wrong === null
    ? { row: { line: line.number, cells: bounded(cells) }, unused: [] }
    : { row: { line: line.number, broken: wrong }, unused: later }
}

interface Found {
  readonly row: Row
  readonly unused: readonly Line[]
}

/** A row over several lines that does not fit its head swallowed rows that are none of it. */
function wrongWith(
  { open, wrong }: Scanned,
  cells: number,
  { lines, columns }: { lines: number; columns: number | null },
) {
  if (lines === 0 && open === null) return wrong
  const fits = open === null && wrong === null && (columns === null || cells === columns)
  return fits ? null : 'a quote is opened and not closed again'
}

const bounded = (cells: string[]) => cells.slice(0, mostColumns)

interface Line {
  readonly number: number
  readonly text: string
}

interface Scanned {
  /** What stands in the cell that is quoted and goes on in the next line. */
  readonly open: string | null
  readonly wrong: string | null
}

const fine: Scanned = { open: null, wrong: null }

interface Here {
  readonly text: string
  readonly at: number
  readonly delimiter: string
}

/** Takes the cells out of one line; `open` is what a quoted cell held already when the line began. */
function scan(text: string, delimiter: string, cells: string[], open: string | null): Scanned {
  let at: number | Scanned = open === null ? 0 : quotedCell({ text, at: 0, delimiter }, cells, `${open}\n`)
  while (typeof at === 'number')
    at =
      text[at] === '"'
        ? quotedCell({ text, at: at + 1, delimiter }, cells, '')
        : bareCell({ text, at, delimiter }, cells)
  return at
}

/** Where the next cell begins, or how the line ended. */
function bareCell({ text, at, delimiter }: Here, cells: string[]): number | Scanned {
  const end = text.indexOf(delimiter, at)
  cells.push(text.slice(at, end < 0 ? undefined : end))
  return end < 0 ? fine : end + 1
}

function quotedCell({ text, at, delimiter }: Here, cells: string[], before: string): number | Scanned {
  const end = closing(text, at)
  if (end < 0) return { open: before + inner(text.slice(at)), wrong: null }
  cells.push(before + inner(text.slice(at, end)))
  if (end + 1 === text.length) return fine
  return text[end + 1] === delimiter ? end + 2 : { open: null, wrong: 'a quote ends in the middle of a cell' }
}

const inner = (text: string) => text.replaceAll('""', '"')

/** Where the quote that ends a cell stands; two in a row stand for one in the text. */
function closing(text: string, from: number) {
  let at = text.indexOf('"', from)
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
  return at
}

async function* numbered(lines: AsyncIterable<string>): AsyncGenerator<Line, null> {
  let number = 0
  for await (const text of lines) {
    number += 1
    yield { number, text }
  }
  return null
}

/** The lines of a text, whichever signs end them; one that never ends is cut. */
async function* linesOf(text: AsyncIterable<string>) {
  let rest = ''
  for await (const piece of text) {
    const all = rest + piece
    const parts = (all.endsWith('\r') ? all.slice(0, -1) : all).split(/\r\n|\n|\r/)
    const last = parts.pop() ?? ''
    yield* parts
    rest = all.endsWith('\r') ? `${last}\r` : last
    if (rest.length > mostLine) {
      yield rest
      rest = ''
    }
  }
  const end = rest.endsWith('\r') ? rest.slice(0, -1) : rest
  if (end !== '') yield end
}

const mostLine = 16 * 1024 * 1024

/** The delimiter that parts the head best: the one found most often outside quotes. */
export function delimiterOf(head: string) {
  const bare = head.replaceAll(/"[^"]*"/g, '')
  const counted = [',', ';', '\t', '|'].map((sign) => ({ sign, count: bare.split(sign).length }))
  return counted.toSorted((a, b) => b.count - a.count)[0]!.sign
}
