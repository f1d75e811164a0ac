import { Refusal } from '#server/core/refusal.ts'
import type { Row } from './delimited.ts'
import type { Source } from './source.ts'
import { invalidWorkbook, openWorkbook, type Workbook } from './workbook.ts'
import { attribute, readTags, unescaped, type Tag } from './xml.ts'
import { openArchive } from './zip.ts'

/** The most that an Excel file may have, packed as it is: so much of it is held in memory. */
const largest = 64 * 1024 * 1024

/** The rows of the first sheet of an Excel workbook, one by one; times come as they are shown, without a zone. */
export async function* readSheetRows(source: Source): AsyncGenerator<Row> {
  const archive = openArchive(await bytesOf(source))
  const book = await openWorkbook(archive)
  const reading = readerOf(book)
  for await (const tag of readTags(archive.text(book.path))) {
    const row = reading(tag)
    if (row) yield row
  }
}

/** Takes the tags of a sheet one after another, and hands out each row when it is whole. */
function readerOf(book: Workbook) {
  let [line, open, cells] = [0, null as Cell | null, [] as string[]]
  const begin = (tag: Tag) => {
    if (tag.name === 'c') open = cellOf(tag, cells.length)
    if (tag.name !== 'row') return
    line = Number(attribute(tag, 'r') ?? line + 1)
    cells = []
  }
  const end = ({ name, before }: Tag): Row | null => {
    if (name === 'row') return cells.some((cell) => cell !== '') ? { line, cells } : null
    if (open && name === 'v') open.value = unescaped(before)
    if (open && name === 't') open.text += unescaped(before)
    if (open && name === 'c') open = put(cells, open, book)
    return null
  }
  return (tag: Tag) => {
    if (tag.opens) begin(tag)
    return tag.closes ? end(tag) : null
  }
}

function put(cells: string[], cell: Cell, book: Workbook) {
  if (cell.place > mostColumns) throw invalidWorkbook()
  while (cells.length < cell.place) cells.push('')
  cells[cell.place] = valueOf(cell, book)
  return null
}

const mostColumns = 2000

async function bytesOf(source: Source) {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of await source.open()) {
    const bytes = Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece))
    pieces.push(bytes)
    size += bytes.length
    if (size > largest)
      throw new Refusal(
        'too_large',
        'Excel files are read up to 64 MB; save this one as CSV, which may be as large as you like',
      )
  }
  return Buffer.concat(pieces)
}

interface Cell {
  readonly place: number
  readonly type: string
  readonly style: number
  value: string
  text: string
}

function cellOf(tag: Tag, next: number): Cell {
  const place = columnOf(attribute(tag, 'r'))
  return {
    place: place ?? next,
    type: attribute(tag, 't') ?? 'n',
    style: Number(attribute(tag, 's') ?? 0),
    value: '',
    text: '',
  }
}

/** `AB12` is in the 28th column; cells that do not say where they are follow each other. */
function columnOf(address: string | undefined) {
  const letters = /^[A-Z]{1,3}/.exec(address ?? '')?.[0]
  if (!letters) return null
  return Array.from(letters).reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function valueOf(cell: Cell, { strings, dates, from1904 }: Workbook) {
  const { type, value } = cell
  const known = { s: strings[Number(value)] ?? '', inlineStr: cell.text, b: value === '1' ? 'true' : 'false', e: '' }[
    type
  ]
  if (known !== undefined) return known
  const number = Number(value)
  if (type !== 'n' || value === '' || !Number.isFinite(number)) return value
  return dates[cell.style] ? timeOf(number, from1904) : String(number)
}

const day = 86_400_000

/** Spreadsheets count days, from a day before 1900 as if 1900 had been a leap year, or from 1904. */
function timeOf(days: number, from1904: boolean) {
  const time = new Date(Math.round(((days - 25_569 + (from1904 ? 1462 : 0)) * day) / 1000) * 1000)
  if (Number.isNaN(time.getTime())) return String(days)
  const [date = '', clock = ''] = time.toISOString().slice(0, 19).split('T')
  return Number.isInteger(days) ? date : `${date} ${clock}`
}
