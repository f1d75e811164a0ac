import { z } from 'zod'
import { as, system, type Actor, type Ctx, type Desk } from '#server/core/desk.ts'
import { job } from '#server/core/jobs.ts'
import { actorFor, actorOf, actorRows } from '#server/people/people.ts'
import type { Input } from '#shared/core/endpoint.ts'
import type { askAges, askOwnFigures } from '#shared/report.ts'
import { serviceAges, serviceBreakdown, serviceFigures, usual } from '#shared/report/boards.ts'
import { dueAnswers, forgetOld, isKept, keep, renew, type Kept } from './answers.ts'
import { ages, figures, keyOf, long, written, type Asks, type Question } from './kept.ts'

const mostAgain = 20
const mostAhead = 12
const mostLookers = 100

/**
 * Counts anew what took long and was asked these hours, so that whoever asks next finds it; counts the service board as it
 * opens before anybody asks; and forgets what is old.
 */
export const countAnew = job({
  name: 'report.count-anew',
  input: z.object({}),
  cron: '*/10 * * * *',
  async run(desk, _, stopping) {
    for (const one of await dueAnswers(desk, mostAgain)) {
      if (stopping?.aborted) return
      await (one.asks === 'ages' ? countAgain(desk, ages, one) : countAgain(desk, figures, one))
    }
    await countAhead(desk, stopping)
    await forgetOld(desk)
  },
})

type Due = Pick<Kept, 'key' | 'personId' | 'question'>

/** Through the eyes of whoever asked first; where those see something else by now, the answer is not what it was for. */
async function countAgain<Q extends Question, A extends object>(desk: Desk, asks: Asks<Q, A>, due: Due) {
  const question = asks.input.parse(due.question)
  const asker = await as(desk, system, ({ db }) => actorFor(db, due.personId, 'web'))
  if (!asker?.permissions.has('report.read') || question.asOf !== undefined) return
  const fresh = await count(desk, asker, { asks, question, wanted: async (_, key) => key.equals(due.key) })
  if (fresh) await renew(desk, due.key, fresh)
}

/**
 * The board of everyone who sees everything, once for all who see the same of it. A desk that answers quickly keeps
 * nothing, so there the first answer ends it.
 */
async function countAhead(desk: Desk, stopping?: AbortSignal) {
  let left = mostAhead
  for (const looker of await lookers(desk)) {
    for (const countFor of board) {
      if (stopping?.aborted || left === 0) return
      const took = await countFor(desk, looker)
      if (took !== null && took < long) return
      if (took !== null) left -= 1
    }
  }
}

/** Those who see everything and may read figures, whoever was here last before the others, and not all of many. */
const lookers = (desk: Desk) =>
  as(desk, system, async ({ db }) => {
    const rows = await actorRows(db)
      .where('person.audience', '=', 'staff')
      .orderBy('person.lastSeenAt', (last) => last.desc().nullsLast())
      .orderBy('person.id')
      .execute()
    const all = rows.map((row) => actorOf(row, 'web'))
    return all
      .filter(({ everywhere, permissions }) => everywhere && permissions.has('report.read'))
      .slice(0, mostLookers)
  })

const board = [
  ahead(figures, serviceFigures(usual.about, usual.every)),
  ahead(ages, serviceAges(usual.about, usual.every)),
  ahead(figures, serviceBreakdown(usual.about, usual.by)),
]

/** Counts what somebody would ask and nobody has counted these hours; how many milliseconds it took, or null. */
function ahead<Q extends Question, A extends object>(
  asks: Asks<Q, A>,
  asked: Input<typeof askOwnFigures> | Input<typeof askAges>,
) {
  const question = asks.input.parse(asked)
  return async (desk: Desk, looker: Actor) => {
    const fresh = await count(desk, looker, { asks, question, wanted: isMissing })
    if (!fresh) return null
    const { took, ...counted } = fresh
    const asking = { asks: asks.name, personId: looker.id!, question: written({ zone: looker.zone, ...question }) }
    if (took >= long) await keep(desk, { ...asking, ...counted, askedAt: null })
    return took
  }
}

const isMissing = async (ctx: Ctx, key: Buffer) => !(await isKept(ctx, key))

interface Counting<Q, A> {
  readonly asks: Asks<Q, A>
  readonly question: Q
  readonly wanted: (ctx: Ctx, key: Buffer) => Promise<boolean>
}

/** An answer through somebody's eyes, where it is wanted under the key that it has for them. */
const count = <Q extends Question, A extends object>(
  desk: Desk,
  asker: Actor,
  { asks, question, wanted }: Counting<Q, A>,
) =>
  as(
    desk,
    asker,
    async (ctx) => {
      const key = await keyOf(ctx, asks.name, question)
      if (!(await wanted(ctx, key))) return null
      const began = performance.now()
      const answer = await asks.ask(ctx, question)
      return { key, answer, countedAt: ctx.now, took: performance.now() - began }
    },
    { access: 'read only' },
  )
