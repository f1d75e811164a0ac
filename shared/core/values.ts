import { z } from 'zod'
import { text } from '#shared/core/message.ts'

export const Id = z.uuid()

/** An instant, always in UTC on the wire. */
export const Time = z.iso.datetime({ offset: true })

const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1, text('Write something'))
    .max(max, `Keep it within ${max} characters`)
    .regex(/^[^\p{Cc}]*$/u, text('Leave out control characters'))

export const Name = line(120)
export const Title = line(200)

/** Longer text, in Markdown. */
export const Text = z
  .string()
  .trim()
  .max(50_000)
  .refine((written) => !written.includes('\0'), text('Leave out null characters'))
export const Written = Text.min(1, text('Write something'))

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email(text('Write an e-mail address, such as ada@example.com')))

export const Done = z.object({ done: z.literal(true) }).meta({ id: 'Done' })
export const Flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')])

export const PersonRef = z
  .object({ id: Id, name: z.string(), vip: z.boolean(), active: z.boolean() })
  .meta({ id: 'PersonRef' })
export const TeamRef = z.object({ id: Id, name: z.string() }).meta({ id: 'TeamRef' })
export const OrganisationRef = z.object({ id: Id, name: z.string() }).meta({ id: 'OrganisationRef' })
export const ServiceRef = z.object({ id: Id, name: z.string(), tier: z.int() }).meta({ id: 'ServiceRef' })

/** How many there are: counted to 10,000, estimated beyond. */
export const Count = z.object({ value: z.int(), exact: z.boolean() }).meta({ id: 'Count' })

export const Limit = z.coerce.number().int().min(1).max(200).default(50)
