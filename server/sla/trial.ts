import { sql } from 'kysely'
import { bySystem, type Args, type Ctx } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { invalid, notFound } from '#server/core/refusal.ts'
import type * as api from '#shared/sla.ts'
import type { Terms } from '#shared/sla/terms.ts'
import type { Counted } from './clock.ts'
import { countAll, historiesOf, livesOf } from './count.ts'
import { readTerms } from './definitions.ts'
import { previewOf } from './read.ts'
import { setupOf, type Setup } from './setup.ts'
import { sentenceOf } from './words.ts'

interface Wanted {
  readonly name: string
  readonly type: Setup['definitions'][number]['kind']
  readonly target: Setup['definitions'][number]['target']
  readonly terms: Terms
}

/** The desk as if these terms alone held, and always had. */
async function trialOf(ctx: Ctx, kind: string, { name, type, target, terms }: Wanted): Promise<Setup> {
  const { rules, fields } = await readTerms(ctx, kind, terms)
  const setup = await setupOf(ctx, kind)
  const definition = { id: newId(), name, kind: type, target, retiredAt: null, versions: [rules] }
  return { ...setup, fields, definitions: [definition] }
}

export async function previewTerms(ctx: Ctx, { key, ...wanted }: Args<typeof api.previewTerms>) {
  const item = await ctx.db
    .selectFrom('item')
    .select(['id', 'number', 'title', 'kind'])
    .where('number', '=', key.toUpperCase())
    .executeTakeFirst()
  if (!item) throw notFound('record')
  const { kind, ...shown } = item
  const setup = await trialOf(ctx, kind, wanted)
  return { ...shown, ...(await bySystem(ctx, (own) => previewOf({ ...own, now: ctx.now }, setup, item.id))) }
}

const mostExamined = 5000
const batch = 250

/** What some terms would have come to on the records of a time that is past, up to now; nothing is changed. */
export async function simulateTerms(ctx: Ctx, { kind, from, to, ...wanted }: Args<typeof api.simulateTerms>) {
  if (from >= to) throw invalid({ to: 'It must end after it begins' })
  const setup = await trialOf(ctx, kind, wanted)
  const between = itemsBetween(ctx, kind, { from, to })
  const ids = await between
    .select(['id', 'number', 'title'])
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(mostExamined)
    .execute()
  const { count } = await between.select(sql<number>`count(*)::integer`.as('count')).executeTakeFirstOrThrow()
  const outcomes: Counted[] = []
  const examples: ((typeof ids)[number] & { sentence: string })[] = []
  let records = 0
  for (let at = 0; at < ids.length; at += batch) {
    const part = ids.slice(at, at + batch)
    const counted = await bySystem(ctx, (own) =>
      countPart(
        { ...own, now: ctx.now },
        setup,
        part.map(({ id }) => id),
      ),
    )
    for (const item of part) {
      const clocks = counted.get(item.id) ?? []
      if (clocks.length > 0) records += 1
      outcomes.push(...clocks)
      const late = clocks.find(({ breachedAt, state }) => breachedAt !== null && state !== 'cancelled')
      if (late && examples.length < 20) examples.push({ ...item, sentence: sentenceOf(late) })
    }
  }
  return { records, ...tally(outcomes), examined: ids.length, ofAll: count, examples }
}

const itemsBetween = ({ db }: Ctx, kind: string, { from, to }: { from: string; to: string }) =>
  db.selectFrom('item').where('kind', '=', kind).where('createdAt', '>=', from).where('createdAt', '<', to)

async function countPart(ctx: Ctx, setup: Setup, ids: readonly string[]) {
  const lives = await livesOf(ctx, setup, await historiesOf(ctx, ids))
  const asOf = Date.parse(ctx.now)
  return new Map(lives.map((life) => [life.itemId, countAll(setup, life, asOf)] as const))
}

const isOpen = ({ state }: Pick<Counted, 'state'>) => state === 'running' || state === 'paused'

/** In time ÷ (stopped + still open and breached already): what was cancelled says nothing of how one did. */
export function tally(clocks: readonly Pick<Counted, 'state' | 'breachedAt'>[]) {
  const of = (test: (clock: Pick<Counted, 'state' | 'breachedAt'>) => boolean) => clocks.filter(test).length
  const met = of(({ state, breachedAt }) => state === 'stopped' && breachedAt === null)
  const breached = of((clock) => (clock.state === 'stopped' || isOpen(clock)) && clock.breachedAt !== null)
  return {
    clocks: clocks.length,
    met,
    breached,
    open: of(isOpen),
    cancelled: of(({ state }) => state === 'cancelled'),
    compliance: met + breached === 0 ? null : met / (met + breached),
  }
}
