import { expect, test } from 'vitest'
import { complete } from './complete.ts'
import { attempt, fields } from './desk.fixture.ts'
import { parse } from './parse.ts'

const most = 2000
const fill = (piece: string) => piece.repeat(Math.floor(most / piece.length))

const marks = ['(', ')', '-', '- ', '"', '\\', '"\\', ',', ':', '=', '.', '..', ' ', '\t', 'a', '😀', '“', '<', ':>=']
const words = ['not ', 'or ', 'and ', 'a or ', '(a or ', '-(', '()', 'is:', 'a.b.', 'x:1 ', 'title:a\\" ']
const names = ['state:', 'state:new,', 'title:"', 'priority:1..', 'requester.manager.', 'custom.', 'created>-7d ']
const hostile = [...marks, ...words, ...names].map(fill)

test.for(hostile.map((text) => [text.slice(0, 12), text] as const))(
  'two thousand characters of %s… are answered at once',
  ([, text]) => {
    const started = performance.now()
    for (const typed of [text, `title:${text}`.slice(0, most), `state:${text}`.slice(0, most)]) {
      attempt(() => parse(typed, fields))
      complete(typed, typed.length, fields)
    }
    expect(performance.now() - started).toBeLessThan(10_000)
  },
)

test.for([
  ['x'.repeat(2001), 2000, 'at most 2000 characters'],
  ['x'.repeat(1e7), 2000, 'at most 2000 characters'],
  ['('.repeat(21) + 'a' + ')'.repeat(21), 21, 'at most 20 deep'],
  ['-'.repeat(21) + 'a', 21, 'at most 20 deep'],
  ['a '.repeat(201), 0, 'at most 200 conditions'],
  [`priority:${'1,'.repeat(201)}1`, 0, 'at most 200 conditions'],
  [
    '((((((((((((a b or c) d or e) f or g) h or i) j or k) l or m) n or o) p or q) r or s) t or u) v or w) x or y) z',
    0,
    'at most 20 deep',
  ],
  ['a\0b', 1, 'a character that is none'],
] as const)('%.20s… breaks a limit', ([text, at, message]) => {
  expect(() => parse(text, fields)).toThrow(expect.objectContaining({ at, message: expect.stringContaining(message) }))
})

test('a filter at the limits is understood', () => {
  expect(parse('x'.repeat(2000), fields)).toHaveProperty('text.length', 2000)
  expect(parse('('.repeat(20) + 'a' + ')'.repeat(20), fields)).toEqual({ text: 'a' })
  expect(parse('a '.repeat(200), fields)).toHaveProperty('all.length', 200)
})

test('a long wrong word is not said back whole', () => {
  expect(() => parse(`${'x'.repeat(1000)}:1`, fields)).toThrow(/^There is no field 'x{39}…'\.$/)
})
