import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Done, Id, Name, Written } from '#shared/core/values.ts'

/**
 * What saves typing, by use: a `template` fills in a new record, a `reply` is text for the requester, an `action`
 * sets several fields of an open record at once, a `handling` note is shown on every record that its filter matches.
 */
export const TemplateUse = z.enum(['template', 'reply', 'action', 'handling'])

/** Values that a template or action fills in, by the name of the field. */
export const Fill = z.record(z.string().max(60), z.union([z.string().max(5000), z.number(), z.boolean(), z.null()]))

const about = {
  use: TemplateUse,
  name: Name,
  kind: z.string().max(40),
  body: z.string().max(20_000),
  fill: Fill,
  filter: z.string().max(2000),
}

export const Template = z.object({ id: Id, ...about, active: z.boolean() }).meta({ id: 'Template' })

export const listTemplates = endpoint({
  method: 'GET',
  path: '/templates',
  may: 'item.work',
  summary: 'List templates, canned replies, quick actions and handling notes',
  input: z.object({ use: TemplateUse.optional(), kind: z.string().max(40).optional() }),
  output: z.array(Template),
})

export const addTemplate = endpoint({
  method: 'POST',
  path: '/templates',
  may: 'template.manage',
  summary: 'Add a template, reply, quick action or handling note',
  input: z.object({
    ...about,
    kind: about.kind.default('incident'),
    body: about.body.default(''),
    fill: Fill.default({}),
    filter: about.filter.default(''),
  }),
  output: Template,
})

export const changeTemplate = endpoint({
  method: 'PATCH',
  path: '/templates/:id',
  may: 'template.manage',
  summary: 'Change one of them, or put it away',
  input: z
    .object({ ...about, active: z.boolean() })
    .partial()
    .extend({ id: Id }),
  output: Template,
})

export const removeTemplate = endpoint({
  method: 'DELETE',
  path: '/templates/:id',
  may: 'template.manage',
  summary: 'Remove one of them',
  input: z.object({ id: Id }),
  output: Done,
})

export const getHandlingNotes = endpoint({
  method: 'GET',
  path: '/items/:itemId/handling-notes',
  may: 'item.note',
  summary: 'Get the special handling notes that match an item',
  input: z.object({ itemId: Id }),
  output: z.array(z.object({ id: Id, name: z.string(), body: z.string() })),
})

export const takeAction = endpoint({
  method: 'POST',
  path: '/items/:itemId/actions/:templateId',
  may: 'item.work',
  summary: 'Do a quick action on an item: all of its fields, or none',
  input: z.object({ itemId: Id, templateId: Id }),
  output: Done,
})

/** A canned reply with its placeholders, such as {{requester}}, filled in for one item. */
export const fillReply = endpoint({
  method: 'GET',
  path: '/items/:itemId/replies/:templateId',
  may: 'item.work',
  summary: 'Get a canned reply with its placeholders filled in for an item',
  input: z.object({ itemId: Id, templateId: Id }),
  output: z.object({ body: Written }),
})
