import { expect, test } from 'vitest'
import { promiseOf } from '#web/portal/words.ts'

const now = Date.parse('2030-01-07T09:00:00Z')
const told = { now, yours: false, words: (at: string) => at.slice(11, 16) }
const dueAt = '2030-01-07T10:00:00Z'

test.for([
  [{ target: 'response', dueAt, paused: false }, told, 'We mean to begin by 10:00.'],
  [{ target: 'resolution', dueAt, paused: false }, told, 'We mean to have it solved by 10:00.'],
  [
    { target: 'resolution', dueAt, paused: false },
    { ...told, now: now + 7_200_000 },
    'We meant to have it solved by 10:00. We are late.',
  ],
  [{ target: 'resolution', dueAt: null, paused: true }, told, 'The time that we promised stands still while it waits.'],
  [
    { target: 'resolution', dueAt: null, paused: true },
    { ...told, yours: true },
    'The time that we promised stands still until you answer.',
  ],
] as const)('a promise as its requester is told of it: %o', ([promise, how, said]) => {
  expect(promiseOf(promise, how)).toBe(said)
})
