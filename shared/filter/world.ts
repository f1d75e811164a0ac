import { isId } from './bind.ts'
import { FilterError, quote } from './error.ts'
import type { Field, Fields } from './fields.ts'
import type { Filter, Predicates, Scalar } from './filter.ts'
import type { Clock } from './when.ts'

/** What a filter's words mean when it runs: its dictionary, the time, and who `me` and `my-team` are. */
export interface World extends Clock {
  fields: Fields
  predicates: Predicates
  me: string | null
  myTeams: readonly string[]
}

/** The filter an `is:` word stands for, and the world to run it in, which no longer knows the word: no word may need itself. */
export function predicateOf(name: string, world: World): [Filter, World] {
  const { [name]: found, ...predicates } = world.predicates
  if (!found || !Object.hasOwn(world.predicates, name)) {
    throw new FilterError(`Nothing can be ${quote(name)}.`, 'A word after is: must be known, and not need itself.')
  }
  return [found, { ...world, predicates }]
}

/** The ids that a value of a reference stands for, or undefined where it is a name. */
export function idsOf(value: Scalar, { type }: Field, { me, myTeams }: World): readonly string[] | undefined {
  if (type === 'person' && value === 'me') return me === null ? [] : [me]
  if (type === 'team' && value === 'my-team') return myTeams
  return isId(value) ? [String(value)] : undefined
}
