import fc from 'fast-check'
import { fields, idOf, organisationNames, personNames, predicates, serviceNames, teamNames } from './desk.fixture.ts'
import { type Choice, type Field, type Fields, isReference } from './fields.ts'
import type { Filter, Operator, Scalar } from './filter.ts'

const cases = [
  'VPN',
  'vpn',
  'Straße',
  'STRASSE',
  'ẞ',
  'İstanbul',
  'ıstanbul',
  'istanbul',
  'ΟΔΟΣ',
  'οδος',
  'οδοσ',
  'ÉTÉ',
]
const letters = ['été', 'e\u0301te', 'ǅ', 'ﬁ', '网络', '🔥', '\u212a', '²', 'नमस्ते', 'x', '\u00a0', '“bent”']
const marks = ['100%', 'a_b', 'back\\slash', '"so-called"', '(a|b)*', "'", '.', '', ',', ':', '..', 'Wi-Fi', 'openvpn']
const keywords = ['none', 'today', 'or', '-7d', 'down']
const scrap = fc.constantFrom(...cases, ...letters, ...marks, ...keywords)
const joint = fc.constantFrom(' ', ' ', '-', '', '\n', '  ')

export const prose = fc
  .array(fc.tuple(scrap, joint), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.flat().join('').trim())

const needle = fc.oneof(
  scrap,
  scrap.map((text) => text.toUpperCase()),
  scrap.map((text) => text.toLowerCase()),
  prose,
  fc.tuple(prose, fc.nat(4), fc.nat(6)).map(([text, from, length]) =>
    Array.from(text)
      .slice(from, from + length + 1)
      .join(''),
  ),
)

const unit = fc.constantFrom('m', 'h', 'd', 'w', 'mo', 'y')
const moment = fc.oneof(
  fc.constant('now'),
  fc.tuple(fc.constantFrom('', '-'), fc.nat(40), unit).map((parts) => parts.join('')),
)
const stretch = fc.oneof(
  fc.constantFrom('today', 'yesterday', 'tomorrow'),
  fc.integer({ min: -40, max: 40 }).map((days) => new Date(Date.UTC(2026, 2, 29 + days)).toISOString().slice(0, 10)),
  fc.integer({ min: -72, max: 72 }).map((hours) => new Date(Date.UTC(2026, 2, 29, hours)).toISOString().slice(0, 16)),
  fc.constantFrom(
    '2026-03-29T02:30',
    '2026-03-29T10:30:00Z',
    '2026-03-28T23:00:00.000+01:00',
    '0001-01-01',
    '9999-12-31',
  ),
)

const twisted = (text: string) => fc.constantFrom(text, text.toUpperCase(), text.toLowerCase(), `${text}x`)
const named = (table: number, names: readonly string[]) =>
  fc.nat(names.length - 1).chain((row) => fc.oneof(fc.constant(idOf(table, row)), twisted(names[row] ?? '')))

const referred = (field: Field) => {
  if (field.type === 'organisation') return named(1, organisationNames)
  if (field.type === 'person') {
    return fc.oneof(fc.constant('me'), fc.constantFrom('sam@example.com', 'MAX@example.com'), named(2, personNames))
  }
  return field.type === 'team' ? fc.oneof(fc.constant('my-team'), named(3, teamNames)) : named(4, serviceNames)
}

const number = fc.oneof(
  fc.integer({ min: -1, max: 6 }),
  fc.constantFrom(2.5, 0.1, -0.75, 4711, 1e6, 40_000, 3e9, 2 ** 53, 1e21, 1.5e-7),
)

const sought = needle.filter((text) => text !== '')

const equality: readonly Operator[] = ['=', '!=']
const order: readonly Operator[] = ['<', '<=', '>', '>=']

function valueOf(field: Field, op: Operator): fc.Arbitrary<Scalar> {
  const equals = equality.includes(op)
  if (field.type === 'number') return number
  if (field.type === 'boolean') return fc.boolean()
  if (field.type === 'time') return equals ? stretch : fc.oneof(stretch, moment)
  if (field.type === 'tags') return fc.constantFrom('urgent', 'été', 'a-b', 'nosuch')
  if (field.type === 'choice') return fc.constantFrom(...(field.values ?? ['Oslo', 'Bern 2', 'none']).map(valueIn))
  if (!equals) return sought
  return isReference(field) ? referred(field) : needle
}

const valueIn = (choice: Choice | string) => (typeof choice === 'string' ? choice : choice.value)

function operatorsOf(field: Field): readonly Operator[] {
  if (field.type === 'text') return [...equality, '~', 'has']
  if (field.type === 'number' || field.type === 'time') return [...equality, ...order, 'between']
  return isReference(field) ? [...equality, '~'] : equality
}

/** The names of the fields with those behind references, to the third step. */
function namesIn(known: Fields, depth = 1): [string, Field][] {
  return Object.entries(known).flatMap(([name, field]): [string, Field][] => {
    const behind = depth < 3 && field.to ? namesIn(field.to(), depth + 1) : []
    return [[name, field], ...behind.map(([rest, inner]): [string, Field] => [`${name}.${rest}`, inner])]
  })
}

function conditionOn([field, known]: [string, Field]): fc.Arbitrary<Filter> {
  return fc.constantFrom(...operatorsOf(known)).chain((op): fc.Arbitrary<Filter> => {
    const value = valueOf(known, op)
    if (op === 'between') return fc.tuple(value, value).map((ends) => ({ field, op, value: ends }))
    const orMissing = equality.includes(op) ? fc.option(value, { freq: 5 }) : value
    const list = fc.array(orMissing, { minLength: 2, maxLength: 3 })
    const scalarOrList = order.includes(op)
      ? value
      : fc.oneof({ weight: 3, arbitrary: orMissing }, { weight: 1, arbitrary: list })
    return scalarOrList.map((given) => ({ field, op, value: given }))
  })
}

const near = Object.entries(fields)
const leaf = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...near).chain(conditionOn) },
  { weight: 2, arbitrary: fc.constantFrom(...namesIn(fields)).chain(conditionOn) },
  { weight: 1, arbitrary: fc.constantFrom(...Object.keys(predicates)).map((name): Filter => ({ is: name })) },
)

const tree = (leaves: fc.Arbitrary<Filter>) =>
  fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      { weight: 4, arbitrary: leaves },
      { weight: 2, arbitrary: fc.array(tie('filter'), { maxLength: 3 }).map((all) => ({ all })) },
      { weight: 2, arbitrary: fc.array(tie('filter'), { maxLength: 3 }).map((any) => ({ any })) },
      { weight: 2, arbitrary: tie('filter').map((inner) => ({ not: inner })) },
    ),
  })).filter

/** Random filters without full text, which only a database searches in its own way. */
export const filters = tree(leaf)

export const filtersWithText = tree(
  fc.oneof(
    { weight: 4, arbitrary: leaf },
    { weight: 1, arbitrary: needle.filter((text) => text.trim() !== '').map((text) => ({ text })) },
  ),
)
