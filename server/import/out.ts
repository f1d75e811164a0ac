import { sql } from 'kysely'
import { as, system, type Ctx, type Desk } from '#server/core/desk.ts'
import { customFields, type FieldChange } from '#server/item/item.ts'
import { holdReasonNames, incidentStates, levelNames, priorityNames, resolutionNames } from '#shared/incident.ts'

export interface Outgoing {
  readonly id: string
  readonly record: Readonly<Record<string, unknown>> & { readonly number: string }
  readonly events: readonly Told[]
  readonly comments: readonly object[]
  readonly notes: readonly object[]
  readonly attachments: readonly object[]
}

interface Told {
  readonly seq: number
  readonly name: string
  readonly at: string
  readonly recordedAt: string
  readonly channel: string
  readonly actorId: string | null
  readonly internal: boolean
  readonly data: unknown
  readonly changes: readonly FieldChange[]
}

/** Who and what the ids in a history stand for. */
export type Names = ReadonlyMap<string, string>

const atOnce = 100

/** Every incident with all of its history, oldest first, a page at a time: memory does not grow with the desk. */
export async function* outgoing(desk: Desk): AsyncGenerator<{ readonly page: Outgoing[]; readonly names: Names }> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const found = await as(desk, system, (ctx) => nextPage(ctx, after), { access: 'read only' })
    const last = found.page.at(-1)
    if (!last) return
    yield found
    after = last.id
  }
}

export const countIncidents = (desk: Desk) =>
  as(desk, system, async ({ db }) => {
    const { count } = await db
      .selectFrom('incident')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return count
  })

async function nextPage(ctx: Ctx, after: string) {
  const { db } = ctx
  const items = await db
    .selectFrom('item')
    .selectAll()
    .where('kind', '=', 'incident')
    .where('id', '>', after)
    .orderBy('id')
    .limit(atOnce)
    .execute()
  const ids = items.map(({ id }) => id)
  if (ids.length === 0) return { page: [], names: new Map<string, string>() }
  const details = await db.selectFrom('incident').selectAll().where('id', 'in', ids).execute()
  const byId = new Map(details.map((detail) => [detail.id, detail]))
  const [events, comments] = [await eventsOf(ctx, ids), await saidOn(ctx, 'comment', ids)]
  const [notes, attachments] = [await saidOn(ctx, 'note', ids), await attachedTo(ctx, ids)]
  const page = items.map(({ head: _, ...item }) => ({
    id: item.id,
    record: { ...byId.get(item.id), ...item },
    events: events.get(item.id) ?? [],
    comments: comments.get(item.id) ?? [],
    notes: notes.get(item.id) ?? [],
    attachments: attachments.get(item.id) ?? [],
  }))
  return { page, names: await namesIn(ctx, page) }
}

async function eventsOf({ db }: Ctx, ids: readonly string[]) {
  const events = await db
    .selectFrom('event')
    .select(['itemId', 'seq', 'name', 'at', 'recordedAt', 'channel', 'actorId', 'internal', 'data'])
    .select(sql<FieldChange[]>`changes`.as('changes'))
    .where('itemId', 'in', ids)
    .orderBy('itemId')
    .orderBy('seq')
    .execute()
  return Map.groupBy(events, ({ itemId }) => itemId)
}

async function saidOn({ db }: Ctx, table: 'comment' | 'note', ids: readonly string[]) {
  const said = await db
    .selectFrom(table)
    .select(['id', 'itemId', 'authorId', 'body', 'channel', 'createdAt'])
    .where('itemId', 'in', ids)
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
  return Map.groupBy(said, ({ itemId }) => itemId)
}

async function attachedTo({ db }: Ctx, ids: readonly string[]) {
  const files = await db
    .selectFrom('attachment')
    .select(['id', 'itemId', 'name', 'type', 'size', 'sha256', 'internal', 'byId', 'createdAt'])
    .where('itemId', 'in', ids)
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
  return Map.groupBy(files, ({ itemId }) => itemId)
}

const uuid = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g

/** What every id that a page mentions is called, wherever in it that stands. */
async function namesIn({ db }: Ctx, page: readonly Outgoing[]): Promise<Names> {
  const ids = [...new Set(JSON.stringify(page).match(uuid))]
  const { rows } = await sql<{ id: string; name: string }>`
    select id, case when email like '%.invalid' then name else name || ' <' || email || '>' end as name
      from person where id = any(${ids}::uuid[])
    union all select id, name from team where id = any(${ids}::uuid[])
    union all select id, name from service where id = any(${ids}::uuid[])
    union all select id, name from organisation where id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** One line of JSON an incident, with everything: the record, its events, comments, notes and files, and the names. */
export async function* asJsonLines(desk: Desk, told: (records: number) => void = () => {}) {
  for await (const { page, names } of outgoing(desk)) {
    for (const { id: _, ...one } of page) {
      const mentioned = new Set(JSON.stringify(one).match(uuid))
      yield `${JSON.stringify({ ...one, names: Object.fromEntries([...names].filter(([id]) => mentioned.has(id))) })}\n`
    }
    told(page.length)
  }
}

const columns = (
  'number title description state impact urgency priority category configurationItem source service team assignee ' +
  'requester organisation openedAt openedBy updatedAt updatedBy resolvedAt resolvedBy resolution resolutionNotes ' +
  'closedAt reassignmentCount reopenCount'
).split(' ')

/** A row an event, as an event log that this desk or another program can read again. */
export async function* asLog(desk: Desk, told: (records: number) => void = () => {}) {
  const own = (await as(desk, system, (ctx) => customFields(ctx, 'incident'))).map(({ name }) => name)
  yield [...columns, ...own]
  for await (const { page, names } of outgoing(desk)) {
    for (const { events } of page) yield* rowsOf(events, names, own)
    told(page.length)
  }
}

function* rowsOf(events: readonly Told[], names: Names, own: readonly string[]) {
  const fields: Record<string, unknown> = {}
  for (const { at, actorId, changes } of events) {
    for (const { field, after } of changes) fields[field] = after
    const row = rowOf(fields, names)
    const about = { openedAt: events[0]?.at, updatedAt: at, updatedBy: named(names, actorId) }
    const all: Readonly<Record<string, unknown>> = { ...row, ...about }
    yield [...columns.map((name) => plain(all[name])), ...own.map((name) => plain(fields[`custom.${name}`]))]
  }
}

const named = (names: Names, id: unknown) =>
  typeof id === 'string' ? (names.get(id)?.replace(/^.* <(.*)>$/, '$1') ?? '') : ''

function rowOf(fields: Readonly<Record<string, unknown>>, names: Names) {
  const of = (name: string) => named(names, fields[name])
  return {
    ...fields,
    state: stateOf(fields),
    impact: ranked(levelNames, fields['impact']),
    urgency: ranked(levelNames, fields['urgency']),
    priority: ranked(priorityNames, fields['priority']),
    service: of('serviceId'),
    team: of('teamId'),
    assignee: of('assigneeId'),
    requester: of('requesterId'),
    organisation: of('organisationId'),
    openedBy: of('openedById'),
    resolvedBy: of('resolvedById'),
    resolution: wordFor(resolutionNames, fields['resolutionCode']),
  }
}

const wordFor = (words: Readonly<Record<string, string>>, value: unknown) => words[String(value)] ?? ''
const ranked = (words: Readonly<Record<string, string>>, value: unknown) =>
  `${String(value)} - ${wordFor(words, value)}`

function stateOf(fields: Readonly<Record<string, unknown>>) {
  const reason = wordFor(holdReasonNames, fields['holdReason'])
  const labels: Readonly<Record<string, { readonly label: string }>> = incidentStates
  return reason === '' ? (labels[String(fields['state'])]?.label ?? '') : reason
}

const plain = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
