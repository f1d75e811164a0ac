import { sql } from 'kysely'
import { bySystem, type Args, type Ctx } from '#server/core/desk.ts'
import { conflict, forbidden, notFound } from '#server/core/refusal.ts'
import { happen, holdItem, requireItem } from '#server/item/item.ts'
import { authorRef } from '#server/people/people.ts'
import type { Ask } from '#shared/survey.ts'
import type * as api from '#shared/survey.ts'

export async function listAsks(ctx: Ctx, { itemId }: Args<typeof api.listAsks>) {
  await requireItem(ctx, itemId)
  return asks(ctx).where('itemId', '=', itemId).orderBy('askedAt').orderBy('surveyAsk.id').execute()
}

/** What was asked of somebody they answer themselves, once; while it is open, they may think better of it. */
export async function answerAsk(ctx: Ctx, { itemId, id, score, comment }: Args<typeof api.answerAsk>) {
  const held = await holdItem(ctx, itemId)
  const { person, closesAt, answer } = await askOf(ctx, itemId, id)
  if (person.id !== ctx.actor.id) throw forbidden(`Only ${person.name} can answer this`)
  if (ctx.now >= closesAt) throw conflict('This can no longer be answered: its time is over')
  if (answer?.score === score && answer.comment === comment) return askOf(ctx, itemId, id)
  const set = { score, comment, answeredAt: answer?.at ?? ctx.now, changedAt: ctx.now }
  await bySystem(ctx, ({ db }) => db.updateTable('surveyAsk').set(set).where('id', '=', id).execute())
  await happen(ctx, held, {
    name: 'survey.answered',
    data: { askId: id, score, ...(answer && { before: answer.score }) },
  })
  return askOf(ctx, itemId, id)
}

async function askOf(ctx: Ctx, itemId: string, id: string): Promise<Ask> {
  const ask = await asks(ctx).where('surveyAsk.id', '=', id).where('itemId', '=', itemId).executeTakeFirst()
  if (!ask) throw notFound('question')
  return ask
}

const answerOf = sql<
  Ask['answer']
>`case when score is not null then json_build_object('score', score, 'comment', comment,
  'at', to_char(answered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'changedAt', to_char(changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end`

const asks = ({ db }: Ctx) =>
  db
    .selectFrom('surveyAsk')
    .select(['surveyAsk.id', 'question', 'askedAt', 'closesAt', authorRef('surveyAsk.personId').as('person')])
    .select(answerOf.as('answer'))
