import { randomFillSync } from 'node:crypto'
import { open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readDisk } from './disk.ts'

const block = 1024 ** 2

/** Room that is set aside on the disk of the data, to be given back when a full disk leaves none to stop in order. */
export interface Ballast {
  /** Gives the room back once next to nothing else is left, and says how many bytes it was. */
  giveBack(): Promise<number>
  /** Sets the room aside, unless that was done. */
  setAside(signal: AbortSignal): Promise<void>
  readonly size: number
}

export function ballastIn(dir: string, size: number): Ballast {
  const path = join(dir, 'ballast')
  return {
    size,
    async giveBack() {
      const bytes = await sizeOf(path)
      if (bytes > 0) await rm(path, { force: true })
      return bytes
    },
    async setAside(signal) {
      if (size === 0 || (await sizeOf(path)) >= size) return
      await rm(path, { force: true })
      try {
        await write(`${path}.new`, size, signal)
        await rename(`${path}.new`, path)
      } catch (error) {
        await rm(`${path}.new`, { force: true })
        if (!signal.aborted) throw error
      }
    },
  }
}

/** Whether so little is left that the database could not even end in order. */
export const isFull = (free: number, { size }: Pick<Ballast, 'size'>) => free < size / 2

/** Before the database starts: one that fell on a full disk needs room to find its feet again. */
export async function giveBackWhenFull(dir: string, size: number, say: (line: string) => void) {
  const disk = await readDisk(dir).catch(() => null)
  const ballast = ballastIn(dir, size)
  if (!disk || !isFull(disk.free, ballast)) return
  const bytes = await ballast.giveBack()
  if (bytes > 0) say(givenBack(bytes))
}

export const givenBack = (bytes: number) =>
  `The disk is full. ${Math.round(bytes / block)} MB that were set aside for this were given back; make room.`

const sizeOf = async (path: string) => (await stat(path).catch(() => null))?.size ?? 0

/** Bytes that no file system makes smaller, a little at a time: other work comes first. */
async function write(path: string, size: number, signal: AbortSignal) {
  const file = await open(path, 'w', 0o600)
  try {
    const noise = Buffer.alloc(block)
    for (let written = 0; written < size; written += block) {
      signal.throwIfAborted()
      randomFillSync(noise)
      await file.write(noise, 0, Math.min(block, size - written))
    }
    await file.sync()
  } finally {
    await file.close()
  }
}
