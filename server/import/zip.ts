import { createInflateRaw } from 'node:zlib'
import { Readable } from 'node:stream'
import { Refusal } from '#server/core/refusal.ts'

interface Entry {
  readonly method: number
  readonly packed: number
  readonly at: number
}

export interface Archive {
  has(name: string): boolean
  /** The text of a file in the archive, as it is unpacked; one that is not there has none. */
  text(name: string): AsyncGenerator<string>
}

const broken = () => new Refusal('invalid', 'This Excel file is broken: it cannot be unpacked to its end')
/** A small file can unpack to a huge one: reading ends here, and memory does not grow until then. */
const mostUnpacked = 2 * 1024 ** 3

/** Opens a ZIP archive that is held in memory; what is in it is unpacked piece by piece. */
export function openArchive(bytes: Buffer): Archive {
  const entries = entriesOf(bytes)
  let unpacked = 0
  return {
    has: (name) => entries.has(name),
    async *text(name) {
      const entry = entries.get(name)
      if (!entry) return
      const decoder = new TextDecoder()
      for await (const piece of contentOf(bytes, entry)) {
        unpacked += piece.length
        if (unpacked > mostUnpacked) throw new Refusal('too_large', 'This Excel file unpacks to more than 2 GB')
        yield decoder.decode(piece, { stream: true })
      }
      yield decoder.decode()
    },
  }
}

const endSign = 0x06054b50
const entrySign = 0x02014b50
const localSign = 0x04034b50

function entriesOf(bytes: Buffer) {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== endSign) throw broken()
  const entries = new Map<string, Entry>()
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== entrySign) throw broken()
    const [name, extra, comment] = [
      bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30),
      bytes.readUInt16LE(at + 32),
    ]
    entries.set(bytes.toString('utf8', at + 46, at + 46 + name), {
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      at: bytes.readUInt32LE(at + 42),
    })
    at += 46 + name + extra + comment
  }
  return entries
}

async function* contentOf(bytes: Buffer, entry: Entry): AsyncGenerator<Buffer> {
  const content = packedOf(bytes, entry)
  if (entry.method === 0) {
    yield content
    return
  }
  const inflating = Readable.from(portions(content), { objectMode: false }).pipe(createInflateRaw())
  try {
    for await (const piece of inflating) yield Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece))
  } catch (error) {
    throw isOfZlib(error) ? broken() : error
  }
}

function packedOf(bytes: Buffer, { method, packed, at }: Entry) {
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== localSign) throw broken()
  const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
  const content = bytes.subarray(from, from + packed)
  if (content.length < packed || (method !== 0 && method !== 8)) throw broken()
  return content
}

const isOfZlib = (error: unknown) => error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')

function* portions(content: Buffer) {
  for (let at = 0; at < content.length; at += portion) yield content.subarray(at, at + portion)
}

const portion = 64 * 1024
