import { sql } from 'kysely'
import { bySystem, type Args, type Ctx } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { notFound } from '#server/core/refusal.ts'
import { changesSetUp, remembered } from '#server/core/set-up.ts'
import { askedOf, readFilter } from '#server/record/record.ts'
import { shareInterval } from '#shared/report/interval.ts'
import { fewestAnswers, satisfiedFrom, type Survey } from '#shared/survey.ts'
import type * as api from '#shared/survey.ts'

/** The surveys that ask, by what the record became. */
export const activeSurveys = remembered((ctx) =>
  bySystem(ctx, (own) => surveys(own).where('active', '=', true).execute()),
)

export async function listSurveys(ctx: Ctx) {
  const all = await surveys(ctx).orderBy('name').orderBy('id').execute()
  const outcomes = await outcomesSince(ctx, new Date(Date.parse(ctx.now) - 90 * 86_400_000).toISOString())
  return all.map((survey) => ({ ...survey, outcome: outcomeOf(outcomes.get(survey.id)) }))
}

export async function addSurvey(ctx: Ctx, wanted: Args<typeof api.addSurvey>) {
  await requireFilter(ctx, wanted)
  const id = newId()
  await ctx.db
    .insertInto('survey')
    .values({ ...wanted, id, createdAt: ctx.now })
    .execute()
  changesSetUp(ctx)
  return surveyOf(ctx, id)
}

export async function changeSurvey(ctx: Ctx, { id, ...set }: Args<typeof api.changeSurvey>) {
  const survey = await surveyOf(ctx, id)
  await requireFilter(ctx, { kind: set.kind ?? survey.kind, filter: set.filter ?? survey.filter })
  if (Object.keys(set).length > 0) await ctx.db.updateTable('survey').set(set).where('id', '=', id).execute()
  changesSetUp(ctx)
  return surveyOf(ctx, id)
}

export async function surveyOf(ctx: Ctx, id: string): Promise<Survey> {
  const survey = await surveys(ctx).where('id', '=', id).executeTakeFirst()
  if (!survey) throw notFound('survey')
  return survey
}

const surveys = ({ db }: Ctx) =>
  db
    .selectFrom('survey')
    .select(['id', 'name', 'question', 'kind', 'on', 'filter', 'active'])
    .select(['delayHours', 'share', 'restDays', 'openDays'])

async function requireFilter(ctx: Ctx, { kind, filter }: Pick<Survey, 'kind' | 'filter'>) {
  readFilter(filter, (await askedOf(ctx, kind)).fields)
}

interface Counts {
  readonly asked: number
  readonly answered: number
  readonly satisfied: number
  readonly mean: number | null
}

/** Of all who were asked, whoever looks: a share of what one happens to see would be another survey. */
async function outcomesSince(ctx: Ctx, since: string) {
  const rows = await bySystem(ctx, ({ db }) =>
    db
      .selectFrom('surveyAsk')
      .select([
        'surveyId',
        sql<number>`count(*)::integer`.as('asked'),
        sql<number>`count(score)::integer`.as('answered'),
      ])
      .select(sql<number>`count(*) filter (where score >= ${satisfiedFrom})::integer`.as('satisfied'))
      .select(sql<number | null>`avg(score)::float8`.as('mean'))
      .where('askedAt', '>=', since)
      .groupBy('surveyId')
      .execute(),
  )
  return new Map<string, Counts>(rows.map(({ surveyId, ...counts }) => [surveyId, counts]))
}

function outcomeOf({ asked, answered, satisfied, mean }: Counts = { asked: 0, answered: 0, satisfied: 0, mean: null }) {
  const told = asked >= fewestAnswers
  const interval = told ? shareInterval(answered, asked) : null
  const enough = answered >= fewestAnswers
  return {
    asked,
    answered,
    rate: told ? answered / asked : null,
    rateFrom: interval?.from ?? null,
    rateTo: interval?.to ?? null,
    satisfied: enough ? satisfied / answered : null,
    mean: enough ? mean : null,
  }
}
