import { constants } from 'node:fs'
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Files } from './desk.ts'
import { notFound } from './refusal.ts'
import { filesInBucket, type Bucket } from './s3.ts'
import { writeDown } from './spool.ts'

/** Where files are kept: in a bucket if there is one, else in a folder. */
export function filesFrom(bucket: Omit<Bucket, 'scratch'> | null, dir: string): Files {
  return bucket ? filesInBucket({ ...bucket, scratch: join(dir, incoming) }) : filesIn(dir)
}

const incoming = 'incoming'
const swept = '.swept'

/**
 * Files in a folder, each under the SHA-256 of what is in it. A file is written beside, made durable, and only then given
 * its name: whatever has a name is whole. What people call their files never comes near the disk.
 */
export function filesIn(dir: string): Files {
  const pathOf = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw notFound('file')
    return join(dir, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  }
  return {
    async put(content, limit) {
      const temporary = await writeDown(content, limit, join(dir, incoming))
      const path = pathOf(temporary.sha256)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await rename(temporary.path, path)
      for (const folder of [dirname(path), dirname(dirname(path)), dir]) await syncFolder(folder)
      return { sha256: temporary.sha256, size: temporary.size }
    },
    async read(sha256) {
      const file = await open(pathOf(sha256)).catch(absent)
      if (!file) throw notFound('file')
      return file.createReadStream()
    },
    has: (sha256) =>
      access(pathOf(sha256), constants.R_OK).then(
        () => true,
        () => false,
      ),
    async sweep(before, referred) {
      for (const name of await list(join(dir, incoming))) await removeOlder(join(dir, incoming, name), before)
      let removed = 0
      for (const folder of await foldersIn(dir)) {
        const names = await restored(folder)
        const kept = await referred(names)
        for (const name of names.filter((one) => !kept.has(one)))
          if (await removeOlder(join(folder, name), before)) removed += 1
      }
      return removed
    },
  }
}

async function syncFolder(path: string) {
  // Windows opens no folders; there the file system orders names by itself.
  const folder = await open(path).catch(() => null)
  await folder?.sync().catch(() => {})
  await folder?.close()
}

/**
 * Removes a file unless it was put in lately. It is moved aside first and looked at again: if the same content came in
 * between, it is moved back, so that a file that was just put is never taken away.
 */
async function removeOlder(path: string, before: Date) {
  if (!(await isOlder(path, before))) return false
  const aside = path + swept
  await rename(path, aside)
  if (await isOlder(aside, before)) {
    await rm(aside, { force: true })
    return true
  }
  await rename(aside, path)
  return false
}

const isOlder = async (path: string, before: Date) => {
  const found = await stat(path).catch(absent)
  return found !== null && found.mtimeMs < before.getTime()
}

/** The names in a folder, after a file that an interrupted sweep left aside was given its name again. */
async function restored(folder: string) {
  const names = await list(folder)
  const aside = names.filter((name) => name.endsWith(swept))
  for (const name of aside) await rename(join(folder, name), join(folder, name.slice(0, -swept.length)))
  return aside.length > 0 ? list(folder) : names
}

async function foldersIn(dir: string) {
  const upper = (await list(dir)).filter((name) => /^[0-9a-f]{2}$/.test(name)).map((name) => join(dir, name))
  const lower = await Promise.all(upper.map(async (folder) => (await list(folder)).map((name) => join(folder, name))))
  return lower.flat()
}

const list = async (folder: string) => (await readdir(folder).catch(absent)) ?? []

function absent(error: NodeJS.ErrnoException) {
  if (error.code === 'ENOENT') return null
  throw error
}
