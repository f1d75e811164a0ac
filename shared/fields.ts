import { z } from 'zod'
import { text } from '#shared/core/message.ts'
import type { Field, Fields, FieldType } from '#shared/filter/fields.ts'
import type { Filter, Predicates } from '#shared/filter/filter.ts'
import type { CustomField } from '#shared/item/custom.ts'
import { OrganisationRef, PersonRef, ServiceRef, TeamRef } from '#shared/core/values.ts'
import { Item } from '#shared/item/item.ts'
import { sourceNames } from '#shared/incident.ts'
import { kindNamed, type Kind } from '#shared/kinds.ts'

/** What a person types instead of a field's own name. */
const words: Readonly<Record<string, string>> = {
  createdAt: 'created',
  updatedAt: 'updated',
  dueAt: 'due',
  resolvedAt: 'resolved',
  closedAt: 'closed',
  configurationItem: 'ci',
  holdReason: 'hold',
  resolutionCode: 'resolution',
}

/** Fields of the schema that are not for filters: they depend on who asks, or are counted on the way out. */
const notFiltered = new Set([
  'id',
  'kind',
  'can',
  'custom',
  'parent',
  'childCount',
  'occurrenceCount',
  'reopenableUntil',
])

const organisation: Fields = { name: { type: 'text', label: text('Name') } }
const team: Fields = { name: { type: 'text', label: text('Name') } }
const person: Fields = {
  name: { type: 'text', label: text('Name') },
  email: { type: 'text', label: text('E-mail') },
  vip: { type: 'boolean', label: text('VIP') },
  organisation: { type: 'organisation', label: text('Organisation'), to: () => organisation },
}
const service: Fields = {
  name: { type: 'text', label: text('Name') },
  tier: { type: 'number', label: text('Tier') },
  team: { type: 'team', label: text('Support team'), nullable: true, to: () => team },
}

const references: readonly { ref: z.ZodObject; field: { type: FieldType; to: () => Fields } }[] = [
  { ref: PersonRef, field: { type: 'person', to: () => person } },
  { ref: TeamRef, field: { type: 'team', to: () => team } },
  { ref: OrganisationRef, field: { type: 'organisation', to: () => organisation } },
  { ref: ServiceRef, field: { type: 'reference', to: () => service } },
]

const customTypes = { text: 'text', number: 'number', boolean: 'boolean', time: 'time', choice: 'choice' } as const

/** The dictionary of a kind, or of what all kinds share: its schema's fields, and those an administrator added. */
export function fieldsOf(kind: string | undefined, custom: readonly CustomField[] = []): Fields {
  const known = kind === undefined ? undefined : kindNamed(kind)
  const shape: Readonly<Record<string, z.ZodType>> = (known?.schema ?? Item).shape
  const own = Object.entries(shape).filter(([name]) => !notFiltered.has(name))
  const added = custom.filter((field) => kind === undefined || field.kind === kind)
  return Object.fromEntries([
    ...own.map(([name, schema]) => [name, fieldOf(name, schema, known)] as const),
    ...added.map((field) => [`custom.${field.name}`, customFieldOf(field)] as const),
  ])
}

function customFieldOf({ label, type, options }: CustomField): Field {
  const values = type === 'choice' ? { values: options.map((value) => ({ value, label: value })) } : {}
  return { type: customTypes[type], label, nullable: true, sortable: false, ...values }
}

/** What the words after `is:` mean. Open is whatever is not done, waiting or not. */
export const predicates: Predicates = {
  open: { field: 'phase', op: '=', value: ['open', 'waiting'] },
  active: { field: 'phase', op: '=', value: 'open' },
  waiting: { field: 'phase', op: '=', value: 'waiting' },
  done: { field: 'phase', op: '=', value: 'done' },
  unassigned: {
    all: [
      { field: 'assignee', op: '=', value: null },
      { field: 'phase', op: '=', value: ['open', 'waiting'] },
    ],
  },
  mine: { field: 'assignee', op: '=', value: 'me' },
  overdue: {
    all: [
      { field: 'dueAt', op: '<', value: 'now' },
      { field: 'phase', op: '=', value: ['open', 'waiting'] },
    ],
  } satisfies Filter,
}

function fieldOf(name: string, schema: z.ZodType, kind: Kind | undefined): Field {
  const { label: said } = schema.meta() ?? {}
  const label = typeof said === 'string' ? said : name
  const nullable = schema instanceof z.ZodNullable
  const inner = nullable ? unwrapped(schema) : schema
  const word = words[name]
  const base = { label, ...(nullable && { nullable }), ...(word !== undefined && { word }) }
  if (name === 'state') return { ...base, type: 'choice', values: statesOf(kind), sortable: true }
  const reference = references.find(({ ref }) => isCopyOf(inner, ref))
  if (reference) return { ...base, ...reference.field, sortable: true }
  if (inner instanceof z.ZodEnum) {
    const values = inner.options.map((value) => ({
      value: String(value),
      label: choiceNames[String(value)] ?? String(value),
    }))
    return { ...base, type: 'choice', values, sortable: true }
  }
  return { ...base, type: plainType(inner), sortable: !(inner instanceof z.ZodArray) && name !== 'description' }
}

function plainType(schema: z.ZodType): FieldType {
  if (schema instanceof z.ZodNumber) return 'number'
  if (schema instanceof z.ZodBoolean) return 'boolean'
  if (schema instanceof z.ZodArray) return 'tags'
  return schema instanceof z.ZodISODateTime ? 'time' : 'text'
}

const statesOf = (kind: Kind | undefined) =>
  Object.entries(kind?.states ?? {}).map(([value, { label }]) => ({ value, label }))

/** What the values of choices are called where they are short. */
const choiceNames: Readonly<Record<string, string>> = {
  ...sourceNames,
  open: text('Open'),
  waiting: text('Waiting'),
  done: text('Done'),
  caller: text('The caller'),
  change: text('A change'),
  problem: text('A problem'),
  vendor: text('A vendor'),
  evidence: text('Evidence'),
  fixed: text('Fixed'),
  workaround: text('Workaround'),
  no_fault: text('No fault'),
  not_reproducible: text('Not reproducible'),
  by_caller: text('By caller'),
  duplicate: text('Duplicate'),
}

function unwrapped(schema: z.ZodNullable): z.ZodType {
  const inner = schema.unwrap()
  if (inner instanceof z.ZodType) return inner
  throw new Error('A field is made of a schema that is not of Zod’s own')
}

/** A schema with a label is another object than the one it was made from, but holds the same parts. */
const isCopyOf = (schema: z.ZodType, ref: z.ZodObject) =>
  schema instanceof z.ZodObject && schema.shape['name'] === ref.shape['name']
