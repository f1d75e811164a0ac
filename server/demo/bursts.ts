import {
  change,
  childOf,
  close,
  closeUnasked,
  comment,
  give,
  link,
  note,
  plan,
  resolve,
  start,
  tickOff,
} from './acts.ts'
import { mailReports, tillReports, vpnReports, type Report } from './burst-reports.ts'
import { opened, type Opening } from './opening.ts'
import type { Problem } from './problem.ts'
import type { Random } from './random.ts'
import { ownStep, step, type Cast, type Player, type Step, type Story } from './stage.ts'
import { closingTime } from './story.ts'
import { localInstant, localTime } from './working-hours.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** Reports of one fault, from one caller after the other. */
interface Burst {
  readonly random: Random
  readonly cast: Cast
  readonly key: string
  readonly at: number
  readonly service: Problem['service']
  readonly level: readonly [1 | 2 | 3, 1 | 2 | 3]
  readonly reports: readonly Report[]
  readonly callers: readonly Player[]
}

const member = (cast: Cast, name: string) => cast.staff.find((one) => one.name === name)!

interface Reporting {
  /** Whoever of the desk takes the call; the caller writes it when left out. */
  readonly taker?: Player
  readonly at?: number
}

/** One report of a burst; the steps are added by whoever tells the burst. */
function reportOf({ at: begins, ...burst }: Burst, which: number, { taker, at }: Reporting = {}) {
  const { random, cast, service, level, reports, callers } = burst
  const { title, text } = reports[which % reports.length]!
  const problem: Problem = { service, title, text, level, often: 1, notes: [], fix: '' }
  const words = { title, description: text, fill: (line: string) => line }
  const time = at ?? (which === 0 ? begins : begins + random.whole(2, 75) * minute)
  const opening: Opening = {
    key: `${burst.key}-${which}`,
    random,
    cast,
    problem,
    level,
    words,
    at: time,
    taker: taker ?? null,
    caller: callers[which % callers.length]!,
    source: taker ? 'phone' : 'portal',
  }
  const steps: Step[] = []
  return { key: opening.key, at: time, open: opened(opening), steps }
}

const vpnSteps = [
  'Tell everybody by the intranet banner',
  'Move sessions to the Berlin gateway',
  'Ask the maker about the crash dump',
]

/** A VPN outage: one major incident, and the reports of those who were cut off as its children. */
export function vpnOutage({ now, size, ...of }: { random: Random; cast: Cast; now: number; size: number }): Story[] {
  const { random, cast } = of
  const { weekday } = localTime(now, 'Europe/London')
  const at = localInstant(now, 'Europe/London', 14 + ((weekday + 5) % 7), 8 * 60 + 34)
  const callers = random.some(cast.callers, size)
  const burst: Burst = {
    ...of,
    key: 'vpn',
    at,
    callers,
    service: 'VPN & remote access',
    level: [1, 1],
    reports: vpnReports,
  }
  const [priya, katarina, owen] = ['Priya Nair', 'Katarína Nováková', 'Owen Price'].map((name) => member(cast, name))
  const parent = reportOf(burst, 0, { taker: priya! })
  const after = (minutes: number) => at + minutes * minute
  parent.steps.push(
    step(after(3), katarina!, [give('Network', owen!), change({ major: true, configurationItem: 'vpn-gw-lon-1' })]),
    step(
      after(6),
      owen!,
      vpnSteps.map((title, place) => plan(title, place < 2, owen!)),
    ),
    step(after(8), owen!, [start, note('Sessions die in the TLS worker; crash loops since 08:31. Firmware 9.4.2.')]),
    step(after(31), priya!, [
      comment('We know of it and are moving everybody to the other gateway. Next word at ten.'),
    ]),
    step(after(74), owen!, [
      note('A malformed re-key request crashes the worker. The maker confirms it, fix in 9.4.3.'),
    ]),
    step(after(96), katarina!, [
      comment('Connections are being moved to Berlin. If you were cut off, please connect anew.'),
    ]),
    step(after(168), owen!, [tickOff]),
    step(after(171), owen!, [
      resolve({
        code: 'fixed',
        notes: 'Gateway updated to 9.4.3 after a crash in re-keying. All sessions are stable for 40 minutes.',
      }),
    ]),
    step(after(171) + 2 * day, katarina!, [close]),
  )
  const children = callers.slice(1).map((_, which) => childStory(burst, which + 1, member(cast, 'Daniel Okafor')))
  return [parent, ...children]
}

function childStory(burst: Burst, which: number, by: Player) {
  const { random, key } = burst
  const story = reportOf({ ...burst, level: [3, 2] }, which)
  const later = Math.max(story.at + random.whole(3, 14) * minute, burst.at + 9 * minute)
  story.steps.push(
    step(later, by, [
      childOf(`${key}-0`),
      ...(random.chance(0.4)
        ? [comment('This belongs to an outage that we are working on; you will hear from us.')]
        : []),
    ]),
  )
  return story
}

/** A Monday on which mail is late: one report is worked on, and the others are found to be the same. */
export function mailMonday({ now, size, ...of }: { random: Random; cast: Cast; now: number; size: number }): Story[] {
  const { random, cast } = of
  const { weekday } = localTime(now, 'Europe/London')
  const at = localInstant(now, 'Europe/London', 28 + weekday - 1, 8 * 60 + 12)
  const callers = random.some(cast.callers, size)
  const burst: Burst = {
    ...of,
    key: 'mail',
    at,
    callers,
    service: 'E-mail & calendar',
    level: [2, 2],
    reports: mailReports,
  }
  const tariq = member(cast, 'Tariq Aziz')
  const first = reportOf(burst, 0)
  const solved = at + 205 * minute
  const notes = 'The queue was stuck behind a mailing with 40,000 recipients. It now has a queue of its own.'
  first.steps.push(
    step(at + 11 * minute, member(cast, 'Priya Nair'), [give('Server & cloud', tariq)]),
    step(at + 14 * minute, tariq, [
      start,
      note('Outbound queue at 61,000. A newsletter was sent to everybody at 07:50.'),
    ]),
    step(solved, tariq, [resolve({ code: 'fixed', notes })]),
    ownStep(closingTime(solved), [closeUnasked]),
  )
  const others = callers.slice(1).map((_, which) => {
    const story = reportOf(burst, which + 1)
    const later = story.at + random.whole(8, 60) * minute
    const said = 'This is the same fault as the one linked here; mail that was late is being delivered.'
    story.steps.push(
      step(later, random.pick([member(cast, 'Liam Byrne'), member(cast, 'Sofía Márquez')]), [
        link('duplicates', 'mail-0'),
        resolve({ code: 'duplicate', notes: said }),
      ]),
      ownStep(closingTime(later), [closeUnasked]),
    )
    return story
  })
  return [first, ...others]
}

/** What is going on at this very hour: card payments fail, and nobody knows yet why. */
export function paymentsDown({ now, ...of }: { random: Random; cast: Cast; now: number }): Story[] {
  const { random, cast } = of
  const at = now - 52 * minute
  const callers = random.some(
    cast.callers.filter(({ organisation }) => organisation.name === 'Halyard Retail'),
    4,
  )
  const burst: Burst = {
    ...of,
    key: 'tills',
    at,
    callers,
    service: 'Point of sale',
    level: [1, 1],
    reports: tillReports,
  }
  const [hannah, lucia] = ['Hannah Vogt', 'Lucia Romano'].map((name) => member(cast, name))
  const parent = reportOf(burst, 0, { taker: hannah! })
  const after = (minutes: number) => at + minutes * minute
  parent.steps.push(
    step(after(2), member(cast, 'Samuel Goldberg'), [give('Applications', lucia!), change({ major: true })]),
    step(after(4), lucia!, [
      start,
      plan('Call the payment provider', true, lucia!),
      plan('Tell the store managers', true, hannah!),
    ]),
    step(after(9), lucia!, [note('Terminals reach our gateway; the gateway gets no answer from the provider.')]),
    step(after(21), hannah!, [
      comment('We are working on this with the payment provider. Please take cash until then.'),
    ]),
    step(after(38), lucia!, [note('Provider has opened a bridge. They see our requests arrive and time out inside.')]),
  )
  const children = callers.slice(1).map((_, which) => {
    const time = at + (4 + which * 9) * minute
    const story = reportOf({ ...burst, level: [2, 1] }, which + 1, { at: time })
    story.steps.push(step(time + 5 * minute, hannah!, [childOf('tills-0')]))
    return story
  })
  return [parent, ...children]
}
