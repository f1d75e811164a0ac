import { newId } from '#server/core/id.ts'
import { addStartingRoles, newSecret } from '#server/people/people.ts'
import { asSystem, withDesk } from './place.ts'

/** A session of somebody who manages the service, and of somebody who has reported something: the secret of each. */
export function visitors(url: string): Promise<Readonly<Record<'staff' | 'requester', string>>> {
  return withDesk(url, (desk) =>
    asSystem(desk, async (ctx) => {
      const roles = await addStartingRoles(ctx)
      const visit = async (personId: string, role: string) => {
        const { secret, hash } = newSecret()
        await ctx.db
          .insertInto('personRole')
          .values({ personId, roleId: roles.get(role)! })
          .onConflict((there) => there.doNothing())
          .execute()
        const times = { createdAt: ctx.now, lastSeenAt: ctx.now }
        const expiresAt = new Date(Date.parse(ctx.now) + 86_400_000).toISOString()
        const about = { id: newId(), personId, hash, agent: 'bench', address: '127.0.0.1' }
        await ctx.db
          .insertInto('session')
          .values({ ...about, ...times, expiresAt })
          .execute()
        return secret
      }
      const member = await ctx.db.selectFrom('member').select('personId').orderBy('personId').executeTakeFirstOrThrow()
      const item = await ctx.db.selectFrom('item').select('requesterId').orderBy('id').executeTakeFirstOrThrow()
      return {
        staff: await visit(member.personId, 'administrator'),
        requester: await visit(item.requesterId, 'requester'),
      }
    }),
  )
}
