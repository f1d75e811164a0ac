import { bySystem, type Args, type Ctx, type Desk } from '#server/core/desk.ts'
import type { Call } from '#server/core/http.ts'
import { invalid } from '#server/core/refusal.ts'
import { organisationRef } from '#server/people/people.ts'
import { permissionNames } from '#shared/access.ts'
import type { changeMe, Me } from '#shared/session.ts'
import { isOn } from './totp.ts'

export function me(ctx: Ctx, _: unknown, __: Call, desk: Desk): Promise<Me> {
  const { actor } = ctx
  return bySystem(ctx, async (asDesk) => {
    const { db } = asDesk
    const id = actor.id ?? ''
    const person = await db
      .selectFrom('person')
      .select(['id', 'name', 'email', 'audience', 'zone', 'language'])
      .select([organisationRef('person.organisationId').as('organisation')])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const teams = await db
      .selectFrom('member')
      .innerJoin('team', 'team.id', 'member.teamId')
      .select(['team.id', 'team.name'])
      .where('member.personId', '=', id)
      .where('team.retired', '=', false)
      .orderBy('team.name')
      .execute()
    const { deskName } = await db.selectFrom('setting').select('deskName').executeTakeFirstOrThrow()
    return {
      ...person,
      teams,
      permissions: permissionNames.filter((name) => actor.permissions.has(name)),
      totp: await isOn(asDesk, id),
      desk: { name: deskName, mail: desk.ports.mail !== null, readOnly: desk.readOnly.why },
    }
  })
}

export async function changeOwn(ctx: Ctx, about: Args<typeof changeMe>, call: Call, desk: Desk) {
  if (about.zone && !isZone(about.zone)) throw invalid({ zone: 'There is no such time zone' })
  if (Object.keys(about).length > 0)
    await bySystem(ctx, ({ db }) => db.updateTable('person').set(about).where('id', '=', ctx.actor.id).execute())
  return me(ctx, {}, call, desk)
}

function isZone(zone: string) {
  return zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone)
}
