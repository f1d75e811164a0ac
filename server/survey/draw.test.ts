import { expect, test } from 'vitest'
import { newId } from '#server/core/id.ts'
import { isDrawn } from './draw.ts'

const survey = '00000000-0000-7000-8000-000000000001'
const items = Array.from({ length: 4000 }, () => newId())

test.for([10, 25, 50, 90])('a share of %i in a hundred draws about that many', (share) => {
  const drawn = items.filter((id) => isDrawn(survey, id, share)).length
  expect(Math.abs(drawn / items.length - share / 100)).toBeLessThan(0.05)
})

test('a larger share holds all of a smaller one, all is all, and another survey draws others', () => {
  expect(items.every((id) => isDrawn(survey, id, 100))).toBe(true)
  const few = items.filter((id) => isDrawn(survey, id, 20))
  expect(few.every((id) => isDrawn(survey, id, 40))).toBe(true)
  const other = '00000000-0000-7000-8000-000000000002'
  expect(few.some((id) => !isDrawn(other, id, 20))).toBe(true)
})
