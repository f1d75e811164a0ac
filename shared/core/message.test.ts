import { expect, test } from 'vitest'
import { fill, readMessage } from './message.ts'

const say = (message: string, values: Record<string, string | number> = {}, locale = 'en-GB') =>
  fill(readMessage(message), values, locale).join('')

test.each([
  ['Columns', {}, 'Columns'],
  ['', {}, ''],
  ['Assigned to {name}', { name: 'Ada' }, 'Assigned to Ada'],
  ['{a}{b}', { a: '1', b: '2' }, '12'],
  ['No. # stays outside of a choice', {}, 'No. # stays outside of a choice'],
  ['{n} rows', { n: 12_345 }, '12,345 rows'],
  ['{n, plural, one {# row} other {# rows}}', { n: 1 }, '1 row'],
  ['{n, plural, one {# row} other {# rows}}', { n: 0 }, '0 rows'],
  [
    '{n, plural, =0 {Nothing} one {# row of {kind}} other {# rows of {kind}}} here',
    { n: 0, kind: 'x' },
    'Nothing here',
  ],
  [
    '{n, plural, =0 {Nothing} one {# row of {kind}} other {# rows of {kind}}} here',
    { n: 2, kind: 'x' },
    '2 rows of x here',
  ],
  ['A value is no message: {name}', { name: '{n} #' }, 'A value is no message: {n} #'],
])('%s of %j is “%s”', (message, values, text) => {
  expect(say(message, values)).toBe(text)
})

test('numbers and their cases are those of the language', () => {
  expect(say('{n} Zeilen', { n: 12_345.5 }, 'de-DE')).toBe('12.345,5 Zeilen')
  const files = '{n, plural, one {# soubor} few {# soubory} other {# souborů}}'
  expect([1, 3, 5].map((n) => say(files, { n }, 'cs'))).toEqual(['1 soubor', '3 soubory', '5 souborů'])
})

test('what is no text stays what it is, in its place', () => {
  const link = { href: '/q' }
  expect(fill(readMessage('Back to {queue}.'), { queue: link }, 'en-GB')).toEqual(['Back to ', link, '.'])
})

test.each([
  ['{name', 'after a name comes a closing brace'],
  ['name}', 'was not opened'],
  ['{}', 'a name belongs'],
  ['{n, select, a {b} other {c}}', 'a choice by number'],
  ['{n, plural, one {# row}}', 'no “other”'],
  ['{n, plural, one {# row', 'not closed'],
])('“%s” is refused: %s', (message, why) => {
  expect(() => readMessage(message)).toThrow(why)
})

test('a value that is missing is no silent gap', () => {
  expect(() => say('Assigned to {name}')).toThrow('“name”')
})
