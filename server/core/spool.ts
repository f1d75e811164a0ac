import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { Refusal } from './refusal.ts'

/** Writes a stream to a file with a name of its own, durably, counting and hashing it on the way. */
export async function writeDown(content: Readable, limit: number, folder: string) {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, randomUUID())
  const file = await open(path, 'wx', 0o600)
  try {
    const written = await writeAll(file, content, limit)
    await file.sync()
    await file.close()
    return { path, ...written }
  } catch (error) {
    await file.close().catch(() => {})
    await rm(path, { force: true })
    throw error
  }
}

async function writeAll(file: FileHandle, content: Readable, limit: number) {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of content) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk as string)
    size += bytes.length
    if (size > limit) throw new Refusal('too_large', `A file may have ${Math.floor(limit / 1024 / 1024)} MB at most`)
    hash.update(bytes)
    for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten
  }
  return { sha256: hash.digest('hex'), size }
}
