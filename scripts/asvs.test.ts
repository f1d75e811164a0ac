import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

test('what the checklist of security points to is there', async () => {
  const text = await readFile('docs/asvs.md', 'utf8')
  const paths = [...text.matchAll(/`((?:server|shared|web|test|e2e|scripts)\/[^`]+)`/g)].map(([, path]) => path!)
  expect(paths.length).toBeGreaterThan(50)
  expect(paths.filter((path) => !existsSync(path))).toEqual([])
  for (let chapter = 1; chapter <= 17; chapter += 1) expect(text).toMatch(new RegExp(`^## .*\\bV${chapter}\\b`, 'm'))
})
