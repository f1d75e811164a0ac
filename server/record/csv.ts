import type { Cell } from './cells.ts'
import { chunked } from './chunks.ts'

const marked = '\ufeff'

/** A table as CSV (RFC 4180) that spreadsheets read as UTF-8 and do not run. */
export const asCsv = (rows: AsyncIterable<readonly Cell[]>) => chunked(lines(rows))

async function* lines(rows: AsyncIterable<readonly Cell[]>) {
  yield marked
  for await (const row of rows) yield `${row.map(cell).join(',')}\r\n`
}

function cell(value: Cell) {
  if (typeof value !== 'string') return value === null ? '' : String(value)
  const text = runs.test(value) ? `'${value}` : value
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** What a spreadsheet would take for a formula (CWE-1236), in the wide forms of East Asian keyboards too. */
const runs = /^[=+\-@\t\r＝＋－＠]/
