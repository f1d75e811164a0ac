import { sql } from 'kysely'
import type { z } from 'zod'
import { bySystem, type Args, type Ctx } from '#server/core/desk.ts'
import { within, type Happening } from '#server/core/reactions.ts'
import { Refusal } from '#server/core/refusal.ts'
import { askedOf, readFilter, whichMatch } from '#server/record/record.ts'
import { requireItem } from '#server/item/item.ts'
import { namesOf } from '#shared/access.ts'
import type { EventName } from '#shared/events.ts'
import { fieldsOf } from '#shared/fields.ts'
import { everything, type Filter } from '#shared/filter/filter.ts'
import { print } from '#shared/filter/print.ts'
import type * as api from '#shared/rule.ts'
import type { Rule, RuleEvent, Trace } from '#shared/rule.ts'
import { perform } from './perform.ts'
import { activeRules } from './rules.ts'

const wakes = {
  'incident.opened': 'opened',
  'incident.changed': 'changed',
  'item.changed': 'changed',
  'incident.priority-set': 'changed',
  'incident.assigned': 'assigned',
  'item.commented': 'commented',
  'incident.reopened': 'reopened',
} as const satisfies Partial<Record<EventName, z.infer<typeof RuleEvent>>>

const wakesOf: ReadonlyMap<EventName, string> = new Map(namesOf(wakes).map((name) => [name, wakes[name]]))

type Tried = z.infer<typeof Trace>['tried']

/**
 * Tries the rules in their order when something happens to a record, in the same transaction, in the desk's own name.
 * What a rule does wakes no rule again, so rules cannot chase each other.
 */
export const runRules = within(namesOf(wakes), async (ctx, happening) => {
  if (ctx.actor.audience === 'system' && ctx.actor.name === ruleActor) return
  const on = wakesOf.get(happening.name)
  const rules = (await activeRules(ctx)).filter((rule) => rule.kind === happening.kind && rule.on === on)
  if (rules.length === 0) return
  await bySystem(ctx, (own) =>
    tryAll({ ...own, now: ctx.now, actor: { ...own.actor, name: ruleActor } }, rules, happening),
  )
})

const ruleActor = 'Rules'

async function tryAll(ctx: Ctx, rules: readonly Rule[], { itemId, kind, seq }: Happening) {
  const { fields } = await askedOf(ctx, kind)
  const readable = rules.map((rule) => ({ rule, filter: filterOf(rule, fields) }))
  const tried: Tried = []
  let outcomes = await outcomesOf(ctx, kind, itemId, readable)
  for (const [at, { rule, filter }] of readable.entries()) {
    const outcome = filter ? outcomes.get(filter) : undefined
    const matched = outcome?.matched ?? false
    const because = !outcome ? 'Its condition can no longer be read' : reason(outcome, rule, kind)
    const did = matched ? await act(ctx, itemId, rule) : []
    tried.push({ ruleId: rule.id, name: rule.name, matched, because, did })
    if (matched && rule.stop) break
    // What a rule did may be what a later one asks for.
    if (matched) outcomes = await outcomesOf(ctx, kind, itemId, readable.slice(at + 1))
  }
  await ctx.db
    .insertInto('ruleTrace')
    .values({ itemId, seq, at: ctx.now, tried: sql<object>`${JSON.stringify(tried)}::jsonb` })
    .execute()
}

interface Readable {
  readonly filter: Filter | null
}

/** What each condition comes to for the record as it now is, in one question. */
async function outcomesOf(ctx: Ctx, kind: string, itemId: string, rules: readonly Readable[]) {
  const filters = rules.flatMap(({ filter }) => filter ?? [])
  const outcomes = await whichMatch(ctx, kind, itemId, filters)
  return new Map(filters.map((filter, at) => [filter, outcomes[at]]))
}

/** A rule whose field has since been renamed away is passed over, and says so, rather than stop the work. */
function filterOf({ filter }: Rule, fields: Parameters<typeof readFilter>[1]) {
  try {
    return readFilter(filter, fields)
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

type Outcome = Awaited<ReturnType<typeof whichMatch>>[number]

function reason({ matched, missed }: Outcome, { filter }: Rule, kind: string) {
  if (matched) return filter === '' ? 'It applies to every record' : `All of ${filter} holds`
  const parts = missed.filter((part) => part !== everything).map((part) => print(part, fieldsOf(kind)))
  return `${parts.join(', ')} ${parts.length === 1 ? 'does' : 'do'} not hold`
}

async function act(ctx: Ctx, itemId: string, { then }: Rule) {
  const did: string[] = []
  for (const step of then) did.push(await perform(ctx, itemId, step))
  return did
}

export async function listTraces(ctx: Ctx, { itemId }: Args<typeof api.listTraces>) {
  await requireItem(ctx, itemId)
  return ctx.db
    .selectFrom('ruleTrace')
    .select((eb) => ['seq', 'at', eb.ref('tried').$castTo<Tried>().as('tried')])
    .where('itemId', '=', itemId)
    .orderBy('seq')
    .execute()
}
