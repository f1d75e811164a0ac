import type { Job, KeepFiles } from './desk.ts'
import type { RawRoute, Served } from './http.ts'
import type { Derive, Reaction } from './reactions.ts'

/** What one part of the domain adds to the desk. */
export interface Module {
  readonly served?: readonly Served[]
  readonly routes?: readonly RawRoute[]
  readonly reactions?: readonly Reaction[]
  readonly derived?: readonly Derive[]
  readonly jobs?: readonly Job[]
  readonly keepFiles?: readonly KeepFiles[]
}
