import { z } from 'zod'
import { events, type EventData, type EventName } from '#shared/events.ts'
import type { KindName } from '#shared/kinds.ts'
import type { Ctx, Desk, Job, Ports } from './desk.ts'

/**
 * Makes what is kept beside the history for speed again from the history itself, for some items of a kind: it ends as the
 * reactions would have left it. For what comes in with its past, which nothing reacted to.
 */
export type Derive = (ctx: Ctx, kind: KindName, itemIds: readonly string[]) => Promise<void>

/** What happened, as those are told who react to it. */
export interface Happening<N extends EventName = EventName> {
  readonly name: N
  readonly itemId: string
  readonly kind: KindName
  readonly seq: number
  readonly data: EventData<N>
  /** The fields that changed with it. */
  readonly changed: ReadonlySet<string>
  readonly changes: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[]
  /** When it happened, and when the desk learned of it. */
  readonly at: string
  readonly recordedAt: string
}

/** What must be true at once: it runs in the same transaction, with the desk's own rights, on the database alone. */
export interface Within {
  readonly when: 'within'
  readonly to: readonly EventName[]
  /** What only leads to letters is not even begun where the desk has no mail server. */
  readonly needsMail: boolean
  run(ctx: Ctx, happening: Happening): Promise<void>
}

/** What may follow: a job, which may come late, twice or out of order, so it reads the present and sets what follows. */
export interface After {
  readonly when: 'after'
  readonly to: readonly EventName[]
  readonly job: Job
}

export type Reaction = Within | After
export type Reactions = ReadonlyMap<EventName, readonly Reaction[]>

export function within(to: readonly EventName[], run: Within['run'], { needsMail = false } = {}): Within {
  return { when: 'within', to, needsMail, run }
}

export function after<N extends EventName>(
  to: N,
  name: string,
  run: (
    desk: Desk,
    happening: { readonly itemId: string; readonly seq: number; readonly data: EventData<N> },
  ) => Promise<void>,
): After {
  const input = z.object({ itemId: z.uuid(), seq: z.int(), data: events[to] })
  return { when: 'after', to: [to], job: { name, input, run: run } }
}

/** Who reacts to what, on a desk that has these ports. */
export function reactionsByEvent(all: readonly Reaction[], { mail }: Pick<Ports, 'mail'>): Reactions {
  const byEvent = new Map<EventName, Reaction[]>()
  for (const reaction of all) {
    if (reaction.when === 'within' && reaction.needsMail && mail === null) continue
    for (const name of reaction.to) byEvent.set(name, [...(byEvent.get(name) ?? []), reaction])
  }
  return byEvent
}
