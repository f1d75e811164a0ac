import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Id, Name } from '#shared/core/values.ts'

export const CustomType = z.enum(['text', 'number', 'boolean', 'time', 'choice'])

/** A field that an administrator adds to a kind while the desk runs. Its values live under `custom` by its name. */
export const CustomField = z
  .object({
    id: Id,
    kind: z.string(),
    name: z.string().meta({ example: 'cost_centre' }),
    label: z.string(),
    type: CustomType,
    options: z.array(z.string()),
    required: z.boolean(),
    shownToRequesters: z.boolean(),
    position: z.int(),
    retired: z.boolean(),
  })
  .meta({ id: 'CustomField' })
export type CustomField = z.infer<typeof CustomField>

export const listCustomFields = endpoint({
  method: 'GET',
  path: '/custom-fields',
  may: 'signed-in',
  byLink: true,
  summary: 'List the custom fields of a kind',
  input: z.object({ kind: z.string().max(40).optional() }),
  output: z.array(CustomField),
})

const Options = z.array(Name).max(100)

export const addCustomField = endpoint({
  method: 'POST',
  path: '/custom-fields',
  may: 'rule.manage',
  summary: 'Add a custom field to a kind',
  input: z.object({
    kind: z.string().max(40),
    name: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'Small letters, digits and _; a letter first'),
    label: Name,
    type: CustomType,
    options: Options.default([]),
    required: z.boolean().default(false),
    shownToRequesters: z.boolean().default(false),
  }),
  output: CustomField,
})

export const changeCustomField = endpoint({
  method: 'PATCH',
  path: '/custom-fields/:id',
  may: 'rule.manage',
  summary: 'Change a custom field; retired, it is offered no more and its values stay',
  input: z.object({
    id: Id,
    label: Name.optional(),
    options: Options.optional(),
    required: z.boolean().optional(),
    shownToRequesters: z.boolean().optional(),
    position: z.int().min(0).max(1000).optional(),
    retired: z.boolean().optional(),
  }),
  output: CustomField,
})
