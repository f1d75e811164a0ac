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
  /** So many of them, and all there are, as a sentence goes on with them. */
  readonly some: string
  readonly all: string
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
    some: text('{count, plural, one {# incident} other {# incidents}}'),
    all: text('all {count} incidents'),
    schema: Incident,
    states: incidentStates,
    moves: incidentMoves,
  },
} as const satisfies Record<string, Kind>

export type KindName = keyof typeof kinds

const byName: ReadonlyMap<string, Kind> = new Map(Object.entries(kinds))

export const kindNamed = (name: string) => byName.get(name)
