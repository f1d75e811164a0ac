import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check } from './check.ts'
import { attempt, fields, predicates } from './desk.fixture.ts'
import { FilterError } from './error.ts'
import { type Filter, limits, normalise } from './filter.ts'
import { filtersWithText } from './filters.fixture.ts'
import { parse } from './parse.ts'
import { print } from './print.ts'

const runs = { numRuns: 3000, seed: 42 }

test('what is printed reads back as the same filter', () => {
  const property = fc.property(filtersWithText, (given) => {
    const filter = check(given, fields, predicates)
    const text = print(filter, fields)
    fc.pre(text.length <= limits.characters)
    expect(parse(text, fields, predicates)).toEqual(filter)
  })
  fc.assert(property, runs)
})

test('what is read prints in a form that stays as it is', () => {
  const pieces = [
    'state:new',
    'priority<=2',
    'team:none,Desk',
    '"a b"',
    'vpn',
    ' ',
    ' or ',
    ' and ',
    '(',
    ')',
    '-',
    'not ',
    ',',
    ':',
    '"',
    '\\',
    '..',
  ]
  const property = fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
    const filter = attempt(() => parse(parts.join(''), fields, predicates))
    fc.pre(!(filter instanceof FilterError))
    const text = print(filter, fields)
    expect(parse(text, fields, predicates)).toEqual(filter)
    expect(print(parse(text, fields, predicates), fields)).toBe(text)
  })
  fc.assert(property, runs)
})

test('any text at all is a filter, or is refused with its place', () => {
  const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string())
  const property = fc.property(anything, fc.constantFrom('', 'title:', 'state:', 'created>'), (text, before) => {
    const outcome = attempt(() => parse(before + text, fields))
    const end = outcome instanceof FilterError ? outcome.at + outcome.length : 0
    expect(end).toBeLessThanOrEqual(before.length + text.length)
  })
  fc.assert(property, runs)
})

test.for<[Filter, string]>([
  [{ all: [] }, ''],
  [{ any: [] }, 'not ()'],
  [{ not: { not: { text: 'a' } } }, 'a'],
  [{ all: [{ all: [{ text: 'a' }] }, { all: [] }, { any: [{ text: 'b' }, { text: 'c' }] }] }, 'a (b or c)'],
  [{ any: [{ all: [{ text: 'a' }, { text: 'b' }] }, { all: [] }] }, 'a b or ()'],
  [{ field: 'createdAt', op: '>', value: '-7d' }, 'created>-7d'],
  [{ field: 'title', op: '=', value: 'VPN' }, 'title=VPN'],
  [{ field: 'team', op: '=', value: 'none' }, 'team:"none"'],
  [{ field: 'team', op: '!=', value: [null, 'R&D, or so'] }, 'team!=none,"R&D, or so"'],
  [{ text: 'NOT' }, '"NOT"'],
  [{ not: { text: 'hotel wifi' } }, '-"hotel wifi"'],
])('%j prints as a person would type it', ([filter, text]) => expect(print(normalise(filter), fields)).toBe(text))
