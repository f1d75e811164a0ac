import { statfs } from 'node:fs/promises'

export type DiskState = 'ok' | 'low' | 'readonly'

export interface Disk {
  readonly free: number
  readonly total: number
}

const gigabyte = 1024 ** 3
const lowShare = 0.2

/** A full disk stops the database for everybody, even for reading; so writing stops while there is still some room. */
export function diskState({ free, total, maxWal }: Disk & { readonly maxWal: number }): DiskState {
  if (free < Math.max(gigabyte, 3 * maxWal)) return 'readonly'
  return free < total * lowShare ? 'low' : 'ok'
}

/** Bytes that are free to the desk, and all there are, on the disk that holds this folder. */
export async function readDisk(dir: string): Promise<Disk> {
  const { bavail, blocks, bsize } = await statfs(dir)
  return { free: bavail * bsize, total: blocks * bsize }
}
