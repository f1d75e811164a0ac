import { z } from 'zod'
import { namesOf } from '#shared/access.ts'
import { endpoint } from '#shared/core/endpoint.ts'
import { text } from '#shared/core/message.ts'
import { Done, Id } from '#shared/core/values.ts'
import { Phase } from '#shared/item/item.ts'

/** The ways in which one item can bear on another, and how each reads from either end. */
export const linkTypes = {
  relates: { there: text('relates to'), back: text('relates to') },
  duplicates: { there: text('duplicates'), back: text('is duplicated by') },
  causes: { there: text('causes'), back: text('is caused by') },
  blocks: { there: text('blocks'), back: text('is blocked by') },
  follows: { there: text('follows'), back: text('is followed by') },
} as const

export const LinkType = z.enum(namesOf(linkTypes))

export const Link = z
  .object({
    id: Id,
    type: LinkType,
    reads: z.string().meta({ example: 'is duplicated by' }),
    item: z.object({
      id: Id,
      kind: z.string(),
      number: z.string(),
      title: z.string(),
      state: z.string(),
      phase: Phase,
    }),
  })
  .meta({ id: 'Link' })

export const listLinks = endpoint({
  method: 'GET',
  path: '/items/:itemId/links',
  may: 'item.read',
  summary: 'List what an item is linked to',
  input: z.object({ itemId: Id }),
  output: z.array(Link),
})

export const addLink = endpoint({
  method: 'POST',
  path: '/items/:itemId/links',
  may: 'item.work',
  summary: 'Link an item to another',
  input: z.object({ itemId: Id, type: LinkType, to: z.string().trim().min(1).max(40).meta({ example: 'INC0001042' }) }),
  output: Link,
})

export const removeLink = endpoint({
  method: 'DELETE',
  path: '/items/:itemId/links/:id',
  may: 'item.work',
  summary: 'Take a link away',
  input: z.object({ itemId: Id, id: Id }),
  output: Done,
})
