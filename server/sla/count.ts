import { sql } from 'kysely'
import { bookOf } from '#server/calendar/calendar.ts'
import type { Ctx } from '#server/core/desk.ts'
import type { FieldChange } from '#server/item/item.ts'
import { clocksOf, type Counted, type Pins } from './clock.ts'
import { momentsOf, type Told } from './moments.ts'
import { idsIn, refsFor } from './refs.ts'
import type { ClockRow } from './rows.ts'
import type { Setup } from './setup.ts'
import { storyOf, type Story } from './story.ts'

/** What a record's clocks are counted from, read: its life, and how far its history goes. */
export interface Life {
  readonly itemId: string
  readonly story: Story
  readonly seq: number
  readonly history: readonly Known[]
}

export interface Known extends Told {
  readonly recordedAt: string
}

/** The histories of some items, as far as clocks depend on them. */
export async function historiesOf({ db }: Ctx, itemIds: readonly string[]): Promise<Map<string, Known[]>> {
  const rows = await db
    .selectFrom('event')
    .leftJoin('person', 'person.id', 'event.actorId')
    .select(['itemId', 'seq', 'event.name', 'at', 'recordedAt', 'actorId'])
    .select((eb) => eb.ref('changes').$castTo<FieldChange[]>().as('changes'))
    .select(sql<boolean>`coalesce(person.audience = 'staff', false)`.as('byStaff'))
    .where('itemId', '=', sql<string>`any(${itemIds}::uuid[])`)
    .orderBy('itemId')
    .orderBy('seq')
    .execute()
  return Map.groupBy(rows, ({ itemId }) => itemId)
}

/** The lives of some items, from their histories and what those refer to. */
export async function livesOf(
  ctx: Ctx,
  setup: Setup,
  histories: ReadonlyMap<string, readonly Known[]>,
  revisions: Iterable<number> = [],
): Promise<Life[]> {
  const refs = await refsFor(ctx, idsIn(histories.values()))
  const books = new Map<number, Awaited<ReturnType<typeof bookOf>>>()
  for (const revision of new Set([setup.revision, ...revisions])) books.set(revision, await bookOf(ctx, revision))
  return [...histories].map(([itemId, history]) => ({
    itemId,
    history,
    seq: Math.max(0, ...history.map(({ seq }) => seq)),
    story: storyOf(momentsOf(setup.kind, history, refs), { fields: setup.fields, revision: setup.revision, books }),
  }))
}

/** All clocks of a record as of an instant; those that there are keep the terms and calendars that they began under. */
export const countAll = (setup: Setup, { story }: Life, asOf: number, rows: readonly ClockRow[] = []): Counted[] =>
  setup.definitions.flatMap((definition) => clocksOf(definition, story, asOf, pinsOf(definition.id, rows)))

export const pinsOf = (definitionId: string, rows: readonly ClockRow[]): Pins =>
  new Map(
    rows
      .filter((row) => row.definitionId === definitionId)
      .map((row) => [Date.parse(row.attachedAt), { version: row.definitionVersion, revision: row.revision }]),
  )
