import { z } from 'zod'
import { as, system, type Ctx, type Desk } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { enqueue, job } from '#server/core/jobs.ts'
import { within } from '#server/core/reactions.ts'
import { guestLinkTo, makeGuestLink } from '#server/guest/guest.ts'
import { happen, holdItem, type Held } from '#server/item/item.ts'
import { post } from '#server/mail/mail.ts'
import { askedOf, readFilter, whichMatch } from '#server/record/record.ts'
import { namesOf } from '#shared/access.ts'
import type { EventName } from '#shared/events.ts'
import { scores, type Survey } from '#shared/survey.ts'
import { isDrawn } from './draw.ts'
import { activeSurveys } from './surveys.ts'

const becomes = { 'incident.resolved': 'resolved', 'incident.closed': 'closed' } as const
const becomesBy: ReadonlyMap<EventName, Survey['on']> = new Map(namesOf(becomes).map((name) => [name, becomes[name]]))
const late = 3_600_000
const hour = 3_600_000
const day = 24 * hour

/** Sets about to ask of a record that has become what a survey waits for; not of what is brought in later than it was. */
export const askLater = within(namesOf(becomes), async (ctx, { itemId, kind, name }) => {
  if (Date.now() - Date.parse(ctx.now) > late) return
  const on = becomesBy.get(name)
  for (const survey of await activeSurveys(ctx)) {
    if (survey.on !== on || survey.kind !== kind || !isDrawn(survey.id, itemId, survey.share)) continue
    const at = new Date(Date.parse(ctx.now) + survey.delayHours * hour).toISOString()
    await enqueue(ctx, askNow, { surveyId: survey.id, itemId }, { at, key: `survey.ask ${survey.id} ${itemId}` })
  }
})

export const askNow = job({
  name: 'survey.ask',
  input: z.object({ surveyId: z.uuid(), itemId: z.uuid() }),
  run: (desk, { surveyId, itemId }) =>
    as(desk, system, async (ctx) => {
      const survey = (await activeSurveys(ctx)).find(({ id }) => id === surveyId)
      if (survey) await ask(ctx, desk, survey, itemId)
    }),
})

/** Asks the requester of a record, if it is still done, the survey means it, and they have not been asked lately. */
export async function ask(ctx: Ctx, desk: Desk, survey: Survey, itemId: string) {
  const held = await holdItem(ctx, itemId)
  if (held.phase !== 'done' || held.fields.state === 'cancelled' || !(await isMeant(ctx, survey, held))) return
  const person = await restedRequester(ctx, survey, held)
  if (!person) return
  const id = newId()
  const closesAt = new Date(Date.parse(ctx.now) + survey.openDays * day).toISOString()
  const { numInsertedOrUpdatedRows } = await ctx.db
    .insertInto('surveyAsk')
    .values({
      id,
      surveyId: survey.id,
      itemId,
      personId: person.id,
      question: survey.question,
      askedAt: ctx.now,
      closesAt,
    })
    .onConflict((same) => same.columns(['surveyId', 'itemId']).doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 0n) return
  await happen(ctx, held, { name: 'survey.asked', data: { askId: id, name: survey.name }, internal: true })
  if (desk.ports.mail) await write(ctx, desk, { survey, held, person })
}

async function isMeant(ctx: Ctx, { kind, filter }: Survey, { id }: Held) {
  const { fields } = await askedOf(ctx, kind)
  const [outcome] = await whichMatch(ctx, kind, id, [readFilter(filter, fields)])
  return outcome?.matched ?? false
}

/** Whoever has no address or is no longer active is not asked, nor who was asked within the days of rest. */
async function restedRequester({ db, now }: Ctx, { restDays }: Survey, { fields }: Held) {
  const person = await db
    .selectFrom('person')
    .select(['id', 'name', 'email'])
    .where('id', '=', fields.requesterId)
    .where('active', '=', true)
    .where('email', 'not like', '%.invalid')
    // Two records of the same person wait for one another here, so that only one of them asks.
    .forUpdate()
    .executeTakeFirst()
  const before = new Date(Date.parse(now) - restDays * day).toISOString()
  const asked =
    person &&
    (await db
      .selectFrom('surveyAsk')
      .select('id')
      .where('personId', '=', person.id)
      .where('askedAt', '>', before)
      .executeTakeFirst())
  return asked ? undefined : person
}

interface Letter {
  readonly survey: Survey
  readonly held: Held
  readonly person: { readonly id: string; readonly name: string; readonly email: string }
}

/** Five links, one for each score. They open the page with that score chosen: what follows links before people do, answers nothing. */
async function write(ctx: Ctx, desk: Desk, { survey, held, person }: Letter) {
  const { number, fields, id: itemId } = held
  const token = await makeGuestLink(ctx, { itemId, personId: person.id, lastsMs: survey.openDays * day })
  const { deskName } = await ctx.db.selectFrom('setting').select('deskName').executeTakeFirstOrThrow()
  const links = Object.entries(scores).toReversed()
  const lines = links.map(([score, words]) => `${words}: ${guestLinkTo(desk, token, Number(score))}`)
  const about = fields.confidential ? number : `${number}, “${fields.title}”`
  await post(ctx, desk, {
    to: person.email,
    subject: `${number}: how was it?`,
    text: `Hello ${person.name},

${survey.question}

It is about ${about}. Choose one, and confirm it on the page that opens; there you can add a word.

${lines.join('\n')}

No password is needed. You can answer, and change your answer, for ${survey.openDays} days.

${deskName}
`,
  })
}
