import fc from 'fast-check'
import { expect, test } from 'vitest'
import { as } from '#server/core/desk.ts'
import { happen, hold } from '#server/item/item.ts'
import { cancelIncident } from '#shared/incident.ts'
import { addComment } from '#shared/item/conversation.ts'
import { setConfidential } from '#shared/item/item.ts'
import { day, hour, kept, minute, reportDesk } from './desk.fixture.ts'
import { deriveFacts, makeMissingFacts } from './keep.ts'
import { Refused } from '#test/desk.ts'

const desk = await reportDesk()
const { sam, nora, rita, network, windows } = desk

const keptOf = (id: string) => desk.asSystem((ctx) => kept(ctx, [id]))
const factOf = async (id: string) => (await keptOf(id)).now[0]!

const now = () => new Date().toISOString().slice(0, 19)

/** What may happen to an incident, whether or not it may happen then: what is refused changes nothing. */
const acts: readonly ((id: string) => Promise<unknown>)[] = [
  (id) => desk.start(now(), id),
  (id) => desk.wait(now(), id),
  (id) => desk.give(now(), id, { teamId: network.id, assigneeId: nora.id }),
  (id) => desk.give(now(), id, { teamId: windows.id }),
  (id) => desk.give(now(), id, { teamId: null, assigneeId: null }),
  (id) => desk.give(now(), id, { assigneeId: sam.id }),
  (id) => desk.resolve(now(), id),
  (id) => desk.reopen(now(), id),
  (id) => desk.close(now(), id),
  (id) => desk.change(now(), id, { urgency: 1 }),
  (id) => desk.change(now(), id, { category: '2030-02-31T00:00:00', major: true }),
  (id) => rita.call(addComment, { itemId: id, body: 'And?' }),
  (id) => sam.call(addComment, { itemId: id, body: 'Soon' }),
  (id) => sam.call(setConfidential, { itemId: id, confidential: true }),
  (id) => sam.call(cancelIncident, { id, reason: 'Twice' }),
]

test('RPT-01: what is kept for figures is what the history says, whatever happens in whatever order', async () => {
  const step = fc.tuple(fc.nat(acts.length - 1), fc.constantFrom(0, 1, minute, 3 * hour, 2 * day))
  const lives = fc.sample(fc.array(step, { maxLength: 14 }), { numRuns: 60, seed: 7 })
  for (const life of lives) {
    const id = await desk.open(now())
    for (const [act, pause] of life) {
      desk.later(pause)
      await acts[act]!(id).catch((error: unknown) => {
        if (!(error instanceof Refused)) throw error
      })
    }
    const before = await keptOf(id)
    await desk.asSystem((ctx) => deriveFacts(ctx, 'incident', [id]))
    expect(await keptOf(id)).toEqual(before)
    const item = await desk.asSystem(({ db }) =>
      db
        .selectFrom('item')
        .innerJoin('incident', 'incident.id', 'item.id')
        .select(['state', 'teamId', 'assigneeId', 'requesterId', 'organisationId', 'confidential', 'resolvedAt'])
        .select(['priority', 'category', 'major', 'serviceId', 'source'])
        .where('item.id', '=', id)
        .executeTakeFirstOrThrow(),
    )
    expect(before.now).toHaveLength(1)
    expect(before.now[0]).toMatchObject({
      state: item.state,
      team_id: item.teamId,
      assignee_id: item.assigneeId,
      requester_id: item.requesterId,
      organisation_id: item.organisationId,
      confidential: item.confidential,
      priority: item.priority,
      category: item.category,
      major: item.major,
      service_id: item.serviceId,
      source: item.source,
    })
    expect(timeOf(before.now[0]!['resolved_at'])).toBe(item.resolvedAt)
  }
}, 120_000)

const timeOf = (value: unknown) => (typeof value === 'string' ? new Date(value).toISOString() : null)

test('a life is told: acknowledged, waiting, handed on, resolved, reopened, closed', async () => {
  const id = await desk.open('2030-02-04T09:00:00')
  await desk.give('2030-02-04T09:10:00', id, { teamId: network.id })
  await desk.give('2030-02-04T09:20:00', id, { teamId: windows.id, assigneeId: sam.id })
  await desk.wait('2030-02-04T10:00:00', id)
  await desk.start('2030-02-04T12:00:00', id)
  await desk.resolve('2030-02-04T13:00:00', id)
  await desk.reopen('2030-02-05T09:00:00', id)
  await desk.resolve('2030-02-05T10:00:00', id)
  await desk.close('2030-02-06T10:00:00', id)
  const {
    now: [fact],
    past,
    steps,
  } = await keptOf(id)
  expect(fact).toMatchObject({
    acknowledged_at: '2030-02-04T09:10:00+00:00',
    assigned_at: '2030-02-04T09:20:00+00:00',
    resolved_at: '2030-02-05T10:00:00+00:00',
    closed_at: '2030-02-06T10:00:00+00:00',
    ended_at: '2030-02-05T10:00:00+00:00',
    waiting_ms: 2 * hour,
    waits: 1,
    group_changes: 1,
    hand_changes: 0,
    resolutions: ['2030-02-04T13:00:00+00:00'],
    reopenings: ['2030-02-05T09:00:00+00:00'],
  })
  expect(past.map(({ state }) => state)).toEqual([
    'new',
    'new',
    'assigned',
    'waiting',
    'in_progress',
    'resolved',
    'in_progress',
    'resolved',
  ])
  expect(past.map(({ until }) => until).slice(0, -1)).toEqual(past.map(({ recorded_at }) => recorded_at).slice(1))
  expect(steps.map(({ state }) => state)).toEqual([
    'new',
    'new',
    'assigned',
    'waiting',
    'in_progress',
    'resolved',
    'in_progress',
    'resolved',
    'closed',
  ])
})

test('automation does not acknowledge, nor does a caller who writes again', async () => {
  const id = await desk.open('2030-02-04T09:00:00')
  await desk.asSystem(async (ctx) => {
    const held = await hold(ctx, id, 'incident')
    await happen(ctx, held, { name: 'incident.assigned', data: {}, set: { teamId: network.id } })
  })
  await rita.call(addComment, { itemId: id, body: 'Hello?' })
  expect(await factOf(id)).toMatchObject({ acknowledged_at: null })
  desk.at('2030-02-04T09:45:00')
  await sam.call(addComment, { itemId: id, body: 'We look into it' })
  expect(await factOf(id)).toMatchObject({ acknowledged_at: '2030-02-04T09:45:00+00:00' })
})

test('what is brought in from elsewhere counts its changes of group as it says, and those since are added', async () => {
  const id = await desk.opened('2030-02-04T09:00:00')
  await as(desk.desk, { ...sam.actor, channel: 'import' }, async (ctx) => {
    const held = await hold(ctx, id, 'incident')
    await happen(ctx, held, { name: 'incident.assigned', data: {}, set: { reassignmentCount: 4 } })
  })
  await desk.give('2030-02-04T10:00:00', id, { teamId: windows.id })
  expect(await factOf(id)).toMatchObject({ group_changes: 5 })
})

test('incidents from before facts were kept get theirs by a job, or with the next thing that happens', async () => {
  const [one, two] = [await desk.opened('2030-02-04T09:00:00'), await desk.opened('2030-02-04T09:05:00')]
  const before = await desk.asSystem((ctx) => kept(ctx, [one, two]))
  await desk.asSystem(async ({ db }) => {
    await db.deleteFrom('incidentFact').where('itemId', 'in', [one, two]).execute()
    await db.deleteFrom('incidentStep').where('itemId', 'in', [one, two]).execute()
  })
  await desk.asOwner(`insert into incident_fact_missing values ('${one}')`)
  await makeMissingFacts.run(desk.desk, {})
  expect(await keptOf(one)).toEqual({ ...before, now: before.now.slice(0, 1), steps: before.steps.slice(0, 1) })
  await desk.start('2030-02-04T10:00:00', two)
  expect(await factOf(two)).toMatchObject({ state: 'in_progress', acknowledged_at: '2030-02-04T10:00:00+00:00' })
})
