import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Id } from '#shared/core/values.ts'
import { Incident, IncidentState } from '#shared/incident.ts'

export const setParent = endpoint({
  method: 'PUT',
  path: '/incidents/:id/parent',
  may: 'item.work',
  summary: 'Make an incident the child of another, or of none',
  input: z.object({ id: Id, parent: z.string().trim().max(40).nullable().meta({ example: 'INC0001042' }) }),
  output: Incident,
})

export const listChildren = endpoint({
  method: 'GET',
  path: '/incidents/:id/children',
  may: 'item.read',
  summary: 'List the children of an incident',
  input: z.object({ id: Id }),
  output: z.array(z.object({ id: Id, number: z.string(), title: z.string(), state: IncidentState })),
})
