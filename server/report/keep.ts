import { sql } from 'kysely'
import { z } from 'zod'
import { camel, snake } from '#server/core/case.ts'
import { as, bySystem, system, type Ctx } from '#server/core/desk.ts'
import { job } from '#server/core/jobs.ts'
import { insertRows } from '#server/core/populate.ts'
import { meanwhile } from '#server/core/meanwhile.ts'
import { within, type Derive, type Happening } from '#server/core/reactions.ts'
import type { FieldChange } from '#server/item/item.ts'
import { namesOf } from '#shared/access.ts'
import { events } from '#shared/events.ts'
import { extend, heeded, moveOf, told, type Fact, type Told } from './fact.ts'

/** Keeps the facts of an incident in step with its history, in the same transaction. */
export const keepFacts = within(namesOf(events), async (ctx, happening) => {
  if (happening.kind !== 'incident' || !mayTell(ctx, happening)) return
  const event = eventOf(ctx, happening)
  const before = event.seq === 1 ? null : await factNow(ctx, event.itemId)
  // One from before facts were kept: its history is read once, and it is kept up from then on.
  if (event.seq > 1 && !before) return bySystem(ctx, (own) => deriveFacts(own, 'incident', [event.itemId]))
  const fact = extend(before, event)
  if (fact !== before) meanwhile(ctx.db, keep(ctx, fact, moveOf(before, event, fact)))
})

/** Most of what happens tells a figure nothing: that is known without asking. */
const mayTell = ({ actor }: Ctx, { changed }: Happening) =>
  actor.audience === 'staff' || [...changed].some((field) => heeded.has(field))

function eventOf({ actor }: Ctx, { itemId, seq, name, at, recordedAt, changes }: Happening): Told {
  const byStaff = actor.audience === 'staff' && actor.id !== null
  return { itemId, seq, name, at, recordedAt, changes, channel: actor.channel, actorId: actor.id, byStaff }
}

async function factNow({ db }: Ctx, itemId: string) {
  const { rows } = await sql<{ fact: Record<string, unknown> | null }>`select app.fact_of(${itemId}) as fact`.execute(
    db,
  )
  return factFrom(rows[0]?.fact ?? null)
}

async function keep({ db }: Ctx, fact: Fact, move: object | null) {
  await sql`select app.keep_fact(${rowOf(fact)}, ${move && rowOf(move)})`.execute(db)
}

/** The facts of some incidents, made from their histories as the reactions would have left them. */
export const deriveFacts: Derive = async ({ db }, kind, itemIds) => {
  if (kind !== 'incident' || itemIds.length === 0) return
  const histories = Map.groupBy(await historiesOf(db, itemIds), ({ itemId }) => itemId)
  const all = [...histories.values()].map(told)
  const versions = all.flatMap((one) => one.versions)
  const now = versions.flatMap(({ fact, until }) => (until === null ? [{ ...fact }] : []))
  const past = versions.flatMap(({ fact, until }) => (until === null ? [] : [{ ...fact, until }]))
  for (const table of ['incident_fact', 'incident_fact_past', 'incident_step', 'incident_fact_missing'])
    await sql`delete from ${sql.table(table)} where item_id = any(${itemIds})`.execute(db)
  const steps = all.flatMap(({ moves }) => moves.map((move) => ({ ...move })))
  await insertRows(db, 'incidentFact', now)
  await insertRows(db, 'incidentFactPast', past)
  await insertRows(db, 'incidentStep', steps)
}

async function historiesOf(db: Ctx['db'], itemIds: readonly string[]): Promise<Told[]> {
  const found = await db
    .selectFrom('event')
    .leftJoin('person', 'person.id', 'event.actorId')
    .select(['event.itemId', 'event.seq', 'event.name', 'event.at', 'event.recordedAt', 'event.channel'])
    .select(['event.actorId', 'person.audience', sql<FieldChange[]>`event.changes`.as('changes')])
    .where('event.itemId', 'in', itemIds)
    .orderBy('event.itemId')
    .orderBy('event.seq')
    .execute()
  return found.map(({ audience, ...event }) => ({ ...event, byStaff: audience === 'staff' }))
}

const atOnce = 500

/** Makes the facts of incidents that were there before facts were kept, some at a time. */
export const makeMissingFacts = job({
  name: 'report.make-missing-facts',
  input: z.object({}),
  cron: '* * * * *',
  async run(desk) {
    for (;;) {
      const made = await as(desk, system, async (ctx) => {
        const missing = await ctx.db
          .selectFrom('incidentFactMissing')
          .select('itemId')
          .limit(atOnce)
          .forUpdate()
          .skipLocked()
          .execute()
        await deriveFacts(
          ctx,
          'incident',
          missing.map(({ itemId }) => itemId),
        )
        return missing.length
      })
      if (made < atOnce) return
    }
  },
})

const rowOf = (it: object) => JSON.stringify(snaked(it))

/** A fact under the names that its columns have. */
const snaked = (it: object) => Object.fromEntries(Object.entries(it).map(([name, value]) => [snake(name), value]))

/** A fact as the database tells it, in our names, with times as they are written everywhere. */
function factFrom(row: Record<string, unknown> | null): Fact | null {
  if (!row) return null
  const entries = Object.entries(row).map(([column, value]) => {
    const name = camel(column)
    return [name, times.test(name) ? timesIn(value) : value]
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the row was written from a fact
  return Object.fromEntries(entries) as Fact
}

const times = /(At|Since|resolutions|endings|reopenings)$/

const timesIn = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(timesIn) : typeof value === 'string' ? new Date(value).toISOString() : value
