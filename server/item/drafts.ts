import { sql } from 'kysely'
import { z } from 'zod'
import { as, system, type Args, type Ctx } from '#server/core/desk.ts'
import { job } from '#server/core/jobs.ts'
import { conflict } from '#server/core/refusal.ts'
import type * as api from '#shared/item/drafts.ts'
import { requireItem } from './hold.ts'

const most = 500

export async function listDrafts({ db }: Ctx) {
  return db
    .selectFrom('draft')
    .select(['itemId', 'mode', 'savedAt'])
    .where('body', '<>', '')
    .orderBy('savedAt', 'desc')
    .limit(most)
    .execute()
}

export async function readDrafts(ctx: Ctx, { itemId }: Args<typeof api.readDrafts>) {
  await requireItem(ctx, itemId)
  return ctx.db
    .selectFrom('draft')
    .select(['mode', 'body', 'version', 'savedAt'])
    .where('itemId', '=', itemId)
    .orderBy('mode')
    .execute()
}

export const keepReplyDraft = (ctx: Ctx, draft: Args<typeof api.keepReplyDraft>) => keepDraft(ctx, 'reply', draft)
export const keepNoteDraft = (ctx: Ctx, draft: Args<typeof api.keepNoteDraft>) => keepDraft(ctx, 'note', draft)

interface Version {
  readonly version: number
  readonly savedAt: string
}

/** Two windows of one person may write the same draft: who goes on from an older version is told, and loses nothing. */
async function keepDraft(ctx: Ctx, mode: api.DraftMode, { itemId, body, base }: Args<typeof api.keepReplyDraft>) {
  await requireItem(ctx, itemId)
  const { rows } = await sql<Version>`
    insert into draft as mine (person_id, item_id, mode, body, version, saved_at)
    values (${ctx.actor.id}, ${itemId}, ${mode}, ${body}, ${base + 1}, ${ctx.now})
    on conflict (person_id, item_id, mode)
    do update set body = excluded.body, version = mine.version + 1, saved_at = excluded.saved_at
    where mine.version = ${base} or mine.body = excluded.body
    returning version, saved_at`.execute(ctx.db)
  const [kept] = rows
  if (!kept) throw conflict('This draft was written or sent elsewhere meanwhile. Read it, and go on from its version')
  return kept
}

interface Sent {
  readonly itemId: string
  readonly mode: api.DraftMode
  readonly body: string
  /** The version that was sent; without one it was no draft. */
  readonly version: number | undefined
}

/** What was sent is a draft no longer, in the same transaction. What was written since, elsewhere, stays. */
export async function endDraft({ db, actor, now }: Ctx, { itemId, mode, body, version }: Sent) {
  if (version === undefined) return
  await sql`
    insert into draft as mine (person_id, item_id, mode, body, version, saved_at)
    values (${actor.id}, ${itemId}, ${mode}, '', ${version + 1}, ${now})
    on conflict (person_id, item_id, mode)
    do update set body = '', version = mine.version + 1, saved_at = excluded.saved_at
    where mine.version <= ${version} or starts_with(${body}, btrim(mine.body, E' \\t\\r\\n'))`.execute(db)
}

export const daysOfDrafts = 30
const day = 86_400_000

/** Drafts that nobody touched for a month are forgotten, and those of people who left. */
export const sweepDrafts = job({
  name: 'item.sweep-drafts',
  input: z.object({}),
  cron: '27 3 * * *',
  run: (desk) =>
    as(desk, system, async ({ db, now }) => {
      const old = new Date(Date.parse(now) - daysOfDrafts * day).toISOString()
      const left = db.selectFrom('person').select('id').where('active', '=', false)
      await db
        .deleteFrom('draft')
        .where((eb) => eb.or([eb('savedAt', '<', old), eb('personId', 'in', left)]))
        .execute()
    }),
})
