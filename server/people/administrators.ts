import { sql } from 'kysely'
import { bySystem, type Ctx } from '#server/core/desk.ts'
import { conflict } from '#server/core/refusal.ts'

/**
 * Refuses what has just been changed if it leaves nobody who can set the desk up and let people in. Two who take each
 * other's rights at the same moment wait for one another at the desk's one row of settings.
 */
export function keepAnAdministrator(ctx: Ctx) {
  return bySystem(ctx, async ({ db }) => {
    await db.selectFrom('setting').select('id').forUpdate().execute()
    const { rows } = await sql`select from person where active and (
      select count(distinct permission) from person_role join role on role.id = person_role.role_id
      cross join unnest(role.permissions) permission
      where person_role.person_id = person.id and permission in ('people.manage', 'desk.manage')) = 2
      limit 1`.execute(db)
    if (rows.length === 0) throw conflict('That would leave the desk without an administrator. Name another one first.')
  })
}
