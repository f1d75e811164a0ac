import { once } from 'node:events'
import { crc32, createDeflateRaw } from 'node:zlib'
import { chunked } from './chunks.ts'

export interface Entry {
  readonly name: string
  readonly content: AsyncIterable<string> | Iterable<string>
}

interface Written {
  readonly name: Buffer
  readonly at: number
  readonly crc: number
  readonly packed: number
  readonly size: number
}

const signature = { file: 0x04034b50, descriptor: 0x08074b50, directory: 0x02014b50, end: 0x06054b50 } as const
/** Sizes follow the content, names are UTF-8; deflated; 1980-01-01, so that the same content makes the same archive. */
const shared = [20, 0x0808, 8, 0, 0x21] as const

/** A ZIP archive, written while it is read: nothing but one chunk is ever held. */
export async function* zip(entries: readonly Entry[]): AsyncGenerator<Buffer> {
  const done: Written[] = []
  let at = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name)
    const totals = { crc: 0, packed: 0, size: 0 }
    const head = Buffer.concat([numbers('L SSSSS LLL SS', [signature.file, ...shared, 0, 0, 0, name.length, 0]), name])
    yield head
    for await (const chunk of deflated(entry.content, totals)) yield chunk
    const { crc, packed, size } = totals
    const tail = numbers('L LLL', [signature.descriptor, crc, packed, size])
    yield tail
    done.push({ name, at, ...totals })
    at += head.length + packed + tail.length
  }
  yield directory(done, at)
}

function directory(entries: readonly Written[], at: number) {
  const rows = entries.map(({ name, crc, packed, size, at: from }) =>
    Buffer.concat([
      numbers('L S SSSSS LLL SSSSS LL', [
        signature.directory,
        20,
        ...shared,
        crc,
        packed,
        size,
        name.length,
        0,
        0,
        0,
        0,
        0,
        from,
      ]),
      name,
    ]),
  )
  const size = rows.reduce((sum, row) => sum + row.length, 0)
  const count = entries.length
  return Buffer.concat([...rows, numbers('L SSSS LL S', [signature.end, 0, 0, count, count, size, at, 0])])
}

async function* deflated(content: Entry['content'], totals: { crc: number; packed: number; size: number }) {
  const deflate = createDeflateRaw({ level: 6 })
  const feeding = feed()
  feeding.catch((error: Error) => deflate.destroy(error))
  for await (const chunk of deflate) {
    const bytes: Buffer = chunk
    totals.packed += bytes.length
    yield bytes
  }
  await feeding

  async function feed() {
    for await (const text of chunked(content)) {
      const bytes = Buffer.from(text)
      totals.crc = crc32(bytes, totals.crc)
      totals.size += bytes.length
      if (!deflate.write(bytes)) await once(deflate, 'drain')
    }
    deflate.end()
  }
}

/** Numbers as ZIP writes them, little end first: S takes two bytes, L four. */
function numbers(format: string, values: readonly number[]) {
  const widths = Array.from(format.replaceAll(' ', ''), (letter) => (letter === 'L' ? 4 : 2))
  const bytes = Buffer.alloc(widths.reduce((sum, width) => sum + width, 0))
  let at = 0
  for (const [place, value] of values.entries()) at = bytes.writeUIntLE(value, at, widths[place] ?? 0)
  return bytes
}
