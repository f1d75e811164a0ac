import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Done, Id, PersonRef, Time } from '#shared/core/values.ts'

/** The largest file that may be attached, in bytes. */
export const largestAttachment = 25 * 1024 * 1024

/**
 * A file on an item. It is uploaded by `POST /api/items/:itemId/attachments` as multipart form data (one part
 * `file`; `internal=true` keeps it among staff) and read from `GET /api/attachments/:id/content`.
 */
export const Attachment = z
  .object({
    id: Id,
    name: z.string(),
    type: z.string(),
    size: z.int(),
    sha256: z.string(),
    internal: z.boolean(),
    state: z.enum(['ready', 'quarantined']),
    by: PersonRef,
    createdAt: Time,
  })
  .meta({ id: 'Attachment' })

export const listAttachments = endpoint({
  method: 'GET',
  path: '/items/:itemId/attachments',
  may: 'item.read',
  byLink: true,
  summary: 'List the files on an item',
  input: z.object({ itemId: Id }),
  output: z.array(Attachment),
})

export const removeAttachment = endpoint({
  method: 'DELETE',
  path: '/items/:itemId/attachments/:id',
  may: 'item.work',
  summary: 'Take a file off an item',
  input: z.object({ itemId: Id, id: Id }),
  output: Done,
})
