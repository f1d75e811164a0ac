import { Refusal } from '#server/core/refusal.ts'
import { delimiterOf, readDelimited, type Row } from './delimited.ts'
import { readSheetRows } from './sheet.ts'
import { lookAt, textOf, type Looked, type Source } from './source.ts'

/** A file as a table: its head, and its rows as often as they are asked for. */
export interface Table extends Looked {
  readonly name: string
  readonly delimiter: string
  readonly head: readonly string[]
  /** Every row below the head; one that does not fit the head is broken. `read` is told of the bytes used up. */
  rows(read?: (bytes: number) => void): AsyncGenerator<Row>
}

export async function openTable(source: Source): Promise<Table> {
  const looked = await lookAt(source)
  const delimiter = looked.type === 'csv' ? delimiterOf(await firstLine(textOf(source, looked))) : ''
  const all = (read?: (bytes: number) => void) =>
    looked.type === 'csv' ? readDelimited(textOf(source, looked, read), delimiter) : readSheetRows(source)
  const head = await headOf(all())
  return {
    ...looked,
    name: source.name,
    delimiter,
    head,
    async *rows(read) {
      let first = true
      for await (const row of all(read)) {
        if (!first) yield fitting(row, head.length, looked.type === 'xlsx')
        first = false
      }
    },
  }
}

async function firstLine(text: AsyncIterable<string>) {
  let line = ''
  for await (const piece of text) {
    line += piece
    const end = line.search(/[\r\n]/)
    if (end > 0 || line.length > 100_000) return line.slice(0, end > 0 ? end : undefined)
  }
  return line
}

async function headOf(rows: AsyncGenerator<Row>): Promise<string[]> {
  const first = await rows.next()
  const row = first.done ? undefined : first.value
  await rows.return(undefined)
  if (!row || 'broken' in row) throw new Refusal('invalid', 'The first line must name the columns')
  const names = row.cells.map((cell, at) => cell.trim().slice(0, 200) || `Column ${at + 1}`)
  if (names.length < 2) throw new Refusal('invalid', 'The first line names one column only: is this a table?')
  // Two columns of the same name are told apart by their place.
  return names.map((name, at) => (names.indexOf(name) < at ? `${name} (${at + 1})`.slice(0, 200) : name))
}

/** A row that fits its head. Spreadsheets leave out empty cells at the end, and may add some. */
function fitting(row: Row, columns: number, sheet: boolean): Row {
  if ('broken' in row) return row
  const { line, cells } = row
  if (cells.some((cell) => cell.includes('\0'))) return { line, broken: 'it holds null characters' }
  if (cells.length === columns) return row
  if (sheet && cells.length < columns)
    return { line, cells: [...cells, ...Array<string>(columns - cells.length).fill('')] }
  const beyond = cells.slice(columns)
  if (beyond.length > 0 && beyond.every((cell) => cell.trim() === '')) return { line, cells: cells.slice(0, columns) }
  return { line, broken: `it has ${cells.length} cells where the head has ${columns}` }
}
