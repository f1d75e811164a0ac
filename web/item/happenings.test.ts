import { expect, test } from 'vitest'
import { z } from 'zod'
import { events, type EventName } from '#shared/events.ts'
import { t } from '#web/core/words.ts'
import { reasonOf, sentenceOf, type Happening } from '#web/item/happenings.ts'

const happened = (name: string, data: Happening['data'], by: Happening['by'] = null): Happening => ({
  seq: 1,
  name,
  data,
  changes: [],
  by,
  channel: 'web',
  at: '2030-01-07T09:00:00.000Z',
  recordedAt: '2030-01-07T09:00:00.000Z',
})

const said = (happening: Happening) => {
  const { of, values } = sentenceOf(happening)
  return t(of, { ...values, who: 'Ada' })
}

const told = (name: EventName, data: Happening['data']) => {
  const happening = happened(name, data)
  return `${said(happening)} ${reasonOf(happening)}`
}

/** What stands elsewhere on the page: among the fields before and after, in the talk, as the file, or by its clock. */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  'item.commented': ['commentId'],
  'item.noted': ['noteId'],
  'item.attached': ['attachmentId', 'sha256'],
  'item.detached': ['attachmentId'],
  'item.linked': ['linkId'],
  'item.unlinked': ['linkId'],
  'item.task-changed': ['taskId'],
  'incident.held': ['reason'],
  'incident.resolved': ['code'],
  'incident.occurred': ['at'],
  'survey.asked': ['askId'],
  'survey.answered': ['askId'],
  'sla.warned': ['definitionId', 'dueAt'],
  'sla.breached': ['definitionId', 'dueAt'],
}

/** What an id is called, beside it. */
const named: Readonly<Record<string, string>> = { otherId: 'other', personId: 'person', byId: 'by' }

const variants = (schema: z.ZodType): readonly unknown[] => {
  const { type, enum: words } = z.toJSONSchema(schema) as { type?: string; enum?: unknown[] }
  if (words) return words
  if (type === 'boolean') return [true, false]
  return type === 'integer' ? [3, 4711] : ['one thing', 'another thing']
}

const everyPart = (Object.keys(events) as EventName[]).flatMap((name) =>
  Object.entries(events[name].shape as Record<string, z.ZodType>)
    .filter(([part]) => !elsewhere[name]?.includes(part))
    .map(([part, schema]) => [name, named[part] ?? part, variants(schema)] as const),
)

test.for(everyPart)('%s tells its %s in words', ([name, part, values]) => {
  const sentences = values.map((value) => told(name, { [part]: value }))
  expect(new Set(sentences).size, sentences.join(' / ')).toBe(values.length)
})

test.for(Object.keys(events))('%s is told as a sentence', (name) => {
  expect(said(happened(name, {}))).not.toContain(name)
})

test('why somebody reopened is told in their words', () => {
  const happening = happened('incident.reopened', { reason: 'It fails again since lunch' })
  expect([said(happening), reasonOf(happening)]).toEqual(['Ada reopened it', 'It fails again since lunch'])
})

test('who watches by themselves is told apart from whom somebody lets watch', () => {
  const [rita, sam] = ['Rita', 'Sam'].map((name) => ({ id: name, name })) as [Happening['by'], Happening['by']]
  expect(said(happened('item.watched', { personId: 'Rita', person: 'Rita' }, rita))).toBe('Ada watches it')
  expect(said(happened('item.watched', { personId: 'Rita', person: 'Rita' }, sam))).toBe('Ada lets Rita watch it')
})
