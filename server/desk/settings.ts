import { sql } from 'kysely'
import { bySystem, type Args, type Ctx, type Desk } from '#server/core/desk.ts'
import type { Call } from '#server/core/http.ts'
import type { listAudit, renameDesk } from '#shared/desk.ts'
import { trail } from './trail.ts'
import { isUndoable } from './undo.ts'
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

export async function changes(ctx: Ctx, input: Args<typeof listAudit>, _: Call, { settings }: Desk) {
  const { table, row, before, limit } = input
  let rows = trail(ctx).limit(limit)
  if (table) rows = rows.where('audit.table', '=', table)
  if (row) rows = rows.where('audit.rowId', '=', row)
  if (before) rows = rows.where('audit.id', '<', before)
  return (await rows.execute()).map((change) => ({ ...change, undoable: isUndoable(ctx, change, settings) }))
}
