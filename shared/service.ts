import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Id, Name, PersonRef, TeamRef, Text } from '#shared/core/values.ts'

/** Something that IT provides. Tier 1 is what the business cannot do without, tier 4 what it can. */
export const Service = z
  .object({
    id: Id,
    name: z.string(),
    description: z.string(),
    tier: z.int().min(1).max(4),
    team: TeamRef.nullable(),
    owner: PersonRef.nullable(),
    retired: z.boolean(),
  })
  .meta({ id: 'Service' })

export const listServices = endpoint({
  method: 'GET',
  path: '/services',
  may: 'signed-in',
  summary: 'List the services',
  input: z.object({}),
  output: z.array(Service),
})

const about = {
  name: Name,
  description: Text,
  tier: z.int().min(1).max(4),
  teamId: Id.nullish(),
  ownerId: Id.nullish(),
}

export const addService = endpoint({
  method: 'POST',
  path: '/services',
  may: 'service.manage',
  summary: 'Add a service',
  input: z.object({ ...about, description: Text.default('') }),
  output: Service,
})

export const changeService = endpoint({
  method: 'PATCH',
  path: '/services/:id',
  may: 'service.manage',
  summary: 'Change a service, or retire it',
  input: z
    .object({ ...about, retired: z.boolean() })
    .partial()
    .extend({ id: Id }),
  output: Service,
})
