import { sql } from 'kysely'
import type { Ctx } from '#server/core/desk.ts'
import { invalid } from '#server/core/refusal.ts'
import { changesSetUp } from '#server/core/set-up.ts'
import { customFields } from '#server/item/item.ts'
import { newId } from '#server/core/id.ts'
import type { Mapping } from '#shared/import/mapping.ts'

/** Where the number stays that a record had, when it could not keep it. */
const sourceNumber = { name: 'source_number', label: 'Number in the source', type: 'text' } as const

/** Which of the mapping’s fields the desk has already as something else. */
export async function wrongFields(ctx: Ctx, { custom }: Mapping) {
  const there = new Map((await customFields(ctx, 'incident')).map((field) => [field.name, field]))
  return custom.flatMap(({ name, type, column }) => {
    const field = there.get(name)
    return field && field.type !== type
      ? [`${column}: the field ${name} is of type ${field.type} here; give it another name`]
      : []
  })
}

/** Adds the fields of a mapping that the desk does not have. */
export async function ensureFields(ctx: Ctx, mapping: Mapping, runId: string) {
  const [wrong] = await wrongFields(ctx, mapping)
  if (wrong) throw invalid({ mapping: wrong })
  const there = await customFields(ctx, 'incident')
  const names = new Set(there.map(({ name }) => name))
  const last = there.reduce((most, { position }) => Math.max(most, position), 0)
  const fresh = mapping.custom.filter(({ name }) => !names.has(name))
  if (fresh.length === 0) return
  await ctx.db
    .insertInto('customField')
    .values(
      fresh.map(({ name, label, type }, at) => ({
        id: newId(),
        kind: 'incident',
        name,
        label,
        type,
        position: last + 1 + at,
      })),
    )
    .execute()
  changesSetUp(ctx)
  await sql`update import_run set added = added || jsonb_build_object('fields', ${fresh.length}::integer) where id = ${runId}`.execute(
    ctx.db,
  )
}

/** Adds the field for numbers that could not be kept, the first time that one could not. */
export async function ensureSourceNumber(ctx: Ctx) {
  await ctx.db
    .insertInto('customField')
    .values({ id: newId(), kind: 'incident', ...sourceNumber })
    .onConflict((there) => there.columns(['kind', 'name']).doNothing())
    .execute()
  changesSetUp(ctx)
}
