import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ballastIn, giveBackWhenFull } from './ballast.ts'

const size = 3 * 1024 ** 2 + 17
const never = new AbortController().signal

async function folder() {
  const dir = await mkdtemp(join(tmpdir(), 'steward-ballast-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

test('room is really taken on the disk, once, and given back at once', async () => {
  const dir = await folder()
  const ballast = ballastIn(dir, size)
  await ballast.setAside(never)
  const { size: bytes, blocks, mtimeMs } = await stat(join(dir, 'ballast'))
  expect(bytes).toBe(size)
  expect(blocks * 512).toBeGreaterThanOrEqual(size)
  await ballast.setAside(never)
  expect((await stat(join(dir, 'ballast'))).mtimeMs).toBe(mtimeMs)
  expect([await ballast.giveBack(), await ballast.giveBack()]).toEqual([size, 0])
  expect(await readdir(dir)).toEqual([])
})

test('what was begun when the desk stopped leaves nothing behind', async () => {
  const dir = await folder()
  await ballastIn(dir, size).setAside(AbortSignal.abort())
  expect(await readdir(dir)).toEqual([])
})

test('before the database starts, room is given back only where next to nothing is left', async () => {
  const dir = await folder()
  const said: string[] = []
  await ballastIn(dir, size).setAside(never)
  await giveBackWhenFull(dir, size, (line) => said.push(line))
  expect([await readdir(dir), said]).toEqual([['ballast'], []])
  await giveBackWhenFull(dir, Number.MAX_SAFE_INTEGER, (line) => said.push(line))
  expect(await readdir(dir)).toEqual([])
  expect(said).toEqual(['The disk is full. 3 MB that were set aside for this were given back; make room.'])
  await giveBackWhenFull(join(dir, 'nowhere'), size, (line) => said.push(line))
  expect(said).toHaveLength(1)
})
