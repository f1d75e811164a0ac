import { sql } from 'kysely'
import { bySystem, type Args, type Ctx } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { invalid, notFound } from '#server/core/refusal.ts'
import { changesSetUp, remembered } from '#server/core/set-up.ts'
import { askedOf, conditionOf, readFilter } from '#server/record/record.ts'
import type * as api from '#shared/rule.ts'
import type { Rule } from '#shared/rule.ts'

export function listRules(ctx: Ctx): Promise<Rule[]> {
  return inOrder(ctx).execute()
}

const inOrder = (ctx: Ctx) => rules(ctx).orderBy('position').orderBy('id')

function rules({ db }: Ctx) {
  return db
    .selectFrom('rule')
    .select(['id', 'position', 'name', 'kind', 'on', 'filter', 'stop', 'active'])
    .select((eb) => eb.ref('then').$castTo<Rule['then']>().as('then'))
}

const json = (value: Rule['then']) => sql<object>`${JSON.stringify(value)}::jsonb`

/** The rules that are at work, in their order. */
export const activeRules = remembered((ctx) =>
  bySystem(ctx, (own) => inOrder(own).where('active', '=', true).execute()),
)

export async function addRule(ctx: Ctx, wanted: Args<typeof api.addRule>) {
  await requireFilter(ctx, wanted)
  await requireReal(ctx, wanted.then)
  const id = newId()
  await ctx.db
    .insertInto('rule')
    .values((eb) => ({
      ...wanted,
      id,
      then: json(wanted.then),
      position: eb.selectFrom('rule').select(sql<number>`coalesce(max(position), 0) + 1`.as('next')),
    }))
    .execute()
  changesSetUp(ctx)
  return ruleOf(ctx, id)
}

export async function changeRule(ctx: Ctx, { id, position, ...wanted }: Args<typeof api.changeRule>) {
  const rule = await ruleOf(ctx, id)
  await requireFilter(ctx, { kind: wanted.kind ?? rule.kind, filter: wanted.filter ?? rule.filter })
  const { then, ...plain } = wanted
  if (then) await requireReal(ctx, then)
  const set = { ...plain, ...(then && { then: json(then) }) }
  if (Object.keys(set).length > 0) await ctx.db.updateTable('rule').set(set).where('id', '=', id).execute()
  if (position !== undefined) await move(ctx, id, position)
  changesSetUp(ctx)
  return ruleOf(ctx, id)
}

/** Puts a rule at a place among the others, counted from 0, and numbers them all anew. */
async function move(ctx: Ctx, id: string, position: number) {
  const others = (await listRules(ctx)).map((rule) => rule.id).filter((other) => other !== id)
  const order = others.toSpliced(Math.min(position, others.length), 0, id)
  for (const [at, one] of order.entries())
    await ctx.db
      .updateTable('rule')
      .set({ position: at + 1 })
      .where('id', '=', one)
      .execute()
}

export async function removeRule(ctx: Ctx, { id }: Args<typeof api.removeRule>) {
  await ruleOf(ctx, id)
  await ctx.db.deleteFrom('rule').where('id', '=', id).execute()
  changesSetUp(ctx)
  return { done: true as const }
}

async function ruleOf(ctx: Ctx, id: string): Promise<Rule> {
  const rule = await rules(ctx).where('id', '=', id).executeTakeFirst()
  if (!rule) throw notFound('rule')
  return rule
}

async function requireFilter(ctx: Ctx, { kind, filter }: Pick<Rule, 'kind' | 'filter'>) {
  readFilter(filter, (await askedOf(ctx, kind)).fields)
}

/** Whatever a rule hands records to is there: one that names nothing would fail at every record. */
async function requireReal({ db }: Ctx, then: Rule['then']) {
  for (const [at, act] of then.entries()) {
    const there = (table: 'team' | 'person' | 'service', id: string) =>
      db.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst()
    if (act.do === 'assign-team' && !(await there('team', act.teamId))) throw nothing(at, 'team')
    if (act.do === 'assign-person' && !(await there('person', act.personId))) throw nothing(at, 'person')
    if (act.do === 'set-service' && !(await there('service', act.serviceId))) throw nothing(at, 'service')
  }
}

const nothing = (at: number, what: string) => invalid({ [`then.${at}.${what}Id`]: `There is no such ${what}` })

const mostTried = 1000

/** What a rule would match among the newest records; nothing is changed. */
export async function tryRule(ctx: Ctx, { kind, filter }: Args<typeof api.tryRule>) {
  const asked = await askedOf(ctx, kind)
  const condition = conditionOf(ctx, asked, readFilter(filter, asked.fields))
  const newest = sql`(select * from item where kind = ${kind} order by created_at desc, id desc limit ${mostTried}) item`
  const { rows } = await sql<{ id: string; number: string; title: string }>`
    select item.id, item.number, item.title from ${newest} join ${sql.table(kind)} on ${sql.ref(`${kind}.id`)} = item.id
    where ${condition} order by item.created_at desc, item.id desc`.execute(ctx.db)
  const tried = await sql<{ tried: number }>`select count(*)::integer as tried from ${newest}`.execute(ctx.db)
  return { tried: tried.rows[0]?.tried ?? 0, matches: rows.slice(0, 50), matchCount: rows.length }
}
