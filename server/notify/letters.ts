import { z } from 'zod'
import { as, system, type Ctx, type Desk } from '#server/core/desk.ts'
import { enqueue, job } from '#server/core/jobs.ts'
import { within } from '#server/core/reactions.ts'
import { guestLinkTo, makeGuestLink } from '#server/guest/guest.ts'
import { post } from '#server/mail/mail.ts'
import { guestDays } from '#shared/guest.ts'
import { wordsOf, type News } from './words.ts'

const About = z.object({
  itemId: z.uuid(),
  event: z.enum(['incident.opened', 'item.commented', 'incident.resolved', 'incident.cancelled']),
  commentId: z.uuid().optional(),
})
type About = z.infer<typeof About>

const late = 3_600_000

/**
 * Whoever reported something is written to when the desk has it, answers, solves it or gives it up; not of what they did
 * themselves, and not of what is brought in later than it happened. That it is there they are told in any case.
 */
export const tellRequester = within(
  About.shape.event.options,
  async (ctx, { itemId, name, data }) => {
    const { actor } = ctx
    if (actor.id === null || actor.channel === 'alert' || Date.now() - Date.parse(ctx.now) > late) return
    if (name !== 'incident.opened' && (await isRequester(ctx, itemId))) return
    await enqueue(ctx, writeLetter, About.parse({ itemId, event: name, ...data }))
  },
  { needsMail: true },
)

async function isRequester({ db, actor }: Ctx, itemId: string) {
  if (actor.audience === 'requester') return true
  const { requesterId } = await db
    .selectFrom('item')
    .select('requesterId')
    .where('id', '=', itemId)
    .executeTakeFirstOrThrow()
  return requesterId === actor.id
}

export const writeLetter = job({
  name: 'notify.letter',
  input: About,
  run: (desk, about) =>
    as(desk, system, async (ctx) => {
      if (!desk.ports.mail) return
      const news = await newsOf(ctx, about)
      if (news) await write(ctx, desk, news, about)
    }),
})

async function write(ctx: Ctx, desk: Desk, news: News, { itemId, event }: About) {
  const { subject, text } = wordsOf(event, news)
  const link = guestLinkTo(desk, await makeGuestLink(ctx, { itemId, personId: news.personId }))
  await post(ctx, desk, {
    to: news.email,
    subject,
    text: `Hello ${news.name},

${text}

Where it stands, what happens next, and where to answer:

${link}

The link opens this one request without a password, for ${guestDays} days at most. Whoever has it can read and answer
the request, so pass it on with care.

${news.desk}
`,
  })
}

/** What a letter tells of, as it now is; nothing where there is nobody to write to. */
async function newsOf({ db }: Ctx, { itemId, commentId }: About): Promise<News | undefined> {
  const found = await db
    .selectFrom('item')
    .innerJoin('person', 'person.id', 'item.requesterId')
    .leftJoin('incident', 'incident.id', 'item.id')
    .leftJoin('comment', (join) => join.on('comment.id', '=', commentId ?? null))
    .leftJoin('person as author', 'author.id', 'comment.authorId')
    .select(['item.number', 'item.title', 'item.confidential', 'item.state', 'incident.resolutionNotes'])
    .select(['person.id as personId', 'person.name', 'person.email', 'comment.body', 'author.name as author'])
    .where('item.id', '=', itemId)
    .where('person.active', '=', true)
    // Addresses of monitoring tools, and of people who are known from files alone, lead nowhere.
    .where('person.email', 'not like', '%.invalid')
    .executeTakeFirst()
  if (!found) return undefined
  const { deskName: desk } = await db.selectFrom('setting').select('deskName').executeTakeFirstOrThrow()
  return { ...found, desk }
}
