import { permissionNames, startingRoles, type Permission } from '#shared/access.ts'
import type { addRole, changeRole, Role } from '#shared/people.ts'
import type { z } from 'zod'
import type { Args, Ctx } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { invalid, notFound } from '#server/core/refusal.ts'
import { keepAnAdministrator } from './administrators.ts'

type RoleShown = z.infer<typeof Role>

/** What a role of requesters can hold; for the rest their side of the counter has no rights in the database. */
const forRequesters = new Set<Permission>(['item.read', 'item.read-organisation', 'item.comment', 'incident.open'])

export async function roles({ db }: Ctx): Promise<RoleShown[]> {
  const rows = await db
    .selectFrom('role')
    .select(['id', 'key', 'name', 'audience', 'permissions'])
    .orderBy('audience', 'desc')
    .orderBy('name')
    .execute()
  return rows.map((row) => ({ ...row, permissions: known(row.permissions) }))
}

/** A permission that a later release took away means nothing any more. */
const known = (permissions: readonly string[]) => permissionNames.filter((name) => permissions.includes(name))

async function role(ctx: Ctx, id: string) {
  const found = (await roles(ctx)).find((one) => one.id === id)
  if (!found) throw notFound('role')
  return found
}

export async function createRole(ctx: Ctx, { name, audience, permissions }: Args<typeof addRole>) {
  requireFitting(audience, permissions)
  const id = newId()
  await ctx.db
    .insertInto('role')
    .values({ id, key: keyOf(name, id), name, audience, permissions: [...new Set(permissions)] })
    .execute()
  return role(ctx, id)
}

export async function alterRole(ctx: Ctx, { id, name, permissions }: Args<typeof changeRole>) {
  const { audience } = await role(ctx, id)
  if (permissions) requireFitting(audience, permissions)
  const set = { ...(name && { name }), ...(permissions && { permissions: [...new Set(permissions)] }) }
  if (Object.keys(set).length > 0) await ctx.db.updateTable('role').set(set).where('id', '=', id).execute()
  if (permissions) await keepAnAdministrator(ctx)
  return role(ctx, id)
}

/** The roles that a new desk starts with; the ones that are there stay as they are. */
export async function addStartingRoles({ db }: Ctx) {
  await db
    .insertInto('role')
    .values(startingRoles.map((one) => ({ id: newId(), ...one, permissions: [...one.permissions] })))
    .onConflict((there) => there.doNothing())
    .execute()
  const all = await db.selectFrom('role').select(['id', 'key']).execute()
  return new Map(all.map(({ id, key }) => [key, id]))
}

function requireFitting(audience: string, permissions: readonly Permission[]) {
  const beyond = permissions.find((permission) => audience === 'requester' && !forRequesters.has(permission))
  if (beyond) throw invalid({ permissions: `A role of requesters cannot hold ${beyond}` })
}

function keyOf(name: string, id: string) {
  const words = name
    .toLowerCase()
    .normalize('NFD')
    .match(/[a-z0-9]+/g)
  return words?.join('_') ?? `role_${id.slice(-12)}`
}
