import { z } from 'zod'
import type { Args, Ctx } from '#server/core/desk.ts'
import { newId } from '#server/core/id.ts'
import { invalid, notFound } from '#server/core/refusal.ts'
import { changesSetUp } from '#server/core/set-up.ts'
import { Time } from '#shared/core/values.ts'
import type { CustomField } from '#shared/item/custom.ts'
import type * as api from '#shared/item/custom.ts'
import { kindNamed } from '#shared/kinds.ts'
import { customFields } from './dictionary.ts'

export async function listCustomFields(ctx: Ctx, { kind }: Args<typeof api.listCustomFields>) {
  const all = await customFields(ctx, kind)
  if (ctx.actor.audience !== 'requester') return all
  return all.filter(({ shownToRequesters, retired }) => shownToRequesters && !retired)
}

export async function addCustomField(ctx: Ctx, input: Args<typeof api.addCustomField>) {
  const { kind, name, type, options } = input
  const known = kindNamed(kind)
  if (!known) throw invalid({ kind: `There is no kind '${kind}'` })
  if (Object.hasOwn(known.schema.shape, name) || name in {})
    throw invalid({ name: `'${name}' is already the name of a field` })
  requireOptions(type, options)
  const position = (await customFields(ctx, kind)).reduce((last, field) => Math.max(last, field.position), 0) + 1
  const id = newId()
  await ctx.db
    .insertInto('customField')
    .values({ ...input, id, position })
    .execute()
  changesSetUp(ctx)
  return fieldOf(ctx, id)
}

export async function changeCustomField(ctx: Ctx, { id, ...given }: Args<typeof api.changeCustomField>) {
  const field = await fieldOf(ctx, id)
  if (given.options) requireOptions(field.type, given.options)
  const changes = Object.entries(given).filter(([, value]) => value !== undefined)
  if (changes.length > 0)
    await ctx.db.updateTable('customField').set(Object.fromEntries(changes)).where('id', '=', id).execute()
  changesSetUp(ctx)
  return fieldOf(ctx, id)
}

async function fieldOf(ctx: Ctx, id: string) {
  const field = (await customFields(ctx, undefined)).find((one) => one.id === id)
  if (!field) throw notFound('custom field')
  return field
}

function requireOptions(type: CustomField['type'], options: readonly string[]) {
  if (type !== 'choice' && options.length > 0) throw invalid({ options: 'Only a choice has options' })
  if (type === 'choice' && options.length === 0) throw invalid({ options: 'Give a choice its options' })
  const folded = new Set(options.map((option) => option.toLowerCase()))
  if (folded.size < options.length) throw invalid({ options: 'Each option once' })
}

/** The names of a kind's custom fields that this person is not shown. */
export async function hiddenCustom(ctx: Ctx, kind: string): Promise<string[]> {
  if (ctx.actor.audience !== 'requester') return []
  const all = await customFields(ctx, kind)
  return all.filter(({ shownToRequesters }) => !shownToRequesters).map(({ name }) => name)
}

/** One schema of all the custom values that this person may set on an item of a kind; null takes a value away. */
export async function customOf(ctx: Ctx, kind: string, { whole }: { whole: boolean }) {
  const offered = (await customFields(ctx, kind)).filter(
    ({ retired, shownToRequesters }) => !retired && (shownToRequesters || ctx.actor.audience !== 'requester'),
  )
  const shape = Object.fromEntries(offered.map((field) => [field.name, schemaOf(field, whole)]))
  return z.strictObject(shape)
}

/** Checks custom values for an item of a kind: all of those that it needs when it is `whole`, else only the given. */
export async function checkCustom(ctx: Ctx, kind: string, values: object, how: { whole: boolean }) {
  const checked = (await customOf(ctx, kind, how)).safeParse(values)
  const absent: unknown[] = how.whole ? [undefined, null] : [undefined]
  if (checked.success)
    return Object.fromEntries(Object.entries(checked.data).filter(([, value]) => !absent.includes(value)))
  const wrong = checked.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.slice(0, 20).map((key) => [key, `There is no field '${key.slice(0, 60)}'`] as const)
      : [[String(issue.path[0]), issue.message] as const],
  )
  throw invalid(Object.fromEntries(wrong.map(([name, message]) => [`custom.${name.slice(0, 60)}`, message])))
}

type Value = string | number | boolean | null

function schemaOf(field: CustomField, whole: boolean): z.ZodType<Value | undefined> {
  const value = plainSchemaOf(field)
  if (!field.required) return value.nullish()
  return whole ? value : value.optional()
}

const largest = 1e15

function plainSchemaOf({ type, label, options }: CustomField): z.ZodType<Value> {
  const error = (wants: string) => (issue: { input?: unknown }) =>
    issue.input === undefined || issue.input === null ? `${label} is needed` : `${label}: ${wants}`
  const bounds = `give a number between -${largest} and ${largest}`
  if (type === 'number')
    return z
      .number({ error: error('give a number') })
      .min(-largest, bounds)
      .max(largest, bounds)
  if (type === 'boolean') return z.boolean({ error: error('say true or false') })
  if (type === 'time') return z.string({ error: error('give a time') }).pipe(utc)
  if (type === 'choice') return z.enum(options, { error: error(`choose ${options.join(', ')}`) })
  return z
    .string({ error: error('give a text') })
    .trim()
    .min(1, `${label} is needed`)
    .max(5000)
    .refine((text) => !text.includes('\0'), 'Leave out null characters')
}

const utc = Time.transform((time) => new Date(time).toISOString())
