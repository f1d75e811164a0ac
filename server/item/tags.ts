import type { Args, Ctx } from '#server/core/desk.ts'
import { invalid } from '#server/core/refusal.ts'
import { mostTags } from '#shared/item/item.ts'
import type * as api from '#shared/item/item.ts'
import { checkCustom } from './custom.ts'
import { difference, happen, type Held } from './happen.ts'
import { holdItem, requireUntouched } from './hold.ts'

const done = { done: true } as const

export async function setTags(ctx: Ctx, { itemId, tags }: Args<typeof api.setTags>) {
  const held = await holdItem(ctx, itemId)
  return change(ctx, held, 'item.tagged', { tags: [...new Set(tags)] })
}

export async function changeTags(ctx: Ctx, { itemId, add, remove }: Args<typeof api.changeTags>) {
  const held = await holdItem(ctx, itemId)
  const tags = [...new Set([...held.fields.tags, ...add])].filter((tag) => !remove.includes(tag))
  if (tags.length > mostTags) throw invalid({ add: `An item has at most ${mostTags} tags` })
  return change(ctx, held, 'item.tagged', { tags })
}

export async function setConfidential(ctx: Ctx, { itemId, confidential }: Args<typeof api.setConfidential>) {
  const held = await holdItem(ctx, itemId)
  return change(ctx, held, 'item.restricted', { confidential })
}

export async function setCustom(ctx: Ctx, { itemId, version, values }: Args<typeof api.setCustom>) {
  const held = await holdItem(ctx, itemId)
  const given = await checkCustom(ctx, held.kind, values, { whole: false })
  await requireUntouched(ctx, held, version, { custom: given })
  const merged = Object.entries({ ...held.fields.custom, ...given }).filter(([, value]) => value !== null)
  return change(ctx, held, 'item.changed', { custom: Object.fromEntries(merged) })
}

/** What is set to what it was already has not happened. */
async function change(
  ctx: Ctx,
  held: Held,
  name: 'item.tagged' | 'item.restricted' | 'item.changed',
  set: Partial<Pick<Held['fields'], 'tags' | 'confidential' | 'custom'>>,
) {
  const before = { tags: held.fields.tags, confidential: held.fields.confidential, custom: held.fields.custom }
  if (difference(before, set).length > 0) await happen(ctx, held, { name, data: {}, set })
  return done
}
