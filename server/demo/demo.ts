import { as, system, type Desk } from '#server/core/desk.ts'
import { addSource } from '#server/alert/alert.ts'
import { addTemplate } from '#shared/template.ts'
import { alertStory } from './alerts.ts'
import { arrivalsIn, beginning } from './arrivals.ts'
import { mailMonday, paymentsDown, vpnOutage } from './bursts.ts'
import { makeTeamsAndServices } from './foundation.ts'
import { makeLevels } from './levels.ts'
import { openingOf } from './opening.ts'
import { provider } from './organisations.ts'
import { makePeople, playersOf } from './people.ts'
import type { Problem } from './problem.ts'
import { applicationProblems } from './problems-applications.ts'
import { networkProblems } from './problems-network.ts'
import { platformProblems } from './problems-platform.ts'
import { workplaceProblems } from './problems-workplace.ts'
import { randomFrom, type Random } from './random.ts'
import { makeCustomFields, makeRules } from './rules.ts'
import { perform, type Tale } from './run.ts'
import { timeOf, verbsOf, type Cast, type Player, type Stage, type Verb } from './stage.ts'
import { makeSurvey } from './satisfaction.ts'
import { storyOf } from './story.ts'
import { makeTexts, makeViews } from './texts.ts'

interface Options {
  readonly seed?: number
  /** How many incidents the twelve weeks hold, about. */
  readonly incidents?: number
  readonly now?: string
  readonly progress?: (done: number, total: number) => Promise<void>
}

/** One of the people of the demo organisation whom a visitor may be. */
export interface Persona {
  readonly role: 'requester' | 'analyst' | 'team_lead' | 'service_manager' | 'administrator'
  readonly personId: string
  readonly name: string
}

/**
 * Fills a desk with an organisation at work: people, teams, services, rules, and twelve weeks of incidents, each of
 * which happened through the same verbs as any other. The same seed and time give the same organisation.
 */
export async function makeDemo(desk: Desk, options: Options = {}): Promise<{ personas: Persona[] }> {
  const { seed = 1, incidents = 1500, progress = async () => {} } = options
  const now = Date.parse(options.now ?? new Date().toISOString())
  const random = randomFrom(seed)
  // The list of modules holds whoever asks for the demo, so it is read only now.
  const { served } = await import('#server/modules.ts')
  const verb = verbsOf(desk, served)
  const { cast, source, personas } = await setScene(desk, verb, random, beginning(now) - 3 * day)
  const stage: Stage = { desk, verb, cast, source, ids: new Map() }
  const tales = talesOf(random, cast, now, incidents)
  const total = tales.reduce((sum, tale) => sum + tale.length, 0)
  let done = 0
  await progress(0, total)
  await perform(stage, tales, now, async () => {
    done += 1
    if (done % 25 === 0 || done === total) await progress(done, total)
  })
  return { personas }
}

/** What the desk of the demo organisation is called. */
export const deskName = provider.name

const day = 86_400_000

async function setScene(desk: Desk, verb: Verb, random: Random, at: number) {
  const people = await makePeople(desk, random.fork('people'), at)
  const places = await makeTeamsAndServices(desk, verb, people.ids, at)
  const players = await playersOf(desk, people)
  const cast: Cast = {
    ...places,
    staff: players.filter(({ actor }) => actor.audience === 'staff'),
    callers: players.filter(({ actor }) => actor.audience === 'requester'),
  }
  const named = (name: string) => players.find((one) => one.name === name)!
  const [manager, administrator] = [named('Ingrid Solheim'), named('Tomasz Zieliński')]
  const crew = { desk, verb, by: manager, at }
  await makeCustomFields(crew)
  await makeRules(crew, cast)
  await makeLevels(crew, cast)
  await makeSurvey(crew)
  if (verb.serves(addTemplate)) await makeTexts(crew)
  await makeViews(crew, cast)
  const source = await makeSource(desk, administrator, at)
  const personas = [
    persona(
      'requester',
      cast.callers.find(({ organisation, role }) => organisation.name === 'Halyard Retail' && role === 'requester')!,
    ),
    persona('analyst', named('Daniel Okafor')),
    persona('team_lead', named('Katarína Nováková')),
    persona('service_manager', manager),
    persona('administrator', administrator),
  ]
  return { cast, source, personas }
}

const persona = (role: Persona['role'], { id, name }: Player): Persona => ({ role, personId: id, name })

async function makeSource(desk: Desk, by: Player, at: number) {
  const about = { type: 'alertmanager', name: 'Prometheus (production)' } as const
  const { source } = await as(desk, by.actor, (ctx) => addSource(ctx, about, null, desk), { at: timeOf(at) })
  return as(desk, system, ({ db }) =>
    db.selectFrom('source').select(['id', 'name', 'personId']).where('id', '=', source.id).executeTakeFirstOrThrow(),
  )
}

/** All that happens in the twelve weeks: the great faults, what monitoring saw, and everyday reports. */
function talesOf(random: Random, cast: Cast, now: number, incidents: number): Tale[] {
  const size = Math.max(3, Math.min(16, Math.round(incidents / 90)))
  const great = [
    vpnOutage({ random: random.fork('vpn'), cast, now, size }),
    mailMonday({ random: random.fork('mail'), cast, now, size }),
    paymentsDown({ random: random.fork('tills'), cast, now }),
  ]
  const alerts = Math.round(incidents * 0.06)
  const left = Math.max(0, incidents - alerts - great.reduce((sum, tale) => sum + tale.length, 0))
  return [...great, ...alertTales(random.fork('alerts'), cast, now, alerts), ...dailyTales(random, cast, now, left)]
}

function alertTales(random: Random, cast: Cast, now: number, count: number): Tale[] {
  const from = beginning(now)
  return Array.from({ length: count }, (_, at) => {
    const time = random.whole(from, now - 10 * 60_000)
    return [alertStory(random.fork(`${at}`), cast, `alert-${at}`, time)]
  })
}

function dailyTales(random: Random, cast: Cast, now: number, count: number): Tale[] {
  const zones = [...new Set(cast.callers.map(({ zone }) => zone))]
  return zones.flatMap((zone) => {
    const callers = cast.callers.filter((one) => one.zone === zone)
    const share = Math.round((count * callers.length) / cast.callers.length)
    return arrivalsIn(random.fork(zone), zone, share, now).map((at, which) => {
      const chances = random.fork(`${zone}/${which}`)
      const caller = chances.pick(callers)
      const problem = chances.weighted(problemsOf(caller), ({ often }) => often)
      const key = `${zone}/${which}`
      return [storyOf(openingOf({ key, random: chances, cast, problem, caller, at }))]
    })
  })
}

const problems = [...networkProblems, ...platformProblems, ...workplaceProblems, ...applicationProblems]

const problemsOf = ({ organisation }: Player): Problem[] =>
  problems.filter(({ at }) => at === undefined || at.includes(organisation.name))
