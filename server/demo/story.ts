import { cancel, change, close, closeUnasked, comment, fill, give, note, prioritise, reopen, resolve } from './acts.ts'
import { plan, start, tag, tickOff, wait, watchedBy } from './acts.ts'
import { opened, type Opening } from './opening.ts'
import type { TeamName } from './organisations.ts'
import { firstTeamOf, homeTeamOf } from './rules.ts'
import { satisfactionOf } from './satisfaction.ts'
import { ownStep, step, type Act, type Cast, type Player, type Step, type Story } from './stage.ts'
import { afterWork } from './working-hours.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** Where a story has come to: who has it, what time it is, and what has been done. */
interface Telling extends Opening {
  at: number
  team: TeamName
  who: Player
  readonly steps: Step[]
}

/** Tells one incident from its report to its end, as such things go. */
export function storyOf(opening: Opening): Story {
  const { random, problem, caller, key } = opening
  const team = firstTeamOf(problem.service)
  const telling: Telling = { ...opening, team, who: onDuty(opening, team), steps: [] }
  const story = { key, at: opening.at, open: opened(opening), steps: telling.steps }
  if (random.chance(0.03)) {
    then(telling, 12, caller, [cancel(random.pick(withdrawn))])
    return story
  }
  take(telling)
  if (telling.team !== homeTeamOf(problem.service) && !(random.chance(0.45) && !problem.vendor)) passOn(telling)
  work(telling)
  end(telling)
  return story
}

const withdrawn = [
  'It works again after a restart. Sorry for the noise.',
  'A colleague has reported this already.',
  'Found it myself, thank you.',
  'Please forget this one, it was my mistake.',
]

/** Lets working time pass, the rest of somebody's day and night included, then lets them act. */
function then(telling: Telling, minutes: number, by: Player, acts: readonly Act[]) {
  const length = Math.max(1, telling.random.around(minutes, 0.6))
  const critical = telling.level[0] === 1 && telling.level[1] === 1
  telling.at = critical
    ? Math.round(telling.at + length * minute)
    : Math.max(telling.at + minute, afterWork(telling.at, length, by.zone))
  telling.steps.push(step(telling.at, by, acts))
}

/** Somebody of a team, rather one for whom it is day. */
function onDuty({ cast, random, at, caller }: Pick<Opening, 'cast' | 'random' | 'at' | 'caller'>, team: TeamName) {
  const members = cast.staff.filter((one) => one.team === team)
  return random.weighted(members, ({ zone }) => {
    const soon = afterWork(at, 1, zone) - at
    return (zone === caller.zone ? 2 : 1) / (1 + soon / day) ** 4
  })
}

/** By impact plus urgency, in minutes of work: until somebody looks, and until it is done. */
const looks = [0, 0, 4, 14, 45, 130, 300]
const takes = [0, 0, 75, 170, 420, 1000, 1900]
const pace = ({ level: [impact, urgency] }: Opening, table: readonly number[]) => table[impact + urgency]!

function take(telling: Telling) {
  const { random, team, who, level, words } = telling
  const acts = [give(team, who), start]
  const asset = /\b(?:LT|PR)-[\w-]+|\bsw-[a-z]+-\d|\b(?:app|db|file|web|k8s-node|batch)-\d+/.exec(words.title)?.[0]
  if (asset) acts.push(change({ configurationItem: asset }))
  if (level[0] < 3 && random.chance(0.5)) acts.push(fill({ affected_users: random.whole(3, 60) }))
  if (random.chance(0.25)) acts.push(comment(random.pick(greetings)(telling.caller, who)))
  then(telling, pace(telling, looks), who, acts)
}

const firstName = ({ name }: Player) => name.split(' ')[0]!

const greetings: readonly ((caller: Player, who: Player) => string)[] = [
  (caller, who) =>
    `Hello ${firstName(caller)}, I have picked this up and will come back to you today. – ${firstName(who)}`,
  (caller) => `Hi ${firstName(caller)}, thanks for the details. I am on it.`,
  (caller) => `Good day ${firstName(caller)}, we have seen the same elsewhere and are looking for the cause.`,
]

/** The first line hands on what is not theirs; now and then to the wrong team. */
function passOn(telling: Telling) {
  const { random, problem, who, level } = telling
  const home = homeTeamOf(problem.service)
  const wrong = random.pick<TeamName>(['Workplace', 'Applications', 'Server & cloud'])
  if (random.chance(0.1) && wrong !== home) {
    then(telling, 20, who, [note(`Looks like something for ${wrong}.`), give(wrong, null)])
    const other = onDuty(telling, wrong)
    then(telling, pace(telling, looks), other, [give(wrong, other), note(`Not ours: this is ${home}.`)])
    then(telling, 15, other, [give(home, null)])
  } else {
    then(telling, 25, who, [note(`Checked the basics with the caller, no change. Over to ${home}.`), give(home, null)])
  }
  telling.team = home
  telling.who = onDuty(telling, home)
  const acts = [give(home, telling.who), start]
  if (level[0] === 3 && random.chance(0.03)) {
    const leader = leaderOf(telling.cast, home)
    then(telling, 30, leader, [prioritise(2, 'The caller’s department stands still until this is mended.')])
  }
  then(telling, pace(telling, looks) * 1.5, telling.who, acts)
}

const leaderOf = (cast: Cast, team: TeamName) => cast.staff.find((one) => one.team === team)!

function work(telling: Telling) {
  const { random, problem, who, words } = telling
  if (problem.ask !== undefined && random.chance(0.65)) ask(telling)
  if (problem.notes.length > 0) then(telling, pace(telling, takes) * 0.3, who, [note(words.fill(problem.notes[0]!))])
  keepBooks(telling)
  standStill(telling)
  for (const found of problem.notes.slice(1)) then(telling, pace(telling, takes) * 0.2, who, [note(words.fill(found))])
}

/** What is done beside the work: a lead who watches, a tag, a list of steps. */
function keepBooks(telling: Telling) {
  const { random, who, cast, at, level } = telling
  if (random.chance(0.06)) telling.steps.push(step(at, who, [watchedBy(leaderOf(cast, telling.team))]))
  if (random.chance(0.09)) telling.steps.push(step(at, who, [tag(random.pick(tags))]))
  if (level[0] === 1 || random.chance(0.05)) steps(telling)
}

function standStill(telling: Telling) {
  const { random, problem, words, level } = telling
  if (problem.vendor !== undefined && random.chance(0.75)) waitFor(telling, 'vendor', words.fill(problem.vendor))
  else if (level[0] + level[1] >= 4 && random.chance(0.07))
    waitFor(telling, random.pick(['change', 'problem', 'evidence']), random.pick(reasons))
}

const tags = [
  'warranty',
  'month-end',
  'onboarding',
  'training',
  'known-error',
  'travel',
  'store-opening',
  'office-move',
]
const reasons = [
  'Goes out with the change on Thursday evening.',
  'Same cause as the problem that is being looked into; nothing more to do here until then.',
  'Tracing is on. It has not happened again so far.',
]

/** The caller is asked, and answers, or does not and is reminded. */
function ask(telling: Telling) {
  const { random, problem, who, caller, words } = telling
  then(telling, 30, who, [wait('caller', `Hello ${firstName(caller)}, ${uncapital(words.fill(problem.ask!))}`)])
  if (random.chance(0.12)) {
    then(telling, 1100, who, [comment(`Hello ${firstName(caller)}, could you still answer the question above?`)])
    then(telling, 900, caller, [comment(`Sorry, I was away. ${words.fill(problem.answer ?? '')}`)])
  } else then(telling, 160, caller, [comment(words.fill(problem.answer ?? 'Yes, it does.'))])
}

const uncapital = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

function steps(telling: Telling) {
  const { random, who } = telling
  const planned = random.some(checklist, random.whole(2, 3))
  then(
    telling,
    10,
    who,
    planned.map((title, at) => plan(title, at === 0, who)),
  )
}

const checklist = [
  'Tell everybody who is affected',
  'Find out what changed',
  'Write down the workaround',
  'Check with the caller',
  'Look for others with the same fault',
]

function waitFor(telling: Telling, reason: 'vendor' | 'change' | 'problem' | 'evidence', said: string) {
  const { who } = telling
  then(telling, 60, who, [note(said), wait(reason)])
  then(telling, reason === 'vendor' ? 1500 : 2200, who, [start])
}

function end(telling: Telling) {
  const { random, problem, who, caller, words } = telling
  const how = { code: problem.code ?? 'fixed', notes: words.fill(problem.fix) } as const
  then(telling, pace(telling, takes) * 0.6, who, [tickOff, resolve(how)])
  if (random.chance(0.05)) {
    then(telling, 260, caller, [reopen(random.pick(again))])
    then(telling, 120, who, [note('Looked again with the caller on the phone.')])
    then(telling, pace(telling, takes) * 0.5, who, [resolve({ ...how, code: 'fixed' })])
  }
  const resolved = telling.at
  if (random.chance(0.22)) then(telling, 90, caller, [comment(random.pick(thanks))])
  if (random.chance(0.35)) then(telling, 240, caller, [close])
  telling.steps.push(ownStep(closingTime(resolved), [closeUnasked]), ...satisfactionOf(telling, resolved))
}

const again = [
  'It is back: the same as before, since this morning.',
  'It worked for an hour, now the same message comes again.',
  'Only half of it works. Please have another look.',
]

const thanks = [
  'Thank you, it works!',
  'Works again, thanks for the quick help.',
  'Perfect, thank you.',
  'All good now.',
]

/** The first look, every ten minutes, that finds it resolved for five days. */
export const closingTime = (resolved: number) => Math.ceil((resolved + 5 * day) / (10 * minute)) * 10 * minute
