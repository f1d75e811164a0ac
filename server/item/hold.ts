import type { Ctx } from '#server/core/desk.ts'
import { conflict, notFound, Refusal, type Clash } from '#server/core/refusal.ts'
import { kinds, type KindName } from '#shared/kinds.ts'
import { itemColumns, type FieldChange, type Fields, type Held } from './happen.ts'

/** Holds an item's row until the transaction ends, so that nothing else can happen to it meanwhile. */
export async function hold<K extends KindName>(ctx: Ctx, id: string, kind: K): Promise<Held<K>> {
  const item = await holdItem(ctx, id)
  if (item.kind !== (kind as KindName)) throw notFound(kind)
  return item as unknown as Held<K>
}

/** The same for an item of whichever kind. */
export async function holdItem(ctx: Ctx, id: string): Promise<Held> {
  const item = await ctx.db.selectFrom('item').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!item) throw notFound('record')
  const kind = item.kind as KindName
  const detail = await ctx.db.selectFrom(kind).selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return heldOf(kind, item, detail)
}

type ItemRow = Pick<Held, 'id' | 'number' | 'version' | 'head' | 'createdAt' | 'updatedAt' | 'phase'>

/** An item whose two rows are held, as one. */
export function heldOf<K extends KindName>(kind: K, item: ItemRow, detail: object): Held<K> {
  const { id, number, version, head, createdAt, updatedAt, phase } = item
  const mine = Object.entries({ ...detail, ...item }).filter(([name]) => itemColumns.has(name) || name in detail)
  const { id: _, ...fields } = Object.fromEntries(mine)
  return { id, kind, number, version, head, createdAt, updatedAt, phase, fields: fields as unknown as Fields<K> }
}

/** Whether an item may be seen; throws that there is none when it may not. */
export async function requireItem(ctx: Ctx, id: string) {
  const item = await ctx.db
    .selectFrom('item')
    .select(['id', 'kind', 'number', 'title', 'state', 'phase'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!item) throw notFound('record')
  return item
}

/** Refuses a move that the kind's map of moves does not have. */
export function requireMove({ kind, number, fields }: Held, to: string) {
  const { moves, states } = kinds[kind]
  const legal: Readonly<Record<string, readonly string[]>> = moves
  if (legal[fields.state]?.includes(to)) return
  const label = (state: string) => (states as Record<string, { label: string }>)[state]?.label.toLowerCase() ?? state
  throw conflict(`${number} is ${label(fields.state)}; it cannot become ${label(to)}`)
}

/**
 * Lets an edit that was begun at an older version through when nobody changed the same fields since; else it is
 * refused with both values of each. Without a version the edit is of what is there now.
 */
export async function requireUntouched(ctx: Ctx, held: Held, version: number | undefined, wanted: object) {
  if (version === undefined || version >= held.version) return
  const events = await ctx.db
    .selectFrom('event')
    .leftJoin('person', 'person.id', 'event.actorId')
    .select(['changes', 'event.at', 'person.name'])
    .where('itemId', '=', held.id)
    .where('seq', '>', version)
    .orderBy('seq')
    .execute()
  const clashes = new Map<string, Clash>()
  for (const { changes, at, name } of events) {
    for (const { field, after } of changes as FieldChange[]) {
      const yours = valueOf(wanted, field)
      if (yours === undefined) continue
      clashes.set(field, { field, yours, theirs: after, by: name ?? 'Steward', at })
    }
  }
  const real = [...clashes.values()].filter(({ yours, theirs }) => JSON.stringify(yours) !== JSON.stringify(theirs))
  if (real.length === 0) return
  throw new Refusal('conflict', `${real[0]!.by} changed ${real.map(({ field }) => field).join(', ')} meanwhile`, {
    fields: Object.fromEntries(real.map(({ field, by }) => [field, `${by} changed this meanwhile`])),
    clashes: real,
  })
}

function valueOf(wanted: object, field: string): unknown {
  const given = wanted as Record<string, unknown>
  if (!field.startsWith('custom.')) return given[field]
  return (given['custom'] as Record<string, unknown> | undefined)?.[field.slice('custom.'.length)]
}
