import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { as, system, type Actor, type Ctx, type Desk } from '#server/core/desk.ts'
import { tellCompany, type Company } from './company.ts'

/** Somebody who wants to be told of changes. */
export interface Listener {
  actor: Actor
  /** The page of the browser that listens, where it said which. */
  readonly page: string | null
  tell(items: readonly string[]): void
  /** Others came to the record that the page shows, left it, or began to write. */
  tellPresence(itemId: string): void
  beat(): void
  /** Who they are now; null when they have left. */
  askAgain(): Promise<Actor | null>
  end(): void
}

interface Heard extends Listener {
  checkedAt: number
  toldAt: number
}

interface Hub {
  readonly listeners: Set<Heard>
  /** Every transaction before this one has ended, and its events were seen. */
  from: string
  /** Events of later transactions that were seen already. */
  readonly seen: Set<number>
  company: Company
  companyAt: number
}

const everyMs = 250
const companyMs = 1000
const checkMs = 4000
const beatMs = 20_000
const hubs = new WeakMap<Desk, Promise<Hub>>()

/**
 * Listens to all that happens on the desk from now on, until the function it gives back is called. One poller for the
 * whole process reads the events, and only while somebody listens.
 */
export async function hear(desk: Desk, listener: Listener): Promise<() => void> {
  const now = performance.now()
  const heard: Heard = Object.assign(listener, { checkedAt: now, toldAt: now })
  for (;;) {
    const going = hubs.get(desk) ?? start(desk)
    const hub = await going
    // The last listener may have left meanwhile, and the poller with them.
    if (hubs.get(desk) !== going) continue
    hub.listeners.add(heard)
    return () => hub.listeners.delete(heard)
  }
}

function start(desk: Desk) {
  const hub = begin(desk)
  hubs.set(desk, hub)
  hub.then(
    (one) => void poll(desk, one),
    () => hubs.delete(desk),
  )
  return hub
}

/** What had happened before anybody listened is told to nobody. */
async function begin(desk: Desk): Promise<Hub> {
  const hub: Hub = { listeners: new Set(), from: '', seen: new Set(), company: new Map(), companyAt: 0 }
  await unseen(desk, hub)
  return hub
}

async function poll(desk: Desk, hub: Hub) {
  await wait(everyMs)
  while (hub.listeners.size > 0) {
    // While the database is away nothing is told; what happened meanwhile is still to be seen when it is back.
    await round(desk, hub).catch(() => {})
    await wait(everyMs)
  }
  hubs.delete(desk)
}

async function round(desk: Desk, hub: Hub) {
  for (const listener of hub.listeners) if (performance.now() - listener.toldAt > beatMs) told(listener).beat()
  await inTurn([...hub.listeners], async (listener) => {
    if (performance.now() - listener.checkedAt > checkMs) await check(hub, listener)
  })
  const events = await unseen(desk, hub)
  if (events.length > 0) await tellAll(desk, hub, events)
  if (performance.now() - hub.companyAt > companyMs) await lookRound(desk, hub)
}

async function lookRound(desk: Desk, hub: Hub) {
  const pages = [...hub.listeners].filter(({ page, actor }) => page !== null && actor.audience === 'staff')
  if (pages.length > 0) hub.company = await tellCompany(desk, hub.company, pages)
  hub.companyAt = performance.now()
}

const told = (listener: Heard) => Object.assign(listener, { toldAt: performance.now() })

async function check(hub: Hub, listener: Heard) {
  const actor = await listener.askAgain()
  Object.assign(listener, { actor: actor ?? listener.actor, checkedAt: performance.now() })
  if (actor) return
  hub.listeners.delete(listener)
  listener.end()
}

interface Event {
  readonly id: number
  readonly itemId: string
  readonly internal: boolean
  readonly txid: string
}

/**
 * The events that were not seen yet. A transaction may commit after one that began later, so each look begins where
 * the oldest transaction still at work began, and leaves out what it knows.
 */
function unseen(desk: Desk, hub: Hub): Promise<Event[]> {
  const look = async ({ db }: Pick<Ctx, 'db'>) => {
    const { rows: horizon } = await sql<{ xmin: string }>`
      select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`.execute(db)
    const xmin = horizon[0]?.xmin ?? '0'
    const { rows } = await sql<Event>`select id, item_id, internal, txid::text as txid from event
      where txid >= ${hub.from || xmin}::xid8 order by id`.execute(db)
    const fresh = rows.filter(({ id }) => !hub.seen.has(id))
    hub.from = xmin
    hub.seen.clear()
    for (const { id, txid } of rows) if (BigInt(txid) >= BigInt(xmin)) hub.seen.add(id)
    return fresh
  }
  return as(desk, system, look, { access: 'read only' })
}

const mostAtOnce = 1000

async function tellAll(desk: Desk, hub: Hub, events: readonly Event[]) {
  const all = [...new Set(events.map(({ itemId }) => itemId))]
  const open = new Set(events.flatMap(({ internal, itemId }) => (internal ? [] : [itemId])))
  const alike = Map.groupBy(hub.listeners, ({ actor }) => eyesOf(actor))
  await inTurn([...alike.values()], async (listeners) => {
    const actor = listeners[0]?.actor
    if (!actor) return
    // Of what is internal a requester must not even learn that it happened.
    const theirs = actor.audience === 'requester' ? all.filter((id) => open.has(id)) : all
    for (let at = 0; at < theirs.length; at += mostAtOnce) {
      const items = await seenBy(desk, actor, theirs.slice(at, at + mostAtOnce))
      if (items.length > 0) for (const listener of listeners) told(listener).tell(items)
    }
  })
}

/** Those who see the same are asked for once. */
const eyesOf = ({ id, audience, organisation, teams, serves, everywhere, permissions }: Actor) =>
  JSON.stringify([id, audience, organisation, teams, serves, everywhere, permissions.has('item.read-organisation')])

async function seenBy(desk: Desk, actor: Actor, ids: readonly string[]) {
  const rows = await as(
    desk,
    actor,
    ({ db }) => db.selectFrom('item').select('id').where('id', 'in', ids).orderBy('id').execute(),
    { access: 'read only' },
  )
  return rows.map(({ id }) => id)
}

const atATime = 4

/** A few at a time, so that telling never takes all of the database's connections. */
async function inTurn<T>(all: readonly T[], work: (one: T) => Promise<void>) {
  for (let at = 0; at < all.length; at += atATime) await Promise.all(all.slice(at, at + atATime).map(work))
}
