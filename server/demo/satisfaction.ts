import { as } from '#server/core/desk.ts'
import { activeSurveys, ask } from '#server/survey/survey.ts'
import { addSurvey, answerAsk, listAsks } from '#shared/survey.ts'
import type { Opening } from './opening.ts'
import { ownStep, step, timeOf, type Act, type Crew, type Player, type Step } from './stage.ts'

const hour = 3_600_000
const day = 24 * hour

/** What the desk asks when it has solved something, from before the first report on. */
export function makeSurvey({ desk, verb, by, at }: Crew) {
  const survey = {
    name: 'After it is solved',
    question: 'How satisfied are you with how this was solved?',
    filter: '-source:alert',
    delayHours: 1,
    restDays: 14,
  }
  return as(desk, by.actor, (ctx) => verb(ctx, addSurvey, survey), { at: timeOf(at) })
}

/**
 * Whoever has their turn when it is solved is asked, and mostly answers. Turns come round every fifteen days, so that
 * nobody is asked before they are rested, in whichever order their stories are told.
 */
export function satisfactionOf({ random, caller }: Pick<Opening, 'random' | 'caller'>, resolved: number): Step[] {
  if (Math.floor(resolved / day) % 15 !== turnOf(caller)) return []
  const chances = random.fork('satisfaction')
  const asked = resolved + hour
  const score = chances.weighted([1, 2, 3, 4, 5], (one) => weights[one]!)
  const comment = chances.chance(0.4) ? chances.pick(comments[score]!) : ''
  const answered = asked + Math.round(chances.around(5, 1) * hour)
  const steps = [ownStep(asked, [askRequester])]
  return chances.chance(0.62) ? [...steps, step(answered, caller, [answer(score, comment)])] : steps
}

const turnOf = ({ name }: Player) => Array.from(name).reduce((sum, letter) => sum + letter.codePointAt(0)!, 0) % 15

/** Nobody of the demo organisation reads mail: it is asked in the portal alone. */
const askRequester: Act = async ({ desk }, ctx, itemId) => {
  const [survey] = await activeSurveys(ctx)
  if (survey) await ask(ctx, { ...desk, ports: { ...desk.ports, mail: null } }, { ...survey, restDays: 0 }, itemId)
}

const answer =
  (score: number, comment: string): Act =>
  async ({ verb }, ctx, itemId) => {
    const [asked] = await verb(ctx, listAsks, { itemId })
    if (asked) await verb(ctx, answerAsk, { itemId, id: asked.id, score, comment })
  }

const weights = [0, 4, 6, 13, 36, 41]

const comments: readonly (readonly string[])[] = [
  [],
  ['I had to explain the same thing three times.', 'Two days without it, and nobody told me why.'],
  ['It took too long.', 'It works, but I still do not know what was wrong.'],
  ['It works again.', 'Fine, though I had to ask how far it was.'],
  ['Quick enough, thank you.', 'Good help. A word in between would have been nice.'],
  ['Very friendly and fast.', 'Solved before I had finished my coffee.', 'Thank you, well explained.'],
]
