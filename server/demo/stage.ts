import type { z } from 'zod'
import { as, system, type Actor, type Ctx, type Desk } from '#server/core/desk.ts'
import type { Call, Served } from '#server/core/http.ts'
import type { Endpoint } from '#shared/core/endpoint.ts'
import type { DemoOrganisation, TeamName } from './organisations.ts'
import type { ServiceName } from './services.ts'

/** Somebody of the demo organisation, and how they act. */
export interface Player {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly role: string
  readonly zone: string
  readonly organisation: DemoOrganisation
  readonly site: string
  readonly team: TeamName | null
  readonly vip: boolean
  readonly actor: Actor
}

/** Everybody and everything that an incident can name. */
export interface Cast {
  readonly staff: readonly Player[]
  readonly callers: readonly Player[]
  readonly teamIds: ReadonlyMap<TeamName, string>
  readonly serviceIds: ReadonlyMap<ServiceName, string>
}

/** Calls the verb behind an endpoint in a transaction, under the same rules as a request. */
export interface Verb {
  <I extends z.ZodObject, O extends z.ZodType>(
    ctx: Ctx,
    endpoint: Endpoint<I, O>,
    input: z.input<I>,
  ): Promise<z.output<O>>
  /** Whether this desk has the part of the product that the endpoint belongs to. */
  serves(endpoint: Endpoint): boolean
}

export interface Stage {
  readonly desk: Desk
  readonly cast: Cast
  readonly verb: Verb
  /** The records that are there by now, by the key of their story. */
  readonly ids: Map<string, string>
  readonly source: { readonly id: string; readonly name: string; readonly personId: string }
}

/** What the scenery is made with: by whom, and when. */
export interface Crew {
  readonly desk: Desk
  readonly verb: Verb
  readonly by: Player
  readonly at: number
}

/** One thing that somebody does to one record. */
export type Act = (stage: Stage, ctx: Ctx, id: string) => Promise<unknown>

export interface Step {
  readonly at: number
  run(stage: Stage, id: string): Promise<unknown>
}

/** How one record comes into being, and what then happens to it. */
export interface Story {
  readonly key: string
  readonly at: number
  open(stage: Stage): Promise<string>
  readonly steps: readonly Step[]
}

const nobodyCalls: Call = { address: '127.0.0.1', agent: 'Steward', session: null, setSession: () => {} }

const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`

/** Finds the verbs where requests find them, and holds the actor to the same permissions. */
export function verbsOf(desk: Desk, served: readonly Served[]): Verb {
  const answers = new Map(served.map(({ endpoint, answer }) => [nameOf(endpoint), answer]))
  const verb = async <I extends z.ZodObject, O extends z.ZodType>(
    ctx: Ctx,
    endpoint: Endpoint<I, O>,
    input: z.input<I>,
  ) => {
    const { may } = endpoint
    const answer = answers.get(nameOf(endpoint))
    if (!answer) throw new Error(`${nameOf(endpoint)} is not served`)
    const free = may === 'anyone' || may === 'signed-in' || ctx.actor.audience === 'system'
    if (!free && !ctx.actor.permissions.has(may)) throw new Error(`${ctx.actor.name} may not ${may}`)
    return endpoint.output.parse(await answer(ctx, endpoint.input.parse(input), nobodyCalls, desk))
  }
  return Object.assign(verb, { serves: (endpoint: Endpoint) => answers.has(nameOf(endpoint)) })
}

/** Something that one person does at one time: all of it in one transaction. */
export function step(at: number, by: Player, acts: readonly Act[], channel: Actor['channel'] = 'web'): Step {
  return { at, run: (stage, id) => done(stage, { ...by.actor, channel }, at, acts, id) }
}

/** The same, done by the desk itself. */
export function ownStep(at: number, acts: readonly Act[]): Step {
  return { at, run: (stage, id) => done(stage, system, at, acts, id) }
}

// oxlint-disable-next-line max-params
function done(stage: Stage, actor: Actor, at: number, acts: readonly Act[], id: string) {
  return as(
    stage.desk,
    actor,
    async (ctx) => {
      for (const act of acts) await act(stage, ctx, id)
    },
    { at: timeOf(at) },
  )
}

export const timeOf = (at: number) => new Date(at).toISOString()
