import { as, bySystem, system, type Ctx, type Desk } from '#server/core/desk.ts'

const minute = 60_000
const hour = 60 * minute
const before = (ms: number) => new Date(Date.now() - ms).toISOString()

/** An answer of the last day under a key. */
export function keptUnder(ctx: Ctx, key: Buffer) {
  return bySystem(ctx, async ({ db }) => {
    const row = await db
      .selectFrom('figureAnswer')
      .select('answer')
      .where('key', '=', key)
      .where('countedAt', '>', before(24 * hour))
      .executeTakeFirst()
    return row?.answer ?? null
  })
}

/** Whether it was counted these hours. */
export const isKept = (ctx: Ctx, key: Buffer) =>
  bySystem(ctx, async ({ db }) => {
    const there = db.selectFrom('figureAnswer').select('key').where('key', '=', key)
    return (await there.where('countedAt', '>', before(12 * hour)).execute()).length > 0
  })

export interface Kept {
  readonly key: Buffer
  readonly asks: string
  readonly personId: string
  readonly question: object
  readonly answer: object
  readonly countedAt: string
  /** Null where nobody has asked for it yet. */
  readonly askedAt: string | null
}

/** Keeps an answer for whoever may see the same. */
export const keep = (desk: Desk, kept: Kept) =>
  as(desk, system, ({ db }) => {
    const { answer, countedAt, askedAt } = kept
    return db
      .insertInto('figureAnswer')
      .values(kept)
      .onConflict((there) => there.column('key').doUpdateSet({ answer, countedAt, askedAt }))
      .execute()
  })

/** That it is still asked: to know it to the hour is enough. */
export const noteAsked = (desk: Desk, key: Buffer) =>
  as(desk, system, ({ db, now }) =>
    db
      .updateTable('figureAnswer')
      .set({ askedAt: now })
      .where('key', '=', key)
      .where((row) => row.or([row('askedAt', 'is', null), row('askedAt', '<', before(hour))]))
      .execute(),
  )

/** What somebody asked these hours and was counted a while ago. */
export const dueAnswers = (desk: Desk, most: number) =>
  as(desk, system, ({ db }) =>
    db
      .selectFrom('figureAnswer')
      .select(['key', 'asks', 'personId', 'question'])
      .where('askedAt', '>', before(8 * hour))
      .where('countedAt', '<', before(9 * minute))
      .orderBy('askedAt', 'desc')
      .limit(most)
      .execute(),
  )

export const renew = (desk: Desk, key: Buffer, { answer, countedAt }: Pick<Kept, 'answer' | 'countedAt'>) =>
  as(desk, system, ({ db }) =>
    db.updateTable('figureAnswer').set({ answer, countedAt }).where('key', '=', key).execute(),
  )

export const forgetOld = (desk: Desk) =>
  as(desk, system, ({ db }) =>
    db
      .deleteFrom('figureAnswer')
      .where('countedAt', '<', before(24 * hour))
      .execute(),
  )
