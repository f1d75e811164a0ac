import { z } from 'zod'
import { bookOf, hoursFor, nextOpening } from '#server/calendar/calendar.ts'
import { as, system, type Ctx, type Desk } from '#server/core/desk.ts'
import { enqueue, job } from '#server/core/jobs.ts'
import type { Held } from '#server/item/item.ts'
import { post } from '#server/mail/mail.ts'
import type { Counted } from './clock.ts'
import { inWords } from './words.ts'

interface Told {
  readonly clock: Counted
  readonly percent: number
  readonly at: string
}

interface Recipient {
  readonly id: string
  readonly email: string
  readonly zone: string
  readonly organisationId: string
  readonly teamId: string | null
}

/**
 * Writes to whoever works on the record, or to the leads of the team that has it: at once where it is urgent, else as
 * soon as they are at work by their own calendar. What has become of the clock by then decides whether it still is news.
 */
export async function tellPeople(ctx: Ctx, desk: Desk, held: Held, { clock, percent, at }: Told) {
  const { urgent } = clock.rules.terms
  const book = await bookOf(ctx)
  for (const person of await recipients(ctx, held)) {
    const { id: personId, teamId, organisationId } = person
    const now = Date.parse(ctx.now)
    const opens = urgent ? now : nextOpening(hoursFor(book, { personId, teamId, organisationId }), now)
    const news = { itemId: held.id, clockKey: keyOf(clock), percent, at, personId }
    if (opens === now) await write(ctx, desk, person, news)
    else if (opens !== null)
      await enqueue(ctx, tellLater, news, {
        at: new Date(opens).toISOString(),
        key: `sla.tell ${held.id} ${news.clockKey} ${personId}`,
      })
  }
}

const keyOf = ({ definition, attachedAt }: Counted) => `${definition.id} ${new Date(attachedAt).toISOString()}`

const News = z.object({
  itemId: z.uuid(),
  clockKey: z.string(),
  percent: z.int(),
  at: z.string(),
  personId: z.uuid(),
})
type News = z.infer<typeof News>

/** What waited for somebody's working hours. */
export const tellLater = job({
  name: 'sla.tell',
  input: News,
  run: (desk, news) =>
    as(desk, system, async (ctx) => {
      const person = await recipient(ctx, news.personId)
      if (person) await write(ctx, desk, person, news)
    }),
})

async function recipients(ctx: Ctx, { fields: { assigneeId, teamId } }: Held): Promise<Recipient[]> {
  if (assigneeId !== null) {
    const person = await recipient(ctx, assigneeId)
    return person ? [{ ...person, teamId }] : []
  }
  if (teamId === null) return []
  return people(ctx)
    .innerJoin('member', 'member.personId', 'person.id')
    .where('member.teamId', '=', teamId)
    .where('member.lead', '=', true)
    .select('member.teamId')
    .execute()
}

async function recipient(ctx: Ctx, id: string): Promise<Recipient | undefined> {
  const found = await people(ctx).where('person.id', '=', id).executeTakeFirst()
  return found && { ...found, teamId: null }
}

const people = ({ db }: Ctx) =>
  db
    .selectFrom('person')
    .select(['person.id', 'person.email', 'person.zone', 'person.organisationId'])
    .where('person.active', '=', true)

/** Only of a clock that still goes, and only the newest of what there was to tell. */
async function write(ctx: Ctx, desk: Desk, { email, zone }: Recipient, { itemId, clockKey, percent, at }: News) {
  const [definitionId = '', attachedAt = ''] = clockKey.split(' ')
  const found = await ctx.db
    .selectFrom('clock')
    .innerJoin('item', 'item.id', 'clock.itemId')
    .innerJoin('slaDefinition', 'slaDefinition.id', 'clock.definitionId')
    .select(['item.number', 'item.title', 'slaDefinition.name', 'clock.dueAt', 'clock.told'])
    .where('clock.itemId', '=', itemId)
    .where('clock.definitionId', '=', definitionId)
    .where('clock.attachedAt', '=', attachedAt)
    .where('clock.stoppedAt', 'is', null)
    .where('clock.cancelledAt', 'is', null)
    .executeTakeFirst()
  if (!found || found.told > percent) return
  const { number, title, name, dueAt } = found
  const subject = percent === 100 ? `${number} is overdue: ${name}` : `${number}: ${percent} % of ${name} is used up`
  const when = percent === 100 ? `It was due ${inWords(at, zone)}.` : dueAt && `It is due ${inWords(dueAt, zone)}.`
  const text = [`${number} ${title}`, `${name}: ${percent} % of the time is used up.`, when]
  const lines = [...text.filter((line) => line !== null), '', `${desk.address}/t/${number}`]
  await post(ctx, desk, { to: email, subject, text: lines.join('\n') })
}
