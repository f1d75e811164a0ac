import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Done, Id, PersonRef, Time } from '#shared/core/values.ts'

/** How many days a link in a letter opens its record, and how many once the record is closed. */
export const guestDays = 60
export const guestDaysOnceClosed = 30

/** What can be written through links on one record within an hour. */
export const guestWritesAnHour = 30

export const guestPrefix = 'stg_'

/** Who came by a link, and to which record: all that a page needs before it shows that record. */
export const getGuest = endpoint({
  method: 'GET',
  path: '/guest',
  may: 'item.read',
  byLink: true,
  summary: 'See whose link this is, and which record it opens',
  input: z.object({}),
  output: z.object({
    id: Id,
    name: z.string(),
    zone: z.string(),
    desk: z.string(),
    number: z.string(),
    expiresAt: Time,
    hasPassword: z.boolean(),
  }),
})

export const listGuestLinks = endpoint({
  method: 'GET',
  path: '/items/:itemId/guest-links',
  may: 'item.work',
  summary: 'List who can open an item by the links that were mailed to them',
  input: z.object({ itemId: Id }),
  output: z.array(
    z.object({ person: PersonRef, links: z.int(), expiresAt: Time, lastUsedAt: Time.nullable() }).meta({
      id: 'GuestLinks',
    }),
  ),
})

export const withdrawGuestLinks = endpoint({
  method: 'DELETE',
  path: '/items/:itemId/guest-links',
  may: 'item.work',
  summary: 'Withdraw all links that open an item without sign-in',
  input: z.object({ itemId: Id }),
  output: Done,
})
