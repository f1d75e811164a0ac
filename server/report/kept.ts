import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { bySystem, type Args, type Ctx, type Desk } from '#server/core/desk.ts'
import type { Call } from '#server/core/http.ts'
import * as api from '#shared/report.ts'
import { keep, keptUnder, noteAsked } from './answers.ts'
import { askFigures } from './ask.ts'
import { askAges } from './open.ts'

/** From so many milliseconds on an answer is worth keeping. */
export const long = 500

export interface Question {
  readonly filter: string
  readonly zone?: string | undefined
  readonly asOf?: string | undefined
}

/** What can be asked for, and how. */
export interface Asks<Q, A> {
  readonly name: 'figures' | 'ages'
  readonly input: z.ZodType<Q>
  readonly output: z.ZodType<A>
  ask(ctx: Ctx, question: Q): Promise<A>
}

export const figures: Asks<z.output<typeof api.askOwnFigures.input>, api.Figures> = {
  name: 'figures',
  input: api.askOwnFigures.input,
  output: api.askFigures.output,
  ask: askFigures,
}
export const ages: Asks<Omit<z.output<typeof api.askAges.input>, 'kept'>, z.output<typeof api.askAges.output>> = {
  name: 'ages',
  input: api.askAges.input.omit({ kept: true }),
  output: api.askAges.output,
  ask: askAges,
}

export const answerFigures = (ctx: Ctx, { kept, ...question }: Args<typeof api.askFigures>, _: Call, desk: Desk) =>
  answer(ctx, desk, figures, { question, kept: kept === true })

export const answerAges = (ctx: Ctx, { kept, ...question }: Args<typeof api.askAges>, _: Call, desk: Desk) =>
  answer(ctx, desk, ages, { question, kept: kept === true })

/**
 * An answer as of now; or, for whoever takes a kept one, one that took long and was counted within a day. What is known as
 * of a time comes out the same whenever it is counted, so a kept answer is true, and says as of when. Those who see a part
 * get none: what moves out of their sight would still be counted.
 */
async function answer<Q extends Question, A extends object>(
  ctx: Ctx,
  desk: Desk,
  asks: Asks<Q, A>,
  { question, kept }: { readonly question: Q; readonly kept: boolean },
): Promise<A> {
  const { id: personId, zone, everywhere } = ctx.actor
  if (personId === null || !everywhere) return asks.ask(ctx, question)
  const key = await keyOf(ctx, asks.name, question)
  const known = kept ? await keptUnder(ctx, key) : null
  if (known) {
    afterwards(noteAsked(desk, key))
    return asks.output.parse(known)
  }
  const began = performance.now()
  const fresh = await asks.ask(ctx, question)
  if (performance.now() - began >= long) {
    const asked = written({ zone, ...question })
    afterwards(
      keep(desk, {
        key,
        asks: asks.name,
        personId,
        question: asked,
        answer: fresh,
        countedAt: ctx.now,
        askedAt: ctx.now,
      }),
    )
  }
  return fresh
}

/** A question as it is asked over HTTP. */
export const written = (question: object) =>
  Object.fromEntries(
    Object.entries(question).map(([name, value]) => [name, Array.isArray(value) ? value.join() : value]),
  )

/** What is not kept is only counted again; whoever asks does not wait for it. */
const afterwards = (work: Promise<unknown>) => void work.catch(() => {})

/** A question, and all on which its answer depends beside it: whose days are meant, and who sees what. */
export async function keyOf(ctx: Ctx, asks: string, question: Question) {
  const asked = Object.entries({ zone: ctx.actor.zone, ...question }).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const told = JSON.stringify([asks, asked, await sightOf(ctx, question)])
  return createHash('sha256').update(told).digest()
}

/** Those who see all see the same, but for what is confidential; and a filter may ask for what is one's own. */
async function sightOf(ctx: Ctx, { filter }: Question) {
  const { id, teams } = ctx.actor
  const seen = await confidentialOnes(ctx)
  const all = await bySystem(ctx, confidentialOnes)
  return { seen, all, own: filter.trim() === '' ? null : { id, teams } }
}

async function confidentialOnes({ db }: Ctx) {
  const rows = await db
    .selectFrom('incidentFact')
    .select('itemId')
    .where('confidential', '=', true)
    .orderBy('itemId')
    .execute()
  return rows.map(({ itemId }) => itemId)
}
