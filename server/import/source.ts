import { createHash } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Refusal } from '#server/core/refusal.ts'

/** A file that can be read as often as needed. */
export interface Source {
  readonly name: string
  open(): Promise<Readable>
}

export interface Looked {
  readonly sha256: string
  readonly size: number
  readonly packed: boolean
  readonly type: 'csv' | 'xlsx'
  readonly charset: Charset
}

export type Charset = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

const empty = new Refusal('invalid', 'The file is empty')

/** Reads a file once, to tell what it is and by which signs its text is written. */
export async function lookAt(source: Source): Promise<Looked> {
  const hash = createHash('sha256')
  let size = 0
  let first = Buffer.alloc(0)
  for await (const bytes of buffers(await source.open())) {
    hash.update(bytes)
    size += bytes.length
    if (first.length < 4) first = Buffer.concat([first, bytes.subarray(0, 4)])
  }
  if (size === 0) throw empty
  const packed = first[0] === 0x1f && first[1] === 0x8b
  if (first[0] === 0xd0 && first[1] === 0xcf)
    throw new Refusal('invalid', 'This is an old Excel file (.xls). Save it as .xlsx or CSV, and try again')
  const type = first[0] === 0x50 && first[1] === 0x4b ? 'xlsx' : 'csv'
  const charset = type === 'xlsx' ? 'utf-8' : await charsetOf(source, packed)
  return { sha256: hash.digest('hex'), size, packed, type, charset }
}

async function* buffers(stream: AsyncIterable<unknown>) {
  for await (const chunk of stream) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
}

/** What was written by a byte order mark, or else UTF-8 where every byte fits it, or else what Windows writes. */
async function charsetOf(source: Source, packed: boolean): Promise<Charset> {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let first: Charset | null | undefined
  for await (const bytes of bytesOf(source, packed)) {
    first ??= markedCharset(bytes)
    if (first !== null) return first
    try {
      utf8.decode(bytes, { stream: true })
    } catch {
      return 'windows-1252'
    }
  }
  if (first === undefined) throw empty
  return 'utf-8'
}

function markedCharset(bytes: Buffer): Charset | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  const head = bytes.subarray(0, 400)
  const zeros = (odd: 0 | 1) => head.filter((byte, at) => byte === 0 && at % 2 === odd).length
  if (zeros(1) > head.length / 4) return 'utf-16le'
  return zeros(0) > head.length / 4 ? 'utf-16be' : null
}

const mostUnpacked = 8 * 1024 ** 3

/** The bytes of a file, unpacked where it is packed; `read` is told how many of its own were used up. */
export async function* bytesOf(source: Source, packed: boolean, read: (bytes: number) => void = () => {}) {
  const raw = await source.open()
  raw.on('data', (chunk: Buffer) => read(chunk.length))
  raw.pause()
  const stream = packed ? raw.pipe(createGunzip()) : raw
  if (packed) raw.once('error', (error) => stream.destroy(error))
  let size = 0
  try {
    for await (const bytes of buffers(stream)) {
      size += bytes.length
      if (size > mostUnpacked) throw new Refusal('too_large', 'The file holds more than 8 GB once it is unpacked')
      yield bytes
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      throw new Refusal('invalid', 'The file is packed, but broken: it cannot be unpacked to its end')
    throw error
  } finally {
    raw.destroy()
  }
}

/** The text of a file; what its signs do not spell becomes U+FFFD. */
export async function* textOf(source: Source, { packed, charset }: Looked, read?: (bytes: number) => void) {
  const decoder = new TextDecoder(charset)
  for await (const bytes of bytesOf(source, packed, read)) yield decoder.decode(bytes, { stream: true })
  yield decoder.decode()
}

/** A file on this machine. */
export const fileSource = (path: string): Source => ({
  name: basename(path),
  async open() {
    await access(path, constants.R_OK).catch(() => {
      throw new Refusal('not_found', `There is no file ${path} that can be read`)
    })
    return createReadStream(path)
  },
})
