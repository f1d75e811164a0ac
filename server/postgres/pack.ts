import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
import { damaged, type BackedUpFile } from './manifest.ts'
import { isCode } from './processes.ts'

export interface Packing {
  readonly from: string
  readonly folder: string
  readonly path: string
}

/** Copies one file into the backup, compressed and on the disk; null when it was gone before it could be read. */
export async function packFile({ from, folder, path }: Packing): Promise<BackedUpFile | null> {
  const target = join(folder, `${path}.zst`)
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  const { stream, result } = measure()
  try {
    await pipeline(createReadStream(from), stream, createZstdCompress(), store(target))
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
  return { path, ...result() }
}

/** Reads one file of the backup to its end and refuses it unless it is, byte for byte, what was backed up. */
export async function checkFile(folder: string, file: BackedUpFile) {
  await unpack(folder, file, new Writable({ write: (_chunk, _encoding, done) => done() }))
}

export async function unpackFile(folder: string, file: BackedUpFile, to: string) {
  const target = join(to, file.path)
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  await unpack(folder, file, store(target))
}

async function unpack(folder: string, file: BackedUpFile, target: Writable) {
  const { stream, result } = measure()
  try {
    await pipeline(createReadStream(join(folder, `${file.path}.zst`)), createZstdDecompress(), stream, target)
  } catch (error) {
    if (isCode(error, 'ENOSPC', 'EACCES', 'EROFS')) throw error
    throw damaged(file.path, error)
  }
  const { size, sha256 } = result()
  if (size !== file.size || sha256 !== file.sha256) throw damaged(file.path)
}

function store(path: string) {
  return createWriteStream(path, { mode: 0o600, flush: true })
}

function measure() {
  const hash = createHash('sha256')
  let size = 0
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      size += chunk.length
      done(null, chunk)
    },
  })
  return { stream, result: () => ({ size, sha256: hash.digest('hex') }) }
}
