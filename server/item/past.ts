import { sql } from 'kysely'
import type { Ctx } from '#server/core/desk.ts'
import { insertRows, updateRows } from '#server/core/populate.ts'
import type { EventData, EventName } from '#shared/events.ts'
import type { KindName } from '#shared/kinds.ts'
import { noHead } from './chain.ts'
import { difference, eventOf, parted, phaseOf, valuesOf, type Fields, type Held } from './happen.ts'
import { heldOf } from './hold.ts'

/** One thing that happened to a record before the desk knew of it. */
export interface Past<K extends KindName, N extends EventName = EventName> {
  readonly name: N
  readonly data: EventData<N>
  readonly at: string
  /** Null where nobody knows who it was. */
  readonly actorId: string | null
  readonly set: Partial<Fields<K>>
  readonly internal?: boolean
}

/** A record that comes with its whole past: how it began, and all that happened since, in its order. */
export interface Whole<K extends KindName> {
  readonly id: string
  readonly number: string
  readonly began: Past<K> & { readonly set: Fields<K> }
  readonly then: readonly Past<K>[]
}

/** A record that the desk has, and what happened to it that the desk does not know yet. */
export interface More<K extends KindName> {
  readonly held: Held<K>
  readonly then: readonly Past<K>[]
}

type Link = ReturnType<typeof eventOf>

interface Told<K extends KindName> {
  readonly held: Held<K>
  readonly events: readonly Link[]
}

/**
 * Writes records with their whole past, many at once: each event with its values before and after and its place in the
 * chain, and the row that follows from them. Nothing reacts to it, so nobody is told; what is kept beside the history is
 * for the caller to derive afterwards.
 */
export async function writePast<K extends KindName>({ db }: Ctx, kind: K, wholes: readonly Whole<K>[]) {
  const told = wholes.map((whole) => tell(begun(kind, whole), whole.then))
  await insertRows(db, 'item', told.map(itemRow))
  await insertRows(db, kind, told.map(detailRow))
  await insertRows(db, 'event', eventsIn(told))
  return told.map(({ held }) => held)
}

/** Goes on with the past of records that the caller holds; those to which nothing happened stay as they are. */
export async function writeMorePast<K extends KindName>({ db }: Ctx, kind: K, all: readonly More<K>[]) {
  const told = all.map(({ held, then }) => tell({ held, events: [] }, then)).filter(({ events }) => events.length > 0)
  await insertRows(db, 'event', eventsIn(told))
  await updateRows(db, kind, told.map(detailRow))
  await updateRows(db, 'item', told.map(itemRow))
  return told.map(({ held }) => held)
}

/** Holds the rows of many records of a kind until the transaction ends; an id that is not there is left out. */
export async function holdMany<K extends KindName>({ db }: Ctx, kind: K, ids: readonly string[]) {
  const rows = await db
    .selectFrom('item')
    .selectAll()
    .where('kind', '=', kind)
    .where((eb) => eb('id', '=', eb.fn.any(sql<string[]>`${ids}::uuid[]`)))
    .orderBy('id')
    .forUpdate()
    .execute()
  const details = await db
    .selectFrom(kind as KindName)
    .selectAll()
    .where((eb) => eb('id', '=', eb.fn.any(sql<string[]>`${ids}::uuid[]`)))
    .execute()
  const byId = new Map(details.map((detail) => [detail.id, detail]))
  return new Map(rows.map((row) => [row.id, heldOf(kind, row, byId.get(row.id) ?? {})]))
}

function begun<K extends KindName>(kind: K, { id, number, began }: Whole<K>): Told<K> {
  const { name, data, at, actorId, set: fields } = began
  const changes = difference({}, { number, kind, ...fields })
  const said = { name, data, changes, internal: false }
  const event = eventOf({ actorId, channel: 'import', at }, { itemId: id, version: 0, head: noHead }, said)
  const phase = phaseOf(kind, fields.state)
  const held = { id, kind, number, phase, createdAt: at, updatedAt: at, version: 1, head: event.hash, fields }
  return { held, events: [event] }
}

function tell<K extends KindName>(from: Told<K>, then: readonly Past<K>[]): Told<K> {
  let { held } = from
  const events = [...from.events]
  for (const { name, data, at, actorId, set, internal = false } of then) {
    const said = { name, data, changes: difference(valuesOf(held, set), set), internal }
    const event = eventOf({ actorId, channel: 'import', at }, { ...held, itemId: held.id }, said)
    events.push(event)
    held = {
      ...held,
      updatedAt: at > held.updatedAt ? at : held.updatedAt,
      version: event.seq,
      head: event.hash,
      fields: { ...held.fields, ...set },
    }
  }
  return { held: { ...held, phase: phaseOf(held.kind, held.fields.state) }, events }
}

function itemRow<K extends KindName>({ held: { fields, ...item } }: Told<K>) {
  const { id, kind, number, phase, createdAt, updatedAt, version, head } = item
  return { id, kind, number, phase, createdAt, updatedAt, version, head, ...parted(fields).item }
}

const detailRow = <K extends KindName>({ held: { id, fields } }: Told<K>) => ({ id, ...parted(fields).detail })

const eventsIn = <K extends KindName>(told: readonly Told<K>[]) => told.flatMap(({ events }) => events)
