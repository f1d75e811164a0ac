import type { z } from 'zod'
import { text } from '#shared/core/message.ts'
import { Incident, incidentMoves, incidentStates } from '#shared/incident.ts'
import type { Phase } from '#shared/item/item.ts'

/** What generic pages and lists need to know of a kind to draw any record of it. */
export interface Kind {
  readonly name: string
  readonly prefix: string
  readonly label: string
  readonly plural: string
  readonly schema: z.ZodObject
  readonly states: Readonly<Record<string, { readonly label: string; readonly phase: Phase }>>
  readonly moves: Readonly<Record<string, readonly string[]>>
}

export const kinds = {
  incident: {
    name: 'incident',
    prefix: 'INC',
    label: text('Incident'),
    plural: text('Incidents'),
    schema: Incident,
    states: incidentStates,
    moves: incidentMoves,
  },
} as const satisfies Record<string, Kind>

export type KindName = keyof typeof kinds

const byName: ReadonlyMap<string, Kind> = new Map(Object.entries(kinds))

export const kindNamed = (name: string) => byName.get(name)
