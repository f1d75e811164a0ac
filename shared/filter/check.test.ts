import { expect, test } from 'vitest'
import { z } from 'zod'
import { check } from './check.ts'
import { attempt, fields, predicates } from './desk.fixture.ts'
import { FilterError, suggest } from './error.ts'
import { Filter } from './filter.ts'

const judge = (value: unknown) => attempt(() => check(value, fields, predicates))

test('a filter from outside comes back in the form that is kept', () => {
  const given = {
    all: [
      { field: 'CREATED', op: '>', value: '-7D' },
      { all: [{ field: 'priority', op: '=', value: ['2'] }] },
      { field: 'state', op: '=', value: 'New' },
    ],
  }
  expect(check(given, fields)).toEqual({
    all: [
      { field: 'createdAt', op: '>', value: '-7d' },
      { field: 'priority', op: '=', value: 2 },
      { field: 'state', op: '=', value: 'new' },
    ],
  })
})

const known = (count: number) => Array.from({ length: count }, (_, at) => `field${at}field`)

test('what is suggested ends as a sentence does, or says that there is more', () => {
  expect(suggest('zz', known(2), 'fields')).toBe('The fields are field0field, field1field.')
  expect(suggest('zz', known(12), 'fields')).toMatch(/field9field, …$/)
})

test.for([
  [null, 'This is not a filter.', []],
  ['state:new', 'This is not a filter.', []],
  [{ all: [], any: [] }, 'This is not a filter.', []],
  [{ field: 'state', op: 'like', value: 'new' }, 'This is not a filter.', []],
  [{ field: 'state', op: '=', value: [] }, 'This is not a filter.', []],
  [{ field: 'state', op: '=', value: { $ne: 1 } }, 'This is not a filter.', []],
  [{ field: 'state', op: '=', value: 'x'.repeat(2001) }, 'This is not a filter.', []],
  [{ all: [{ text: 'a' }, { not: { is: 'opne' } }] }, "Nothing can be 'opne'.", ['all', 1, 'not']],
  [{ any: [{ field: 'prioity', op: '=', value: 1 }] }, "There is no field 'prioity'.", ['any', 0, 'field']],
  [{ field: '__proto__', op: '=', value: 1 }, "There is no field '__proto__'.", ['field']],
  [{ is: 'constructor' }, "Nothing can be 'constructor'.", []],
  [{ field: 'priority', op: '=', value: 'high' }, "'high' is not a number.", ['value']],
  [{ field: 'priority', op: 'has', value: 1 }, "'has' does not fit Priority, which is a number.", ['op']],
  [{ field: 'priority', op: 'between', value: [1, 2, 3] }, 'A range has two ends.', ['op']],
  [{ field: 'priority', op: 'between', value: 1 }, 'A range has two ends.', ['op']],
  [{ field: 'priority', op: '<', value: [1, 2] }, "'<' takes one value, not a list.", ['op']],
  [{ field: 'title', op: '~', value: '' }, 'There is nothing to look for.', ['value']],
  [{ text: ' ' }, 'There is nothing to look for.', []],
  [{ field: 'title', op: '=', value: 'a\0b' }, 'A filter holds a character that is none.', []],
  [{ text: '\ud800' }, 'A filter holds a character that is none.', []],
] as const)('%j is refused', ([value, message, path]) => {
  expect(judge(value)).toBeInstanceOf(FilterError)
  expect(judge(value)).toMatchObject({ message, path })
})

const nested = (depth: number) => {
  let filter: unknown = { text: 'a' }
  for (let level = 0; level < depth; level++) filter = { not: filter }
  return filter
}

test.for([
  ['nesting', nested(100_000), 'nested at most 20 deep'],
  ['conditions', { all: Array.from({ length: 201 }, () => ({ text: 'a' })) }, 'at most 200 conditions'],
  ['empty groups', { any: Array.from({ length: 100_000 }, () => ({ all: [] })) }, 'at most 200 conditions'],
  ['values', { field: 'priority', op: '=', value: Array.from({ length: 201 }, () => 1) }, 'at most 200 conditions'],
] as const)('JSON with too much of it is refused at once: %s', ([, value, message]) => {
  expect(judge(value)).toHaveProperty('message', expect.stringContaining(message))
  expect(Filter.safeParse(value).success).toBe(false)
})

test('a filter at the limits is accepted', () => {
  expect(check(nested(20), fields)).toEqual({ text: 'a' })
  expect(check({ all: Array.from({ length: 200 }, () => ({ text: 'a' })) }, fields)).toHaveProperty('all.length', 200)
})

test('the form of a filter can be told to other programs', () => {
  const schema = z.toJSONSchema(z.object({ filter: Filter }), { io: 'input' })
  expect(JSON.stringify(schema)).toContain('"$ref":"#/$defs/Filter"')
  expect(schema).toHaveProperty('$defs.Filter.anyOf.length', 6)
})
