import { sql } from 'kysely'
import { z } from 'zod'
import { as, system, type Ctx } from '#server/core/desk.ts'
import { job } from '#server/core/jobs.ts'

/** No write of the desk takes so long: events older than this have none before them that is still to come. */
const settled = 60_000
const atOnce = 5_000

/** Learns the words of what was written since it last looked, for those who slip when they search. */
export const learnWords = job({
  name: 'item.learn-words',
  input: z.object({}),
  cron: '* * * * *',
  async run(desk, _, stopping) {
    let more = true
    while (more) more = stopping?.aborted !== true && (await as(desk, system, learn)) === atOnce
  },
})

async function learn({ db, now }: Ctx) {
  const { eventId } = await db.selectFrom('searchLearned').select('eventId').forUpdate().executeTakeFirstOrThrow()
  const before = new Date(Date.parse(now) - settled).toISOString()
  const events = await db
    .selectFrom('event')
    .select(['id', 'itemId'])
    .where('id', '>', eventId)
    .where('recordedAt', '<', before)
    .orderBy('id')
    .limit(atOnce)
    .execute()
  const last = events.at(-1)
  if (!last) return 0
  const items = [...new Set(events.map(({ itemId }) => itemId))]
  await sql`
    insert into search_word select distinct word from search_document, unnest(tsvector_to_array(document)) word
    where item_id = any(${items}) and word ~ '^[[:alpha:]]{4,40}$' on conflict do nothing`.execute(db)
  await db.updateTable('searchLearned').set({ eventId: last.id }).execute()
  return events.length
}

/** The words that occur and look like each of these. */
export async function wordsLike(
  { db }: Ctx,
  asked: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await sql<{ asked: string; alike: string[] }>`
    select asked, array(select app.words_like(app.fold(asked))) as alike from unnest(${asked}::text[]) asked`.execute(
    db,
  )
  return new Map(rows.map(({ asked: word, alike }) => [word, alike]))
}
