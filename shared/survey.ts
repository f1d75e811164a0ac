import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { text } from '#shared/core/message.ts'
import { Id, Name, PersonRef, Text, Time } from '#shared/core/values.ts'

/** From the worst to the best; satisfied are the two best. */
export const scores = {
  1: text('Very dissatisfied'),
  2: text('Dissatisfied'),
  3: text('Neither'),
  4: text('Satisfied'),
  5: text('Very satisfied'),
} as const
export const satisfiedFrom = 4
/** Of fewer answers nothing is told but how many they are: they would say more of the few who gave them. */
export const fewestAnswers = 5

export const Score = z.coerce.number().int(text('Choose one of the five')).min(1, text('Choose one of the five')).max(5)

const about = {
  name: Name,
  question: z.string().trim().min(1, text('Write what is asked')).max(300),
  kind: z.string().max(40),
  on: z.enum(['resolved', 'closed']).meta({ description: 'When a record becomes this' }),
  filter: z.string().max(2000).meta({ description: 'If the record then matches', example: '-source:alert' }),
  delayHours: z.int().min(0).max(336).meta({ description: 'How long after that it is asked' }),
  share: z.int().min(1).max(100).meta({ description: 'Of so many in a hundred records, always the same ones' }),
  restDays: z.int().min(0).max(365).meta({ description: 'Nobody is asked twice within so many days, by any survey' }),
  openDays: z.int().min(1).max(60).meta({ description: 'So long an answer can be given, and changed' }),
}

/** What came of a survey in the last 90 days. Shares are told from some answers on, with their 95 % interval. */
const Outcome = z.object({
  asked: z.int(),
  answered: z.int(),
  rate: z.number().nullable(),
  rateFrom: z.number().nullable(),
  rateTo: z.number().nullable(),
  satisfied: z.number().nullable(),
  mean: z.number().nullable(),
})

/** What requesters are asked when their records are done. */
export const Survey = z.object({ id: Id, ...about, active: z.boolean() }).meta({ id: 'Survey' })
export type Survey = z.infer<typeof Survey>

export const listSurveys = endpoint({
  method: 'GET',
  path: '/surveys',
  may: 'survey.manage',
  summary: 'List the surveys, and what came of each in the last 90 days',
  input: z.object({}),
  output: z.array(Survey.extend({ outcome: Outcome })),
})

export const addSurvey = endpoint({
  method: 'POST',
  path: '/surveys',
  may: 'survey.manage',
  summary: 'Add a survey',
  input: z.object({
    ...about,
    kind: about.kind.default('incident'),
    on: about.on.default('resolved'),
    filter: about.filter.default(''),
    delayHours: about.delayHours.default(1),
    share: about.share.default(100),
    restDays: about.restDays.default(14),
    openDays: about.openDays.default(14),
    active: z.boolean().default(true),
  }),
  output: Survey,
})

export const changeSurvey = endpoint({
  method: 'PATCH',
  path: '/surveys/:id',
  may: 'survey.manage',
  summary: 'Change a survey, or end it; who was asked already still answers what they were asked',
  input: z
    .object({ ...about, active: z.boolean() })
    .partial()
    .extend({ id: Id }),
  output: Survey,
})

export const trySurvey = endpoint({
  method: 'POST',
  path: '/survey-trials',
  may: 'survey.manage',
  summary: 'See how many of the records of the last 90 days a survey would have asked about; nobody is asked',
  input: z.object({
    id: Id.optional().meta({ description: 'The survey that it is, since each draws its own share' }),
    kind: about.kind.default('incident'),
    on: about.on,
    filter: about.filter,
    share: about.share,
    restDays: about.restDays,
  }),
  output: z.object({
    of: z.int().meta({ description: 'Records that became so' }),
    matched: z.int().meta({ description: 'Of these, those that the filter lets through' }),
    asked: z.int().meta({ description: 'Of these, those that are in the share and whose requester was rested' }),
  }),
})

/** One person asked about one record, and their answer. */
export const Ask = z
  .object({
    id: Id,
    question: z.string(),
    person: PersonRef,
    askedAt: Time,
    closesAt: Time,
    answer: z.object({ score: Score, comment: z.string(), at: Time, changedAt: Time }).nullable(),
  })
  .meta({ id: 'Ask' })
export type Ask = z.infer<typeof Ask>

export const listAsks = endpoint({
  method: 'GET',
  path: '/items/:itemId/asks',
  may: 'item.read',
  byLink: true,
  summary: 'See what was asked about an item, and what was answered; requesters see what they were asked themselves',
  input: z.object({ itemId: Id }),
  output: z.array(Ask),
})

export const answerAsk = endpoint({
  method: 'PUT',
  path: '/items/:itemId/asks/:id/answer',
  may: 'item.comment',
  byLink: true,
  summary: 'Answer what one was asked, or change the answer while that is open; nobody answers for another',
  input: z.object({ itemId: Id, id: Id, score: Score, comment: Text.max(5000).default('') }),
  output: Ask,
})
