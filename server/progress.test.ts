import { expect, test } from 'vitest'
import { progressOn, progressTo } from './progress.ts'

function paper(isTTY: boolean) {
  const lines: string[] = []
  return { lines, stream: { isTTY, write: (text: string) => lines.push(text) > 0 } }
}

test('where nothing can be drawn, each tenth is a line of its own, once', () => {
  const { lines, stream } = paper(false)
  const tell = progressOn(stream)
  for (const done of [0, 5, 9, 10, 19, 20, 55, 54, 99, 100, 100]) tell(done, 100)
  expect(lines).toEqual(['10 %\n', '20 %\n', '50 %\n', '90 %\n', '100 %\n'])
})

test('a command that answers a program says nothing of how far it is', () => {
  const { lines, stream } = paper(false)
  progressTo(stream)(50, 100)
  expect(lines).toEqual([])
})

test('nothing of nothing is no progress', () => {
  const { lines, stream } = paper(false)
  progressOn(stream)(0, 0)
  expect(lines).toEqual([])
})
