import { sql } from 'kysely'
import { as, system, type Actor, type Ctx, type Desk } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { happen, hold, openMandatoryTasks, writeNote } from '#server/item/item.ts'
import { reopen, report, resolve } from '#server/incident/incident.ts'

/** What a monitoring tool says of one problem, whichever the tool. */
export interface Signal {
  readonly fingerprint: string
  readonly status: 'firing' | 'resolved'
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly startedAt: string
  readonly title: string
  readonly text: string
  /** 1 high, 2 medium, 3 low: impact and urgency. */
  readonly level: number
  readonly about: string | null
  readonly service: string | null
  readonly team: string | null
}

interface Source {
  readonly id: string
  readonly name: string
  readonly personId: string
}

interface Alert {
  readonly id: string
  readonly itemId: string | null
  readonly signals: number
}

/**
 * Takes in what a source says, all of it or nothing: a problem's first signal opens an incident, later ones are counted
 * as its occurrences, and the last word resolves it.
 */
export function receive(desk: Desk, source: Source, signals: readonly Signal[], { at }: { at?: string } = {}) {
  const actor: Actor = { ...system, name: source.name, channel: 'alert' }
  const takeIn = async (ctx: Ctx) => {
    await ctx.db.updateTable('source').set({ lastSeenAt: ctx.now }).where('id', '=', source.id).execute()
    // In one order everywhere, so that two deliveries at once wait for each other and never for ever.
    const inOrder = signals.toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1))
    for (const signal of inOrder) {
      await sql`select pg_advisory_xact_lock(hashtextextended(${source.id + signal.fingerprint}, 0))`.execute(ctx.db)
      const open = await openAlert(ctx, source, signal)
      if (signal.status === 'firing') await fire(ctx, source, signal, open)
      else if (open) await end(ctx, source, signal, open)
    }
  }
  return as(desk, actor, takeIn, { ...(at !== undefined && { at }) })
}

function openAlert({ db }: Ctx, source: Source, { fingerprint }: Signal) {
  return db
    .selectFrom('alert')
    .select(['id', 'itemId', 'signals'])
    .where('sourceId', '=', source.id)
    .where('fingerprint', '=', fingerprint)
    .where('status', '=', 'firing')
    .executeTakeFirst()
}

async function fire(ctx: Ctx, source: Source, signal: Signal, open: Alert | undefined) {
  if (open) {
    await ctx.db
      .updateTable('alert')
      .set({ signals: open.signals + 1, lastSeenAt: ctx.now, annotations: signal.annotations })
      .where('id', '=', open.id)
      .execute()
    await record(ctx, source, signal, open.id)
    return tellOfMany(ctx, open)
  }
  const id = newId()
  const itemId = (await reopened(ctx, source, signal)) ?? (await opened(ctx, source, signal))
  await ctx.db
    .insertInto('alert')
    .values({
      id,
      sourceId: source.id,
      fingerprint: signal.fingerprint,
      status: 'firing',
      itemId,
      signals: 1,
      labels: signal.labels,
      annotations: signal.annotations,
      startedAt: signal.startedAt,
      firstSeenAt: ctx.now,
      lastSeenAt: ctx.now,
    })
    .execute()
  await record(ctx, source, signal, id)
}

async function record({ db, now }: Ctx, source: Source, signal: Signal, alertId: string) {
  const { status, labels, annotations, startedAt } = signal
  await db
    .insertInto('signal')
    .values({ sourceId: source.id, alertId, status, labels, annotations, startedAt, receivedAt: now })
    .execute()
}

/** The history hears of repeats at 10, 100, 1,000…: each of them lies with the occurrences. */
async function tellOfMany(ctx: Ctx, { itemId, signals }: Alert) {
  if (itemId === null || !Number.isInteger(Math.log10(signals + 1))) return
  const held = await hold(ctx, itemId, 'incident')
  await happen(ctx, held, { name: 'incident.occurred', data: { signals: signals + 1, at: ctx.now }, internal: true })
}

/** The same problem again, before its incident was closed: one that comes and goes is still one. */
async function reopened(ctx: Ctx, source: Source, { fingerprint }: Signal) {
  const last = await ctx.db
    .selectFrom('alert')
    .innerJoin('item', 'item.id', 'alert.itemId')
    .select(['item.id', 'item.state'])
    .where('sourceId', '=', source.id)
    .where('fingerprint', '=', fingerprint)
    .orderBy('alert.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!last || last.state === 'closed' || last.state === 'cancelled') return null
  if (last.state === 'resolved')
    await reopen(ctx, await hold(ctx, last.id, 'incident'), `${source.name} reports it again`)
  return last.id
}

async function opened(ctx: Ctx, { personId }: Source, { title, text, level, about, service, team }: Signal) {
  const { id } = await report(ctx, {
    title,
    description: text,
    impact: level,
    urgency: level,
    requesterId: personId,
    source: 'alert',
    configurationItem: about?.slice(0, 120) || null,
    tags: [],
    custom: {},
    confidential: false,
    serviceId: await idNamed(ctx, 'service', service),
    teamId: await idNamed(ctx, 'team', team),
  })
  return id
}

async function idNamed({ db }: Ctx, table: 'service' | 'team', name: string | null) {
  if (name === null) return null
  const found = await db
    .selectFrom(table)
    .select('id')
    .where(sql`lower(name)`, '=', name.toLowerCase())
    .where('retired', '=', false)
    .executeTakeFirst()
  return found?.id ?? null
}

/** The problem is over; its incident is, when no other alert holds it open and no step of it must still be done. */
async function end(ctx: Ctx, source: Source, signal: Signal, open: Alert) {
  await ctx.db
    .updateTable('alert')
    .set({ status: 'resolved', resolvedAt: ctx.now, lastSeenAt: ctx.now, signals: open.signals + 1 })
    .where('id', '=', open.id)
    .execute()
  await record(ctx, source, signal, open.id)
  if (open.itemId === null) return
  const others = await ctx.db
    .selectFrom('alert')
    .select('id')
    .where('itemId', '=', open.itemId)
    .where('status', '=', 'firing')
    .executeTakeFirst()
  const held = await hold(ctx, open.itemId, 'incident')
  if (others || held.phase === 'done') return
  const steps = await openMandatoryTasks(ctx, open.itemId)
  const notes = `${source.name} reports that it is over.`
  if (steps.length > 0) await writeNote(ctx, held, `${notes} Open steps keep this from being resolved.`)
  else await resolve(ctx, held, { code: 'fixed', notes })
}
