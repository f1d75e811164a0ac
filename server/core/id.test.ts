import { expect, test } from 'vitest'
import { newId } from './id.ts'

test('ids sort in the order they were made, also within one millisecond', () => {
  const at = Date.parse('2030-01-07T09:00:00Z')
  const made = Array.from({ length: 20_000 }, () => newId(at))
  const later = newId(at + 1)

  expect(made.toSorted()).toEqual(made)
  expect(new Set(made).size).toBe(made.length)
  expect(later > made.at(-1)!).toBe(true)
})

test('an id is a version 7 UUID that holds its time', () => {
  const id = newId(Date.parse('2030-01-07T09:00:00Z'))

  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(Date.parse('2030-01-07T09:00:00Z'))
})
