import { sql } from 'kysely'
import type { Args, Ctx } from '#server/core/desk.ts'
import type * as api from '#shared/item/history.ts'
import { authorRef } from '#server/people/people.ts'
import { customFields } from './dictionary.ts'
import type { FieldChange } from './happen.ts'
import { requireItem } from './hold.ts'
import { namesOf, readerOf, type Reader } from './readable.ts'

type Told = Awaited<ReturnType<typeof eventsOf>>[number]

/**
 * What happened to an item, in words. Row security keeps internal events from requesters; here go the fields that are
 * not shown to them, the links to records that the reader may not see, and the gaps that all this leaves in the count.
 */
export async function listHistory(ctx: Ctx, { itemId }: Args<typeof api.listHistory>) {
  const { kind } = await requireItem(ctx, itemId)
  const [events, custom] = [await eventsOf(ctx, itemId), await customFields(ctx, kind)]
  const requester = ctx.actor.audience === 'requester'
  const hidden = new Set(custom.flatMap((it) => (requester && !it.shownToRequesters ? [`custom.${it.name}`] : [])))
  const told = events.map((event) => ({ ...event, changes: event.changes.filter(({ field }) => !hidden.has(field)) }))
  const before = readerOf(kind, custom)
  const reader = { ...before, names: await namesOf(ctx, told.flatMap(mentionsIn(before))) }
  const emptied = ({ changes }: Told, at: number) => changes.length === 0 && events[at]!.changes.length > 0
  return told
    .filter((event, at) => !(emptied(event, at) && event.name === 'item.changed') && !leadsOutOfSight(event, reader))
    .map((event, at) => readable(event, reader, requester ? at + 1 : event.seq))
}

function eventsOf({ db }: Ctx, itemId: string) {
  return db
    .selectFrom('event')
    .select(['seq', 'name', 'actorId', 'channel', 'at', 'recordedAt', authorRef('event.actor_id').as('author')])
    .select([sql<Record<string, unknown>>`data`.as('data'), sql<FieldChange[]>`changes`.as('changes')])
    .where('itemId', '=', itemId)
    .orderBy('seq')
    .execute()
}

/** What the data of an event may mention by id, and what the history calls it. */
const mentioned: Readonly<Record<string, readonly ['item' | 'person', string]>> = {
  otherId: ['item', 'other'],
  byId: ['item', 'by'],
  personId: ['person', 'person'],
}

const mentionsIn = (reader: Reader) => (event: Told) => [
  ...event.changes.flatMap(({ field, before, after }) => {
    const table = reader.tableOf(field)
    return table ? [before, after].map((id) => ({ table, id })) : []
  }),
  ...Object.entries(event.data).flatMap(([key, id]) => (mentioned[key] ? [{ table: mentioned[key][0], id }] : [])),
]

const aboutAnother: ReadonlySet<string> = new Set(['item.linked', 'item.unlinked', 'incident.followed'])

function leadsOutOfSight({ name, data }: Told, { names }: Reader) {
  const other = data['otherId'] ?? data['byId']
  return aboutAnother.has(name) && !names.has(`item ${String(other)}`)
}

function readable({ changes, data, actorId, author, ...event }: Told, reader: Reader, seq: number) {
  const { name, channel, at, recordedAt } = event
  return {
    seq,
    name,
    channel,
    at,
    recordedAt,
    by: actorId === null ? null : author,
    data: { ...data, ...mentionsOf(data, reader) },
    changes: changes.map((change) => inWords(change, reader)),
  }
}

function mentionsOf(data: Record<string, unknown>, { names }: Reader) {
  const known = Object.entries(mentioned).flatMap(([key, [table, as]]) => {
    const name = names.get(`${table} ${String(data[key])}`)
    return name === undefined ? [] : [[as, name] as const]
  })
  return Object.fromEntries(known)
}

function inWords({ field, before, after }: FieldChange, reader: Reader) {
  const shown = (value: unknown) => (reader.isShown(field, value) ? value : null)
  return {
    field,
    before: shown(before),
    after: shown(after),
    was: reader.read(field, before),
    is: reader.read(field, after),
  }
}
