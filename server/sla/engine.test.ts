import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Known } from './count.ts'
import { countAll } from './count.ts'
import { bookWith, definitionOf, historyOf, lifeOf, minute, noon, setupWith, timeAt } from './history.fixture.ts'
import { byTheMinute } from './plainly.fixture.ts'
import { planOf } from './plan.ts'
import { keyOf, type ClockRow } from './rows.ts'

/** `CLOCK_RUNS=100000 npm test -- server/sla/engine` tries more histories; `CLOCK_SEED` others. */
const numRuns = Number(process.env['CLOCK_RUNS'] ?? 400)
const seed = Number(process.env['CLOCK_SEED'] ?? 20_300_107)

const book = bookWith([
  { from: '08:00', to: '12:00' },
  { from: '13:00', to: '17:00' },
])

const plain = { pause: 'is:waiting', stop: 'is:done', calendarId: 'office' } as const
const definitions = [
  definitionOf('plain', { ...plain, start: 'impact:1', retroactive: false, within: { by: 'time', minutes: 200 } }),
  definitionOf('back', { ...plain, start: 'impact<=2', within: { by: 'time', minutes: 300 } }),
  definitionOf('back through pauses', {
    ...plain,
    start: 'impact:2',
    retroactivePause: false,
    within: { by: 'time', minutes: 90 },
  }),
  definitionOf('resumed', {
    ...plain,
    start: '',
    resume: 'state:in_progress',
    cancelWhen: 'condition',
    cancel: 'tags:void',
    reset: 'category:Moved',
    within: { by: 'business-day', days: 1, time: '16:00' },
  }),
]
const setup = setupWith(definitions)

const states = ['new', 'assigned', 'in_progress', 'waiting', 'resolved'] as const
const change = fc.oneof(
  fc.record({ state: fc.constantFrom(...states) }),
  fc.record({ impact: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ category: fc.constantFrom('Moved', 'Other', null) }),
  fc.record({ tags: fc.constantFrom<string[]>([], ['void']) }),
  fc.record({
    holdReason: fc.constantFrom('vendor', 'caller', null),
    state: fc.constantFrom('waiting', 'in_progress'),
  }),
)
/** Minutes since the one before, what changed, and how many minutes it took until the desk learned of it. */
const event = fc.tuple(fc.integer({ min: 1, max: 900 }), change, fc.constantFrom(0, 0, 0, 0, 5, 120, 2000))

const history = fc.array(event, { minLength: 1, maxLength: 12 }).map((events) => {
  let at = 0
  const timed = events.map(([gap, set, late]) => {
    at += gap
    return { at, recorded: at + late, set }
  })
  const began = { at: 0, recorded: 0, set: { state: 'new', impact: 3, number: 'INC1', tags: [], category: null } }
  const recorded = [began, ...timed].toSorted((a, b) => a.recorded - b.recorded)
  return historyOf(recorded)
})

const facts = (clocks: ReturnType<typeof countAll>) =>
  clocks.map(({ definition, rules: _, turns, keeping: __, ...clock }) => ({
    ...clock,
    definition: definition.id,
    turns: turns.map(({ did, moment }) => [did, moment]),
    pieces: clock.pieces.map(({ from, to, state, businessMs }) => [from, to, state, businessMs]),
  }))

const end = noon + 20_000 * minute

test('SLM-09: late, twice told and out of order, a history comes to the same clocks as in its order', () => {
  fc.assert(
    fc.property(history, fc.infiniteStream(fc.nat()), (events, chances) => {
      const chance = () => Number(chances.next().value)
      const twice = events.flatMap((one) => (chance() % 3 === 0 ? [one, one] : [one]))
      const shuffled = twice.map((one) => ({ one, by: chance() })).toSorted((a, b) => a.by - b.by)
      const inOrder = countAll(setup, lifeOf(events, book), end)
      const mixed = countAll(
        setup,
        lifeOf(
          shuffled.map(({ one }) => one),
          book,
        ),
        end,
      )
      expect(facts(mixed)).toEqual(facts(inOrder))
    }),
    { numRuns, seed },
  )
})

test('the end of a record’s moments is the record as its history leaves it, late events and all', () => {
  fc.assert(
    fc.property(history, (events) => {
      const last: Record<string, unknown> = {}
      for (const { changes } of events) for (const { field, after } of changes) last[field] = after
      expect(lifeOf(events, book).story.moments.at(-1)?.record).toMatchObject(last)
    }),
    { numRuns, seed },
  )
})

/** What is kept as each event is recorded, the way the desk does it. */
function keepAsRecorded(events: readonly Known[]) {
  let rows: ClockRow[] = []
  const past: ReturnType<typeof planOf>['past'][number][] = []
  for (const [place, { at, recordedAt }] of events.entries()) {
    const life = lifeOf(events.slice(0, place + 1), book)
    const asOf = Date.parse(at) > Date.parse(recordedAt) ? at : recordedAt
    const counted = countAll(setup, life, Date.parse(asOf), rows)
    const plan = planOf(life, rows, counted, { quiet: null, knownAt: recordedAt, anew: false })
    const changed = [...plan.insert, ...plan.update]
    const touched = new Set([...plan.remove, ...changed.map(({ id }) => id)])
    rows = [...rows.filter(({ id }) => !touched.has(id)), ...changed]
    past.push(...plan.past)
  }
  return { rows, past }
}

test('SLM-09: rows kept event by event are what counting all of it anew gives', () => {
  fc.assert(
    fc.property(history, (events) => {
      const { rows } = keepAsRecorded(events)
      const now = Date.parse(events.at(-1)!.recordedAt)
      const counted = countAll(setup, lifeOf(events, book), now)
      const plan = planOf(lifeOf(events, book), rows, counted, { quiet: null, knownAt: timeAt(0), anew: false })
      expect([plan.insert, plan.remove, plan.moved]).toEqual([[], [], []])
    }),
    { numRuns, seed },
  )
})

/** The instants of a row as they were known at a time: what came later had not come yet, and what is due is not late. */
function asKnownAt(row: Omit<ClockRow, 'told' | 'quietUntil' | 'wakeAt'>, time: string) {
  const by = (at: string | null) => (at !== null && at <= time ? at : null)
  const { stoppedAt, cancelledAt, breachedAt } = row
  return [
    keyOf(row),
    row.startedAt,
    by(stoppedAt),
    by(cancelledAt),
    breachedAt !== null && breachedAt < time ? breachedAt : null,
  ]
}

const byKey = (a: readonly unknown[], b: readonly unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1)

test('what was known of clocks at any time can be asked for ever: rows clipped, and the rows that were believed before', () => {
  fc.assert(
    fc.property(history, (events) => {
      const { rows, past } = keepAsRecorded(events)
      for (const [place, { recordedAt: time }] of events.entries()) {
        // Several that were recorded in one minute are one answer.
        if (events[place + 1]?.recordedAt === time) continue
        const then = countAll(setup, lifeOf(events.slice(0, place + 1), book), Date.parse(time))
        const truth = planOf(lifeOf(events.slice(0, place + 1), book), [], then, {
          quiet: null,
          knownAt: time,
          anew: false,
        })
        const believed = [
          ...rows.filter(({ knownAt }) => knownAt <= time),
          ...past.filter(({ knownAt, until }) => knownAt <= time && time < until),
        ].filter(({ attachedAt }) => attachedAt <= time)
        const told = believed.map((row) => asKnownAt(row, time)).toSorted(byKey)
        const right = truth.insert.map((row) => asKnownAt(row, time)).toSorted(byKey)
        expect(told).toEqual(right)
      }
    }),
    { numRuns, seed },
  )
})

test('SLM-01: a clock counts what counting each minute of the record counts', () => {
  const [definition] = definitions
  const punctual = history.map((events) =>
    events
      .map((one) => ({ ...one, recordedAt: one.at }))
      .toSorted((a, b) => (a.at < b.at ? -1 : 1))
      .map((one, place) => ({ ...one, seq: place + 1 })),
  )
  fc.assert(
    fc.property(punctual, (events) => {
      const until = Date.parse(events.at(-1)!.at) + 600 * minute
      const clocks = countAll(setupWith([definition!]), lifeOf(events, book), until + minute)
      const plainly = byTheMinute(events, book, { target: 200, until })
      const counted = clocks.map(({ businessMs, state, endedAt, breachedAt }) => ({
        used: businessMs / minute,
        how: endedAt === null ? 'open' : state,
        breached: breachedAt !== null,
      }))
      expect(counted).toEqual(plainly)
    }),
    { numRuns: Math.ceil(numRuns / 20), seed },
  )
})
