import { as } from '#server/core/desk.ts'
import { openIncident } from '#shared/incident.ts'
import { filler, type Problem } from './problem.ts'
import type { Random } from './random.ts'
import { costCentres } from './rules.ts'
import { services } from './services.ts'
import { timeOf, type Cast, type Player, type Story } from './stage.ts'

/** How an incident is about to be reported. */
export interface Opening {
  readonly key: string
  readonly random: Random
  readonly cast: Cast
  readonly problem: Problem
  readonly caller: Player
  readonly at: number
  /** Impact and urgency. */
  readonly level: readonly [number, number]
  readonly words: Words
  /** Whoever of the desk writes it down; the caller themselves when null. */
  readonly taker: Player | null
  readonly source: 'portal' | 'email' | 'phone' | 'chat' | 'walk_up'
}

interface Words {
  readonly title: string
  readonly description: string
  fill(text: string): string
}

/** Decides all that a report needs: by whom, through what, how bad, and in which words. */
export function openingOf(about: Pick<Opening, 'key' | 'random' | 'cast' | 'problem' | 'caller' | 'at'>): Opening {
  const { random, problem, caller, cast } = about
  const source = problem.confidential ? 'portal' : random.weighted(sources, (one) => shares[one])
  const self = source === 'portal' || source === 'email'
  const desk = cast.staff.filter(({ team }) => team === 'Service desk')
  const near = desk.filter(({ zone }) => zone === caller.zone)
  return {
    ...about,
    source,
    taker: self ? null : random.pick(near),
    level: levelOf(about),
    words: wordsOf(random, problem, caller, source === 'email'),
  }
}

const sources = ['portal', 'email', 'phone', 'chat', 'walk_up'] as const
const shares = { portal: 46, email: 22, phone: 25, chat: 5, walk_up: 2 }

function levelOf({ random, problem, caller }: Pick<Opening, 'random' | 'problem' | 'caller'>): [number, number] {
  const [impact, urgency] = problem.level
  if (caller.vip) return [impact, Math.max(1, urgency - 1)]
  if (random.chance(0.12)) return [impact, Math.min(3, urgency + 1)]
  return [impact, urgency]
}

function wordsOf(random: Random, problem: Problem, { site, name }: Player, letter: boolean): Words {
  const fill = filler(random, site)
  const text = fill(problem.text)
  const signed = `Hello,\n\n${text}\n\n${random.pick(['Kind regards', 'Best wishes', 'Thanks', 'Many thanks'])}\n${name}`
  return { title: capital(fill(problem.title)).slice(0, 200), description: letter ? signed : capital(text), fill }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** Writes the report, as the caller or as whoever took the call. */
export function opened(opening: Opening): Story['open'] {
  const { at, caller, taker, level, words, problem, source, random } = opening
  const cost = random.chance(0.2) ? { cost_centre: random.pick(costCentres) } : {}
  return ({ desk, verb, cast }) => {
    const report = {
      title: words.title,
      description: words.description,
      impact: level[0],
      urgency: level[1],
      serviceId: cast.serviceIds.get(problem.service)!,
      category: services.find(({ name }) => name === problem.service)!.category,
      confidential: problem.confidential ?? false,
      custom: cost,
      ...(taker && { requesterId: caller.id, source, callback: source === 'phone' ? `ext. ${at % 900}` : null }),
    }
    const by = taker ?? caller
    const actor = { ...by.actor, channel: source === 'email' ? 'email' : 'web' } as const
    return as(desk, actor, async (ctx) => (await verb(ctx, openIncident, report)).id, { at: timeOf(at) })
  }
}
