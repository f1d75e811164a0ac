import { sql } from 'kysely'
import type { Ctx } from '#server/core/desk.ts'
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
export async function writePast<K extends KindName>(ctx: Ctx, kind: K, wholes: readonly Whole<K>[]) {
  const told = wholes.map((whole) => tell(begun(kind, whole), whole.then))
  await insertRows(ctx, 'item', told.map(itemRow))
  await insertRows(ctx, kind, told.map(detailRow))
  await insertEvents(ctx, told)
  return told.map(({ held }) => held)
}

/** Goes on with the past of records that the caller holds; those to which nothing happened stay as they are. */
export async function writeMorePast<K extends KindName>(ctx: Ctx, kind: K, all: readonly More<K>[]) {
  const told = all.map(({ held, then }) => tell({ held, events: [] }, then)).filter(({ events }) => events.length > 0)
  await insertEvents(ctx, told)
  await updateRows(ctx, kind, told.map(detailRow))
  await updateRows(ctx, 'item', told.map(itemRow))
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

const insertEvents = <K extends KindName>(ctx: Ctx, told: readonly Told<K>[]) =>
  insertRows(
    ctx,
    'event',
    told.flatMap(({ events }) => events),
  )

type Rows = readonly Readonly<Record<string, unknown>>[]
type Table = 'item' | 'event' | KindName

/** Rows travel as one JSON document: one statement, always the same one, however many they are. */
async function insertRows({ db }: Ctx, table: Table, rows: Rows) {
  if (rows.length === 0) return
  const columns = columnsOf(rows)
  await sql`insert into ${sql.table(table)} (${sql.join(columns)}) select ${sql.join(columns)}
    from json_populate_recordset(null::${sql.table(table)}, ${asJson(rows)}::json)`.execute(db)
}

async function updateRows({ db }: Ctx, table: Exclude<Table, 'event'>, rows: Rows) {
  if (rows.length === 0) return
  const columns = columnsOf(rows)
  const values = Object.keys(rows[0]!).map((name) => sql.ref(`fresh.${name}`))
  await sql`update ${sql.table(table)} set (${sql.join(columns)}) = row(${sql.join(values)})
    from json_populate_recordset(null::${sql.table(table)}, ${asJson(rows)}::json) fresh
    where ${sql.ref(`${table}.id`)} = fresh.id`.execute(db)
}

const columnsOf = (rows: Rows) => Object.keys(rows[0]!).map((name) => sql.ref(name))

function asJson(rows: Rows) {
  const names = Object.keys(rows[0]!).map((name) => [name, snake(name)] as const)
  return JSON.stringify(
    rows.map((row) => Object.fromEntries(names.map(([name, column]) => [column, plain(row[name])]))),
  )
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Bytes as PostgreSQL reads them from text. */
const plain = (value: unknown) => (Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value)
