import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { check } from '#shared/filter/check.ts'
import { fields, predicates } from '#shared/filter/desk.fixture.ts'
import { parse } from '#shared/filter/parse.ts'
import { print } from '#shared/filter/print.ts'

const text = readFileSync(new URL('../../docs/filter.md', import.meta.url), 'utf8')

const blocks = (language: string) =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(([, block = '']) => block.trim())

const examples = blocks('filter').flatMap((block) => block.split('\n'))

test('the guide shows more than twenty filters', () => expect(examples.length).toBeGreaterThan(20))

test.for(examples)('the guide can promise that %s is understood', (example) => {
  const filter = parse(example, fields, predicates)
  expect(parse(print(filter, fields), fields, predicates)).toEqual(filter)
})

test.for(blocks('json'))('the guide can promise that this JSON is understood: %s', (example) => {
  const filter: unknown = JSON.parse(example)
  expect(check(filter, fields, predicates)).toEqual(filter)
})
