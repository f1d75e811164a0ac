import type { Args, Ctx } from '#server/core/desk.ts'
import { notFound, Refusal } from '#server/core/refusal.ts'
import { requireItem } from '#server/item/item.ts'
import { askedOf, getRecord, readFilter, whichMatch } from '#server/record/record.ts'
import type { Fields } from '#shared/filter/fields.ts'
import type { Filter } from '#shared/filter/filter.ts'
import type * as api from '#shared/template.ts'
import { perform } from './action.ts'
import { fillIn } from './placeholders.ts'
import { templateOf, templates } from './templates.ts'

/** The special handling notes whose condition an item meets. */
export async function getHandlingNotes(ctx: Ctx, { itemId }: Args<typeof api.getHandlingNotes>) {
  const { kind } = await requireItem(ctx, itemId)
  const all = await templates(ctx)
    .where('use', '=', 'handling')
    .where('kind', '=', kind)
    .where('active', '=', true)
    .orderBy('name')
    .execute()
  if (all.length === 0) return []
  const { fields } = await askedOf(ctx, kind)
  const notes = all.flatMap(({ filter, ...note }) => {
    const parsed = readable(filter, fields)
    return parsed ? [{ ...note, filter: parsed }] : []
  })
  const matches = await whichMatch(
    ctx,
    kind,
    itemId,
    notes.map(({ filter }) => filter),
  )
  return notes.filter((_, at) => matches[at]?.matched)
}

/** A filter that no longer reads, since what it named has changed, matches nothing rather than stopping the rest. */
function readable(filter: string, fields: Fields): Filter | null {
  try {
    return readFilter(filter, fields)
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

export async function takeAction(ctx: Ctx, { itemId, templateId }: Args<typeof api.takeAction>) {
  const { kind } = await requireItem(ctx, itemId)
  const { fill } = await requireUsable(ctx, templateId, 'action', kind)
  await perform(ctx, kind, itemId, fill)
  return { done: true } as const
}

export async function fillReply(ctx: Ctx, { itemId, templateId }: Args<typeof api.fillReply>) {
  const record = await getRecord(ctx, { key: itemId })
  const { body } = await requireUsable(ctx, templateId, 'reply', record.kind)
  return { body: fillIn(body, record, ctx.actor.name) }
}

async function requireUsable(ctx: Ctx, id: string, use: 'action' | 'reply', kind: string) {
  const template = await templateOf(ctx, id)
  if (template.use !== use || template.kind !== kind || !template.active) throw notFound(use)
  return template
}
