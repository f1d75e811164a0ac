import type { Args, Ctx } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { invalid, notFound } from '#server/core/refusal.ts'
import { checkCustom } from '#server/item/item.ts'
import { askedOf, readFilter } from '#server/record/record.ts'
import { openIncident } from '#shared/incident.ts'
import type * as api from '#shared/template.ts'
import { customIn, requireSense, type Values } from './action.ts'
import { requireKnown } from './placeholders.ts'

/** Those who look after them also see what was put away. */
export function listTemplates(ctx: Ctx, { use, kind }: Args<typeof api.listTemplates>) {
  return templates(ctx)
    .$if(use !== undefined, (query) => query.where('use', '=', use!))
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind!))
    .$if(!ctx.actor.permissions.has('template.manage'), (query) => query.where('active', '=', true))
    .orderBy('use')
    .orderBy('name')
    .orderBy('id')
    .execute()
}

export async function addTemplate(ctx: Ctx, wanted: Args<typeof api.addTemplate>) {
  await check(ctx, wanted)
  const id = newId()
  await ctx.db
    .insertInto('template')
    .values({ ...wanted, id })
    .execute()
  return templateOf(ctx, id)
}

export async function changeTemplate(ctx: Ctx, { id, ...given }: Args<typeof api.changeTemplate>) {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  await check(ctx, { ...(await templateOf(ctx, id)), ...set })
  if (Object.keys(set).length > 0) await ctx.db.updateTable('template').set(set).where('id', '=', id).execute()
  return templateOf(ctx, id)
}

export async function removeTemplate(ctx: Ctx, { id }: Args<typeof api.removeTemplate>) {
  await templateOf(ctx, id)
  await ctx.db.deleteFrom('template').where('id', '=', id).execute()
  return { done: true } as const
}

type About = Pick<Args<typeof api.addTemplate>, 'use' | 'kind' | 'body' | 'fill' | 'filter'>

/** What could not be used later is refused when it is saved. */
async function check(ctx: Ctx, { use, kind, body, fill, filter }: About) {
  const { fields } = await askedOf(ctx, kind)
  if (use !== 'handling' && filter !== '') throw invalid({ filter: 'Only a handling note has a filter' })
  readFilter(filter, fields)
  if ((use === 'reply' || use === 'handling') && body.trim() === '') throw invalid({ body: 'Write something' })
  if (use === 'reply') requireKnown('body', body)
  if (use === 'action') await requireSense(ctx, kind, fill)
  if (use === 'template') await requireFill(ctx, kind, fill)
}

/** A template fills in what a new record can be opened with. */
async function requireFill(ctx: Ctx, kind: string, fill: Values) {
  const custom = customIn(fill)
  const plain = Object.fromEntries(Object.entries(fill).filter(([name]) => !name.startsWith('custom.')))
  const { custom: _, tags: __, ...shape } = openIncident.input.shape
  const unknown = Object.keys(plain).find((name) => !Object.hasOwn(shape, name))
  if (unknown !== undefined) throw invalid({ fill: `A new record has no field '${unknown}'` })
  const issue = openIncident.input.partial().safeParse(plain).error?.issues[0]
  if (issue) throw invalid({ fill: `${issue.path.join('.')}: ${issue.message}` })
  await checkCustom(ctx, kind, custom, { whole: false })
}

export async function templateOf(ctx: Ctx, id: string) {
  const template = await templates(ctx).where('id', '=', id).executeTakeFirst()
  if (!template) throw notFound('template')
  return template
}

export const templates = ({ db }: Ctx) =>
  db
    .selectFrom('template')
    .select(['id', 'use', 'name', 'kind', 'body', 'filter', 'active'])
    .select((eb) => eb.ref('fill').$castTo<Values>().as('fill'))
