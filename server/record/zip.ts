import { setImmediate } from 'node:timers/promises'
import { Zip, ZipDeflate } from 'fflate'
import { chunked } from './chunks.ts'

export interface Entry {
  readonly name: string
  readonly content: AsyncIterable<string> | Iterable<string>
}

/** The same content makes the same archive, so its date is none. */
const undated = new Date(1980, 0, 1)

/** A ZIP archive, written while it is read: little more than one chunk is ever held, and others get their turn. */
export async function* zip(entries: readonly Entry[]): AsyncGenerator<Uint8Array> {
  const packed: Uint8Array[] = []
  const archive = new Zip((error, bytes) => {
    if (error) throw error
    packed.push(bytes)
  })
  for (const { name, content } of entries) {
    const file = new ZipDeflate(name, { level: 6 })
    file.mtime = undated
    archive.add(file)
    for await (const text of chunked(content)) {
      file.push(Buffer.from(text))
      yield* packed.splice(0)
      await setImmediate()
    }
    file.push(new Uint8Array(), true)
  }
  archive.end()
  yield* packed
}
