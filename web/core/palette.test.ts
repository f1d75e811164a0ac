import { expect, test } from 'vitest'
import { narrow } from '#web/core/palette.ts'

const labels = (typed: string, ...choices: string[]) =>
  narrow(
    choices.map((label) => ({ label })),
    typed,
  ).map(({ label }) => label)

test('A word that begins a choice comes before one that is within it', () => {
  expect(labels('as', 'Release', 'Assign to…', 'Tags')).toEqual(['Assign to…', 'Release', 'Tags'])
})

test('Letters in their order find a choice, though others stand between them', () => {
  expect(labels('asme', 'Assign to me', 'Change state…')).toEqual(['Assign to me'])
})

test('Nothing typed leaves all choices in their order', () => {
  expect(labels('  ', 'Wait…', 'Resolve…')).toEqual(['Wait…', 'Resolve…'])
})
