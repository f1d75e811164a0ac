import { sql, type Insertable, type Selectable } from 'kysely'
import { enqueue } from '#server/core/jobs.ts'
import type { Tx } from '#server/core/db.ts'
import { bySystem, type Actor, type Ctx } from '#server/core/desk.ts'
import { meanwhile } from '#server/core/meanwhile.ts'
import type { Happening } from '#server/core/reactions.ts'
import type { DB, IncidentTable, ItemTable } from '#server/core/tables.ts'
import type { EventData, EventName } from '#shared/events.ts'
import type { Channel } from '#shared/item/history.ts'
import { kinds, type KindName } from '#shared/kinds.ts'
import { hashOf, noHead } from './chain.ts'

/** The tables that hold what a kind alone has, by the kind's name. */
export interface Details {
  incident: IncidentTable
}

/** What is no part of the history: it follows from it, as the due time follows from the clocks. */
type Bookkeeping = 'id' | 'kind' | 'number' | 'phase' | 'dueAt' | 'createdAt' | 'updatedAt' | 'version' | 'head'

/** What may be changed of an item of a kind: what every item has, and what the kind alone has. */
export type Fields<K extends KindName> = Omit<Selectable<ItemTable>, Bookkeeping> & Omit<Selectable<Details[K]>, 'id'>

/** An item whose row is held by this transaction, as it now is. */
export interface Held<K extends KindName = KindName> {
  readonly id: string
  readonly kind: K
  readonly number: string
  readonly version: number
  readonly head: Buffer
  readonly createdAt: string
  readonly updatedAt: string
  readonly phase: 'open' | 'waiting' | 'done'
  readonly fields: Fields<K>
  /** Set once this transaction may have moved it out of sight of the one who acts. */
  readonly left?: boolean
}

interface What<K extends KindName, N extends EventName> {
  readonly name: N
  readonly data: EventData<N>
  readonly set?: Partial<Fields<K>>
  /** Kept from requesters. */
  readonly internal?: boolean
}

export const itemColumns: ReadonlySet<string> = new Set([
  ...(['title', 'state', 'priority', 'organisationId', 'serviceId', 'teamId', 'assigneeId'] as const),
  ...(['requesterId', 'confidential', 'tags', 'custom'] as const),
])

interface Born<K extends KindName> {
  readonly id: string
  readonly number: string
  readonly fields: Fields<K>
}

/** Brings an item into being: its row, its kind's row, and the first event of its history. */
export async function begin<K extends KindName, N extends EventName>(
  ctx: Ctx,
  kind: K,
  { id, number, fields }: Born<K>,
  { name, data }: Pick<What<K, N>, 'name' | 'data'>,
): Promise<Held<K>> {
  const phase = phaseOf(kind, fields.state)
  const changes = difference({}, { number, kind, ...fields })
  const event = eventOf(told(ctx), { itemId: id, version: 0, head: noHead }, { name, data, changes, internal: false })
  const { item, detail } = parted(fields)
  const stamps = { createdAt: ctx.now, updatedAt: ctx.now, version: 1, head: event.hash }
  const left = ctx.actor.audience === 'staff' && !staysInSight(ctx.actor, fields)
  const written = writing(ctx, left, ({ db }) => [
    db
      .insertInto('item')
      .values({ id, kind, number, phase, ...stamps, ...item } as Insertable<ItemTable>)
      .execute(),
    db
      .insertInto(kind as keyof DB)
      .values({ id, ...detail } as never)
      .execute(),
    write(db, event),
  ])
  const held: Held<K> = { id, kind, number, phase, ...stamps, fields, left }
  const changed = new Set(changes.map(({ field }) => field))
  await sent(ctx, written, left)
  await react(ctx, held, { ...event, name, data, changed })
  return held
}

/**
 * Lets something happen to an item: its changed fields, the event that says so with each value before and after, the
 * link in its chain, and all that follows from it, in the caller's transaction. The one door to every change.
 */
export async function happen<K extends KindName, N extends EventName>(
  ctx: Ctx,
  held: Held<K>,
  { name, data, set = {}, internal = false }: What<K, N>,
): Promise<Held<K>> {
  const changes = difference(valuesOf(held, set), set)
  const event = eventOf(told(ctx), { ...held, itemId: held.id }, { name, data, changes, internal })
  const changed = new Set(changes.map(({ field }) => field))
  const { item, detail } = parted(Object.fromEntries(Object.entries(set).filter(([field]) => touches(changed, field))))
  const fields = { ...held.fields, ...set }
  const phase = phaseOf(held.kind, fields.state)
  const updatedAt = ctx.now > held.updatedAt ? ctx.now : held.updatedAt
  const stamps = { phase, updatedAt, version: held.version + 1, head: event.hash }
  const moved = sight.some((field) => changed.has(field)) && !staysInSight(ctx.actor, fields)
  const left = held.left === true || moved
  const written = writing(ctx, left, ({ db }) => [
    write(db, event),
    ...(Object.keys(detail).length > 0 ? [changeDetail(db, held, detail)] : []),
    db
      .updateTable('item')
      .set({ ...item, ...stamps })
      .where('id', '=', held.id)
      .execute(),
  ])
  const after: Held<K> = { ...held, ...stamps, fields, left }
  await sent(ctx, written, left)
  await react(ctx, after, { ...event, name, data, changed })
  return after
}

/** What an item has where another value is to be set. */
export function valuesOf<K extends KindName>({ fields }: Held<K>, set: object): Record<string, unknown> {
  return Object.fromEntries(Object.keys(set).map((field) => [field, fields[field as keyof Fields<K>]]))
}

/** What decides who sees an item. */
const sight = ['organisationId', 'teamId', 'assigneeId', 'requesterId', 'confidential']

/** Staff who serve every organisation see whatever is not confidential, wherever it goes. */
const staysInSight = ({ audience, everywhere }: Actor, { confidential }: { readonly confidential: boolean }) =>
  audience === 'staff' && everywhere && !confidential

/**
 * Whoever holds an item may change it, also into what they then no longer see: PostgreSQL would refuse a row that its
 * writer cannot read back, so such a row is written by the desk's own hand.
 */
async function writing(ctx: Ctx, left: boolean, statements: (ctx: Ctx) => readonly Promise<unknown>[]) {
  if (left) await bySystem(ctx, (own) => Promise.all(statements(own)))
  else await Promise.all(statements(ctx))
}

/** What follows goes out right behind what was written. But what is written by another hand waits until that hand is off. */
async function sent({ db }: Ctx, written: Promise<void>, left: boolean) {
  if (left) await written
  else meanwhile(db, written)
}

const touches = (changed: ReadonlySet<string>, field: string) =>
  changed.has(field) || (field === 'custom' && [...changed].some((name) => name.startsWith('custom.')))

export interface FieldChange {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

/** Each field that differs, with its value before and after; custom fields one by one. */
export function difference(before: Record<string, unknown>, after: Record<string, unknown>): FieldChange[] {
  return Object.entries(after).flatMap(([field, is]) => {
    const was = before[field] ?? null
    if (field === 'custom') return customDifference((was ?? {}) as object, is as object)
    return same(was, is ?? null) ? [] : [{ field, before: was, after: is ?? null }]
  })
}

function customDifference(before: object, after: object): FieldChange[] {
  const was = before as Record<string, unknown>
  const is = after as Record<string, unknown>
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  return names
    .filter((name) => !same(was[name] ?? null, is[name] ?? null))
    .map((name) => ({ field: `custom.${name}`, before: was[name] ?? null, after: is[name] ?? null }))
}

const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b)

/** What a state of a kind means to a queue. */
export function phaseOf(kind: KindName, state: string) {
  const states: Readonly<Record<string, { readonly phase: Held['phase'] }>> = kinds[kind].states
  const known = states[state]
  if (!known) throw new Error(`${kind} has no state ${state}`)
  return known.phase
}

/** Fields, parted by the table that they lie in. */
export function parted(fields: object) {
  const item: Record<string, unknown> = {}
  const detail: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(fields)) (itemColumns.has(field) ? item : detail)[field] = value
  return { item, detail }
}

interface Before {
  readonly itemId: string
  readonly version: number
  readonly head: Buffer
}

interface Said {
  readonly name: EventName
  readonly data: object
  readonly changes: readonly FieldChange[]
  readonly internal: boolean
}

/** Who says so, through which channel, and of what time. */
interface Told {
  readonly actorId: string | null
  readonly channel: Channel
  readonly at: string
}

const told = ({ actor, now }: Ctx): Told => ({ actorId: actor.id, channel: actor.channel, at: now })

/** The next link in an item's history, hashed together with the one before it. */
export function eventOf(
  { actorId, channel, at }: Told,
  { itemId, version, head }: Before,
  { name, data, changes, internal }: Said,
) {
  const link = {
    itemId,
    seq: version + 1,
    name,
    data,
    changes,
    internal,
    actorId,
    channel,
    at,
    recordedAt: new Date().toISOString(),
  }
  return { ...link, prev: head, hash: hashOf(head, link) }
}

const changeDetail = (db: Tx, { kind, id }: Pick<Held, 'kind' | 'id'>, detail: object) =>
  db
    .updateTable(kind as 'incident')
    .set(detail)
    .where('id', '=', id)
    .execute()

async function write(db: Tx, event: ReturnType<typeof eventOf>) {
  const { changes, ...rest } = event
  await db
    .insertInto('event')
    .values({ ...rest, changes: sql`${JSON.stringify(changes)}::jsonb` })
    .execute()
}

async function react(
  ctx: Ctx,
  { id, kind }: Pick<Held, 'id' | 'kind'>,
  { name, data, seq, changed, changes, at, recordedAt }: Omit<Happening, 'itemId' | 'kind'>,
) {
  const happening = { name, itemId: id, kind, seq, data, changed, changes, at, recordedAt }
  for (const reaction of ctx.reactions.get(name) ?? []) {
    if (reaction.when === 'within') await reaction.run(ctx, happening)
    else await enqueue(ctx, reaction.job, { itemId: id, seq, data })
  }
}
