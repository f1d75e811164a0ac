import { buffer } from 'node:stream/consumers'
import { Unzip, UnzipInflate } from 'fflate'
import { Refusal } from '#server/core/refusal.ts'
import type { Row } from './delimited.ts'
import type { Source } from './source.ts'

/** The most that an Excel file may hold once unpacked, in bytes: it is read as a whole. */
const mostUnpacked = 48 * 1024 * 1024

const tooLarge = () =>
  new Refusal(
    'too_large',
    'Excel files are read up to 48 MB of unpacked content; save this one as CSV, which has no such limit',
  )

/** The rows of the first sheet of an Excel workbook; times come as they are shown, without a zone. */
export async function* readSheetRows(source: Source): AsyncGenerator<Row> {
  const bytes = await buffer(await source.open())
  requireBounded(bytes)
  const { readSheet } = await import('read-excel-file/node')
  const rows = await readSheet(bytes).catch(() => {
    throw new Refusal('invalid', 'This is no Excel workbook that can be read. Save it as CSV, and try again')
  })
  for (const [at, row] of rows.entries()) {
    const cells = row.map(textOf)
    if (cells.some((cell) => cell !== '')) yield { line: at + 1, cells }
  }
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString().slice(0, 19).replace('T', ' ')
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** A small file can unpack to a huge one, and may lie about it: so it is unpacked on trial first, and counted. */
function requireBounded(bytes: Buffer) {
  let size = 0
  const unzip = new Unzip((file) => {
    file.ondata = (error, chunk) => {
      if (error) throw new Refusal('invalid', 'This Excel file is broken: it cannot be unpacked to its end')
      size += chunk.length
      if (size > mostUnpacked) throw tooLarge()
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  try {
    for (let at = 0; at < bytes.length; at += piece)
      unzip.push(bytes.subarray(at, at + piece), at + piece >= bytes.length)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('invalid', 'This Excel file is broken: it cannot be unpacked to its end')
  }
}

const piece = 64 * 1024
