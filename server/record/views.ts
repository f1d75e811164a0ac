import type { Args, Ctx } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { forbidden, invalid, notFound } from '#server/core/refusal.ts'
import { authorRef } from '#server/people/people.ts'
import { Item } from '#shared/item/item.ts'
import type * as api from '#shared/item/views.ts'
import { kindNamed } from '#shared/kinds.ts'
import { askedOf, readFilter } from './list.ts'
import { ordersOf } from './order.ts'

type Look = Args<typeof api.saveView>

export async function listViews(ctx: Ctx, { kind }: Args<typeof api.listViews>) {
  const found = await views(ctx)
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind!))
    .orderBy('view.name')
    .orderBy('view.id')
    .execute()
  return found.map((view) => ({ ...view, mine: view.ownerId === ctx.actor.id }))
}

export async function saveView(ctx: Ctx, look: Look) {
  await requireSense(ctx, look)
  requireShareable(ctx, look)
  const { actor } = ctx
  if (actor.id === null) throw new Error('A view needs somebody whose it is')
  const id = newId()
  await ctx.db
    .insertInto('view')
    .values({ ...columnsOf(look), id, ownerId: actor.id })
    .execute()
  return viewOf(ctx, id)
}

export async function changeView(ctx: Ctx, { id, ...look }: Args<typeof api.changeView>) {
  await requireMine(ctx, id)
  await requireSense(ctx, look)
  requireShareable(ctx, look)
  await ctx.db.updateTable('view').set(columnsOf(look)).where('id', '=', id).execute()
  return viewOf(ctx, id)
}

export async function removeView(ctx: Ctx, { id }: Args<typeof api.removeView>) {
  await requireMine(ctx, id)
  await ctx.db.deleteFrom('view').where('id', '=', id).execute()
  return { done: true } as const
}

const columnsOf = ({ name, kind, filter, sort, columns, sharedWith, teamId }: Look) => ({
  name,
  kind,
  filter,
  sort,
  columns,
  sharedWith,
  teamId: sharedWith === 'team' ? (teamId ?? null) : null,
})

/** A view that could not be opened is refused when it is saved. A view of no kind is one of all kinds. */
async function requireSense(ctx: Ctx, { kind: named, filter, sort, columns }: Look) {
  const kind = named === '' ? undefined : named
  const asked = await askedOf(ctx, kind)
  readFilter(filter, asked.fields)
  ordersOf(sort, asked)
  const known = { ...(kindNamed(named)?.schema ?? Item).shape, ...asked.fields }
  const unknown = columns.find((name) => !Object.hasOwn(known, name))
  if (unknown !== undefined) throw invalid({ columns: `There is no field '${unknown}'` })
}

function requireShareable({ actor }: Ctx, { sharedWith, teamId }: Look) {
  if (sharedWith === 'me') return
  if (!actor.permissions.has('view.share')) throw forbidden('You may not share views')
  if (sharedWith === 'team' && teamId && !actor.teams.includes(teamId))
    throw forbidden('You may share views with your own teams')
}

async function requireMine(ctx: Ctx, id: string) {
  if (!(await viewOf(ctx, id)).mine) throw forbidden('Only its owner may change a view')
}

async function viewOf(ctx: Ctx, id: string) {
  const view = await views(ctx).where('view.id', '=', id).executeTakeFirst()
  if (!view) throw notFound('view')
  return { ...view, mine: view.ownerId === ctx.actor.id }
}

const views = ({ db }: Ctx) =>
  db
    .selectFrom('view')
    .select(['view.id', 'view.name', 'kind', 'filter', 'sort', 'columns', 'sharedWith', 'teamId', 'ownerId'])
    .select(authorRef('view.owner_id').as('owner'))
