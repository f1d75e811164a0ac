import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Done, Id, PersonRef, Time } from '#shared/core/values.ts'

/** How many days a link in a letter opens its record, and how many once the record is closed. */
export const guestDays = 60
export const guestDaysOnceClosed = 30

/** For how many minutes staff can look at a record as its requester sees it. */
export const lookMinutes = 15

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
    mayWrite: z.boolean().meta({ description: 'Not where staff look at what their requester sees' }),
  }),
})

export const lookAsRequester = endpoint({
  method: 'POST',
  path: '/items/:itemId/look',
  may: 'item.work',
  secret: true,
  summary: 'Make a link by which to look, for some minutes, at an item as its requester sees it',
  input: z.object({ itemId: Id }),
  output: z.object({ url: z.string() }),
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
