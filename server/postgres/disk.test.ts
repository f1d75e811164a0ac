import { expect, test } from 'vitest'
import { diskState, readDisk } from './disk.ts'

const gb = 1024 ** 3

test.for([
  { free: 50 * gb, total: 100 * gb, maxWal: gb, state: 'ok' },
  { free: 20 * gb, total: 100 * gb, maxWal: gb, state: 'ok' },
  { free: 20 * gb - 1, total: 100 * gb, maxWal: gb, state: 'low' },
  { free: 3 * gb, total: 100 * gb, maxWal: gb, state: 'low' },
  { free: 3 * gb - 1, total: 100 * gb, maxWal: gb, state: 'readonly' },
  { free: gb, total: 4 * gb, maxWal: 0.1 * gb, state: 'ok' },
  { free: gb - 1, total: 2 * gb, maxWal: 0.1 * gb, state: 'readonly' },
  { free: 0, total: 100 * gb, maxWal: 0, state: 'readonly' },
])('with $free of $total bytes free and a log of $maxWal the desk is $state', ({ state, ...disk }) => {
  expect(diskState(disk)).toBe(state)
})

test('the disk of a folder is read in bytes', async () => {
  const { free, total } = await readDisk('/')
  expect(total).toBeGreaterThan(gb / 2)
  expect(free).toBeLessThanOrEqual(total)
})
