import type { Job, KeepFiles } from './desk.ts'
import type { RawRoute, Served } from './http.ts'
import type { Derive, Reaction } from './reactions.ts'

/** By which endpoints a table of settings is changed, so that a change of a row can be taken back by the same. */
export interface Setting {
  readonly table: string
  /** Takes the fields of a row, and its id where it has several rows. */
  readonly change: Served
  readonly add?: Served
  readonly remove?: Served
  /** What the endpoints call columns, where that differs. */
  readonly names?: Readonly<Record<string, string>>
  /** Fields that mean something else in the endpoints, so that they are left alone. */
  readonly except?: readonly string[]
}

/** What one part of the domain adds to the desk. */
export interface Module {
  readonly served?: readonly Served[]
  readonly routes?: readonly RawRoute[]
  readonly reactions?: readonly Reaction[]
  readonly derived?: readonly Derive[]
  readonly jobs?: readonly Job[]
  readonly keepFiles?: readonly KeepFiles[]
  readonly settings?: readonly Setting[]
}
