import { z } from 'zod'
import type { Endpoint } from '#shared/core/endpoint.ts'

/** A JSON Schema, as far as Zod prints one. */
export interface Schema {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minItems?: number
  readonly format?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly default?: unknown
  readonly $defs?: Readonly<Record<string, Schema>>
}

export function inputSchema({ input }: Endpoint): Schema {
  return z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Schema
}

const words: Readonly<Record<string, string>> = {
  'date-time': '2030-01-07T09:00:00.000Z',
  email: 'someone@example.com',
  uuid: '00000000-0000-7000-8000-00000000dead',
}

/** The plainest value that a schema allows: what it requires, and nothing else. */
export function sampleOf(schema: Schema, root: Schema = schema): unknown {
  if (schema.$ref) return sampleOf(definition(schema.$ref, root), root)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const [first] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []
  if (first) return sampleOf(first, root)
  return plain(schema, root)
}

/** What a reference within a schema points to. */
export const definition = (ref: string, root: Schema) => root.$defs?.[ref.replace('#/$defs/', '')] ?? {}

function plain(schema: Schema, root: Schema): unknown {
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object': {
      const names = schema.required ?? []
      return Object.fromEntries(names.map((name) => [name, sampleOf(schema.properties?.[name] ?? {}, root)]))
    }
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}, root))
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1)
    case 'boolean':
      return true
    default:
      return textFor(schema)
  }
}

function textFor({ format, pattern }: Schema) {
  const known = words[format ?? '']
  if (known !== undefined) return known
  return pattern?.startsWith('^\\d') ? '123456' : 'something_long_enough'
}
