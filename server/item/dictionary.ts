import type { Ctx } from '#server/core/desk.ts'
import type { CustomField } from '#shared/item/custom.ts'

const known = new WeakMap<Ctx['db'], Promise<CustomField[]>>()

/**
 * The fields that an administrator added to a kind, or to every kind; those put away are still read and filtered.
 * They are read once in a transaction: a verb, the rules that it wakes and its answer all need them.
 */
export async function customFields(ctx: Ctx, kind: string | undefined): Promise<CustomField[]> {
  const all = known.get(ctx.db) ?? read(ctx)
  known.set(ctx.db, all)
  return kind === undefined ? all : (await all).filter((field) => field.kind === kind)
}

/** Lets a transaction that has changed them read them anew. */
export function forgetCustomFields({ db }: Ctx) {
  known.delete(db)
}

function read({ db }: Ctx): Promise<CustomField[]> {
  return db
    .selectFrom('customField')
    .select(['id', 'kind', 'name', 'label', 'type', 'options', 'required', 'shownToRequesters', 'position', 'retired'])
    .orderBy('position')
    .orderBy('name')
    .execute()
}
