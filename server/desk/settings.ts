import { sql } from 'kysely'
import { bySystem, type Args, type Ctx } from '#server/core/desk.ts'
import type { listAudit, renameDesk } from '#shared/desk.ts'
import { watched } from './watch.ts'

export function seeDesk(ctx: Ctx) {
  return bySystem(ctx, async ({ db }) => {
    const { deskName: name, ...rest } = await db
      .selectFrom('setting')
      .select(['deskName', 'reopenDays', 'autoCloseDays', 'bounceLimit'])
      .executeTakeFirstOrThrow()
    const { rows } = await sql<{
      version: string
      waiting: number
      failing: number
    }>`select current_setting('server_version') as version, waiting, failing from app.job_counts()`.execute(db)
    const seal = await db.selectFrom('seal').select('at').orderBy('id', 'desc').limit(1).executeTakeFirst()
    const { version, waiting, failing } = rows[0]!
    return {
      ...rest,
      name,
      disk: watched.disk,
      jobs: { waiting, failing },
      lastSealAt: seal?.at ?? null,
      database: `PostgreSQL ${version}`,
    }
  })
}

export async function changeDesk({ db }: Ctx, { name: deskName, ...rest }: Args<typeof renameDesk>) {
  await db
    .updateTable('setting')
    .set({ deskName, ...rest })
    .execute()
  return { done: true } as const
}

export function changes({ db }: Ctx, { table, before, limit }: Args<typeof listAudit>) {
  let rows = db
    .selectFrom('audit')
    .leftJoin('person', 'person.id', 'audit.byId')
    .select(['audit.id', 'audit.table', 'audit.rowId as row', 'audit.act', 'audit.before', 'audit.after', 'audit.at'])
    .select('person.name as by')
    .orderBy('audit.id', 'desc')
    .limit(limit)
  if (table) rows = rows.where('audit.table', '=', table)
  if (before) rows = rows.where('audit.id', '<', before)
  return rows.execute()
}
