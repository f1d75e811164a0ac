import { sql } from 'kysely'
import { camel } from '#server/core/case.ts'
import type { Args, Ctx, Desk } from '#server/core/desk.ts'
import type { Call, Served } from '#server/core/http.ts'
import type { Setting } from '#server/core/module.ts'
import { checkInput } from '#server/core/input.ts'
import { isAllowed, requirePermission } from '#server/core/permission.ts'
import { conflict, notFound } from '#server/core/refusal.ts'
import type { undoChange } from '#shared/desk.ts'
import { trail, type Change } from './trail.ts'

/** The endpoint that takes a change back, and what it is to be given. */
interface Reverse {
  readonly by: Served
  readonly input: Readonly<Record<string, unknown>>
}

/**
 * Takes a change of a setting back, by the endpoint that could make it: with its rules, its permission and its trace. What
 * was changed again since stays as it is, and that is said.
 */
export async function undo(ctx: Ctx, { id }: Args<typeof undoChange>, call: Call, desk: Desk) {
  const change = await trail(ctx).where('audit.id', '=', id).executeTakeFirst()
  if (!change) throw notFound('change')
  const setting = settingOf(change, desk.settings)
  const reverse = setting && reverseOf(change, setting)
  if (!setting || !reverse) throw conflict('This cannot be undone by itself. Change it where it is set.')
  const { endpoint, answer } = reverse.by
  requirePermission(ctx.actor, endpoint)
  await requireAsItWasLeft(ctx, change, setting)
  await answer(ctx, checkInput(endpoint, reverse.input), call, desk)
  const made = await trail(ctx).where('audit.table', '=', change.table).limit(1).executeTakeFirstOrThrow()
  return { by: made.id }
}

/** Whether somebody can take a change back, as far as can be told without looking at what it changed. */
export function isUndoable(ctx: Ctx, change: Change, settings: readonly Setting[]) {
  const setting = settingOf(change, settings)
  const reverse = setting && reverseOf(change, setting)
  return reverse ? isAllowed(ctx.actor, reverse.by.endpoint.may) : false
}

const settingOf = (change: Change, settings: readonly Setting[]) => settings.find(({ table }) => table === change.table)

function reverseOf({ row, act, before, after }: Change, setting: Setting): Reverse | null {
  if (act === 'insert') return unmade(setting, row)
  if (act === 'delete') return setting.add ? { by: setting.add, input: given(setting, setting.add, before) } : null
  const changed = Object.fromEntries(
    Object.entries(before ?? {}).filter(([column, was]) => !same(was, after?.[column])),
  )
  const fields = given(setting, setting.change, changed)
  if (Object.keys(fields).length === 0) return null
  const { method } = setting.change.endpoint
  const whole = method === 'PUT' ? given(setting, setting.change, after) : { id: row }
  return { by: setting.change, input: { ...whole, ...fields } }
}

/** What was added is removed again, or retired or ended where it is never removed. */
function unmade({ remove, change }: Setting, id: string): Reverse | null {
  if (remove) return { by: remove, input: { id } }
  const over = Object.entries({ retired: true, active: false }).find(([field]) => takes(change, field))
  return over ? { by: change, input: { id, [over[0]]: over[1] } } : null
}

/** The columns of a row that an endpoint takes, by the names of its fields. */
function given({ names = {}, except = [] }: Setting, by: Served, row: Change['before']) {
  const fields = Object.entries(row ?? {}).map(([column, value]) => [names[column] ?? camel(column), value] as const)
  const taken = fields.filter(([field]) => takes(by, field) && field !== 'id')
  return Object.fromEntries(taken.filter(([field]) => !except.includes(field)))
}

const takes = ({ endpoint }: Served, field: string) => Object.hasOwn(endpoint.input.shape, field)

async function requireAsItWasLeft(ctx: Ctx, { table, row, act, before, after }: Change, { except = [] }: Setting) {
  if (act === 'delete') return
  const { rows } = await sql<{ now: Record<string, unknown> }>`
    select to_jsonb(setting) as now from ${sql.table(table)} as setting where id::text = ${row}`.execute(ctx.db)
  const now = rows[0]?.now
  if (!now) throw conflict('It is no longer there')
  const changed = Object.keys(after ?? {}).filter((column) => !same(before?.[column], after?.[column]))
  const since = changed.filter((column) => !except.includes(camel(column)) && !same(now[column], after?.[column]))
  if (since.length > 0) throw conflict(`Somebody has changed ${since.map(inWords).join(', ')} since. Undo that first.`)
}

const inWords = (column: string) => column.replaceAll('_', ' ')
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
