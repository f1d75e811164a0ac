import fc from 'fast-check'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { differences, replay } from '#server/item/item.ts'
import { asCsv } from '#server/record/record.ts'
import { openIncident, resolveIncident } from '#shared/incident.ts'
import { addComment, addNote } from '#shared/item/conversation.ts'
import { testDesk } from '#test/desk.ts'
import { asJsonLines, asLog } from './import.ts'
import { bringIn, csvOf, logSource, textSource, type Line } from './log.fixture.ts'

test('PLT-07: what is exported as a log comes into another desk as the same history', async () => {
  const one = await testDesk()
  const first = await bringIn(one.desk, logSource)
  const log = await text(asCsv(asLog(one.desk)))
  const other = await testDesk()
  const second = await bringIn(other.desk, textSource(log), {}, 'steward')
  expect(second).toMatchObject({ incidents: 890, rejectedCount: 0, hashes: { equal: true } })
  // The opening stands in the log as a row of its own.
  expect(second.events).toBe(first.events + 890)
  for (const name of [
    'firstAssignmentResolution',
    'slaMadeShare',
    'reopenRate',
    'medianTimeToResolve',
    'meanTimeToResolve',
  ])
    expect(second.figures[name], name).toBe(first.figures[name])
  expect(second.checks.find(({ name }) => name === 'groupChanges')).toMatchObject({ equal: 887, of: 890 })
}, 300_000)

test('as JSON each incident is a line with all that there is of it, and history makes the record', async () => {
  const desk = await testDesk()
  const [sam, rita] = [await desk.agent('Sam'), await desk.requester('Rita')]
  const { id } = await rita.call(openIncident, { title: 'It is slow' })
  await rita.call(addComment, { itemId: id, body: 'Since Monday' })
  await sam.call(addNote, { itemId: id, body: 'Ask Bo' })
  await sam.call(resolveIncident, { id, code: 'fixed', notes: 'Done' })
  const lines = (await text(asJsonLines(desk.desk))).trim().split('\n')
  expect(lines).toHaveLength(1)
  const { record, events, comments, notes, attachments, names } = JSON.parse(lines[0]!)
  expect(record).toMatchObject({ id, title: 'It is slow', state: 'resolved', requesterId: rita.id })
  expect(comments).toMatchObject([{ body: 'Since Monday', authorId: rita.id }])
  expect(notes).toMatchObject([{ body: 'Ask Bo' }])
  expect(attachments).toEqual([])
  expect(names).toMatchObject({ [rita.id]: 'Rita <rita@example.com>', [sam.id]: 'Sam <sam@example.com>' })
  expect(differences(replay(events), record)).toEqual([])
})

const states = ['New', 'Active', 'Awaiting Vendor', 'On hold', 'Resolved', 'Closed', 'Cancelled', '?']
const word = (name: string) =>
  fc.oneof({ weight: 1, arbitrary: fc.constant('?') }, { weight: 5, arbitrary: fc.nat(4).map((at) => `${name} ${at}`) })
const time = fc.integer({ min: 0, max: 400_000 }).map((minutes) => new Date(Date.UTC(2016, 0, 13) + minutes * 60_000))
const written = (at: Date) =>
  `${at.getUTCDate()}/${at.getUTCMonth() + 1}/${at.getUTCFullYear()} ${at.toISOString().slice(11, 16)}`

const update = fc.record({
  incident_state: fc.constantFrom(...states),
  at: time,
  sys_updated_by: word('Updated by'),
  assignment_group: word('Group'),
  assigned_to: word('Resolver'),
  caller_id: word('Caller'),
  category: word('Category'),
  priority: fc.constantFrom('1 - Critical', '3 - Moderate', '?'),
  made_sla: fc.constantFrom('TRUE', 'false', '?'),
  resolved: fc.option(time),
})

test('random logs: what is replayed is the last row, and the certificate holds each row', async () => {
  const desk = await testDesk()
  const logs = fc.sample(fc.array(fc.array(update, { minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 12 }), {
    numRuns: 25,
    seed: 29,
  })
  for (const [which, log] of logs.entries()) {
    const rows: Line[] = log.flatMap((updates, at) =>
      updates.map(({ at: updated, resolved, ...row }) => ({
        number: `R${which}-${at}`,
        opened_at: '12/1/2016 08:00',
        sys_updated_at: written(updated),
        resolved_at: resolved === null ? '?' : written(resolved),
        ...row,
      })),
    )
    const order = { rows: 'updates', order: 'as-written', dates: 'dmy' } as const
    const certificate = await bringIn(desk.desk, textSource(csvOf(rows)), order, `random${which}`)
    expect(certificate.rejected).toEqual([])
    expect(certificate).toMatchObject({ incidents: log.length, events: rows.length, hashes: { equal: true } })
  }
  const lines = (await text(asJsonLines(desk.desk))).trim().split('\n')
  expect(lines).toHaveLength(logs.reduce((sum, log) => sum + log.length, 0))
  for (const line of lines) {
    const { record, events } = JSON.parse(line)
    expect(differences(replay(events), record)).toEqual([])
  }
})
