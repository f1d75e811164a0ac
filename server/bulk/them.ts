import { as, system, type Actor, type Ctx, type Desk } from '#server/core/desk.ts'
import { Outdated, type SetUp } from '#server/core/set-up.ts'
import { actorOf, actorRows } from '#server/people/people.ts'
import type { Order } from './carry.ts'

export type ByThem = <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T | 'gone'>

/**
 * Works as the person who asked, with the rights that they have at that time, and no more of them than they asked with.
 * Who they are is read again once the set-up has changed.
 */
export function byThem(desk: Desk, { personId, channel, permissions }: Order): ByThem {
  const look = () =>
    as(desk, system, async ({ db, setUp }): Promise<Known> => {
      const row = await actorRows(db).where('person.id', '=', personId).executeTakeFirst()
      return { under: setUp, actor: row ? actorOf(row, channel, permissions) : null }
    })
  let known: Known | null = null
  return async (work) => {
    for (;;) {
      if (known?.under !== desk.setUp.now) known = await look()
      const { under, actor } = known
      if (actor?.audience !== 'staff') return 'gone'
      try {
        return await as(desk, actor, work, { under })
      } catch (error) {
        if (!(error instanceof Outdated)) throw error
      }
    }
  }
}

interface Known {
  readonly under: SetUp
  readonly actor: Actor | null
}
