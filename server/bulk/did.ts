import { sql } from 'kysely'
import { z } from 'zod'
import { bySystem, type Ctx } from '#server/core/desk.ts'
import type { Happening } from '#server/core/reactions.ts'
import { conflict, notFound } from '#server/core/refusal.ts'
import { happen, holdItem, type Held } from '#server/item/item.ts'

const Change = z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })

/** What a change did to one item: each field before and after, and where the item stood then. */
const Did = z.object({ itemId: z.uuid(), seq: z.int(), state: z.string(), fields: z.array(Change) })
type Did = z.infer<typeof Did>

/** What happened, as one change of each item that it happened to. */
export async function didIn(ctx: Ctx, happened: readonly Happening[]): Promise<Did[]> {
  const byItem = Map.groupBy(happened, ({ itemId }) => itemId)
  if (byItem.size === 0) return []
  const now = await bySystem(ctx, ({ db }) =>
    db
      .selectFrom('item')
      .select(['id', 'state', 'version'])
      .where('id', 'in', [...byItem.keys()])
      .execute(),
  )
  return now.map(({ id, state, version }) => ({
    itemId: id,
    seq: version,
    state,
    fields: fieldsIn(byItem.get(id) ?? []),
  }))
}

/** From the first value to the last, over all that happened; what an item began with cannot be taken back. */
function fieldsIn(happened: readonly Happening[]) {
  if (happened.some(({ seq }) => seq === 1)) return []
  const changes = happened.toSorted((one, other) => one.seq - other.seq).flatMap((one) => one.changes)
  return [...Map.groupBy(changes, ({ field }) => field)].map(([field, its]) => ({
    field,
    before: its[0]?.before ?? null,
    after: its.at(-1)?.after ?? null,
  }))
}

/** Gives each item back what it had. Where somebody has changed the same since, all of it stays as it is. */
export async function takeBack(ctx: Ctx, did: unknown) {
  const reversible = z
    .array(Did)
    .parse(did)
    .filter(({ fields }) => fields.length > 0)
  if (reversible.length === 0) throw conflict('What it did cannot be taken back')
  for (const one of reversible) {
    const held = await holdItem(ctx, one.itemId)
    if (!isAsLeft(held, one)) throw conflict(`${await whoChanged(ctx, one)} changed it since`)
    await happen(ctx, held, { name: 'item.undone', data: {}, set: before(held, one) })
  }
}

function isAsLeft({ fields }: Held, { state, fields: changed }: Did) {
  const now: Readonly<Record<string, unknown>> = { ...fields }
  const custom: Readonly<Record<string, unknown>> = { ...fields.custom }
  const valueOf = (field: string) => (isCustom(field) ? custom[nameIn(field)] : now[field]) ?? null
  return fields.state === state && changed.every(({ field, after }) => same(valueOf(field), after))
}

function before({ fields }: Held, { fields: changed }: Did): Partial<Held['fields']> {
  const [custom, own] = [
    changed.filter(({ field }) => isCustom(field)),
    changed.filter(({ field }) => !isCustom(field)),
  ]
  const set = Object.fromEntries(own.map((one) => [one.field, one.before]))
  if (custom.length === 0) return set
  const values = { ...fields.custom, ...Object.fromEntries(custom.map((one) => [nameIn(one.field), one.before])) }
  return { ...set, custom: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) }
}

const isCustom = (field: string) => field.startsWith('custom.')
const nameIn = (field: string) => field.slice('custom.'.length)
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

async function whoChanged({ db }: Ctx, { itemId, seq }: Did) {
  const last = await db
    .selectFrom('event')
    .leftJoin('person', 'person.id', 'event.actorId')
    .select('person.name')
    .where('itemId', '=', itemId)
    .where('seq', '>', seq)
    .where(sql<boolean>`changes <> '[]'`)
    .orderBy('seq', 'desc')
    .executeTakeFirst()
  if (!last) throw notFound('change')
  return last.name ?? 'The desk'
}
