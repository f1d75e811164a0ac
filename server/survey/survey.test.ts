import { expect, test } from 'vitest'
import { closeIncident, openIncident, reopenIncident, resolveIncident } from '#shared/incident.ts'
import { listHistory } from '#shared/item/history.ts'
import { addSurvey, answerAsk, changeSurvey, listAsks, listSurveys, trySurvey } from '#shared/survey.ts'
import type { Input } from '#shared/core/endpoint.ts'
import { testDesk } from '#test/desk.ts'

const desk = await testDesk()
const sam = await desk.agent('Sam')
const lena = await desk.person('Lena', { role: 'service_manager' })
const fixed = { code: 'fixed', notes: 'Done' } as const
const question = 'How satisfied are you with the help?'
let people = 0

/** A survey of records of a service of its own, so that tests keep out of each other's way. */
async function surveyed(more: Partial<Input<typeof addSurvey>> = {}) {
  people += 1
  const service = await desk.service(`Service ${people}`)
  const filter = `service:"${service.name}"`
  const survey = await lena.call(addSurvey, { name: `Survey ${people}`, question, filter, ...more })
  const rita = await desk.requester(`Rita ${people}`)
  const solved = async (who = rita) => {
    const { id } = await who.call(openIncident, { title: 'The door sticks', serviceId: service.id })
    await sam.call(resolveIncident, { id, ...fixed })
    return id
  }
  return { survey, service, rita, solved }
}

const linksIn = (text: string) => [...text.matchAll(/http\S+score=(\d)#\S+/g)]
const lettersTo = (who: { email: string }) => desk.mailTo(who).filter(({ subject }) => subject.endsWith('how was it?'))

test('CRM-02: a requester is asked by mail once it is solved, and answers from the letter without sign-in', async () => {
  const { rita, solved } = await surveyed()
  const id = await solved()
  await desk.settle()
  expect(lettersTo(rita)).toEqual([])
  await desk.pass(1.1)
  const [letter] = lettersTo(rita)
  expect(letter!.text).toContain(question)
  expect(linksIn(letter!.text).map(([, score]) => score)).toEqual(['5', '4', '3', '2', '1'])

  const guest = desk.guest(linksIn(letter!.text)[1]![0])
  const [asked] = await guest.call(listAsks, { itemId: id })
  expect(asked).toMatchObject({ question, person: { id: rita.id }, answer: null })
  await guest.call(answerAsk, { itemId: id, id: asked!.id, score: 4, comment: 'Quick' })
  expect(await sam.call(listAsks, { itemId: id })).toMatchObject([{ answer: { score: 4, comment: 'Quick' } }])
  expect((await sam.call(listHistory, { itemId: id })).at(-1)).toMatchObject({
    name: 'survey.answered',
    channel: 'link',
    by: { id: rita.id },
    data: { score: 4 },
  })
})

test('CRM-02: there is one answer to each question, changed while it is open, and by nobody else', async () => {
  const { rita, solved } = await surveyed({ delayHours: 0, openDays: 3 })
  const itemId = await solved()
  await desk.settle()
  const { id } = (await rita.call(listAsks, { itemId }))[0]!
  await rita.call(answerAsk, { itemId, id, score: 2 })
  await desk.pass(24)
  await rita.call(answerAsk, { itemId, id, score: 5, comment: 'It lasts' })
  await rita.call(answerAsk, { itemId, id, score: 5, comment: 'It lasts' })
  const asks = await rita.call(listAsks, { itemId })
  expect(asks).toMatchObject([{ answer: { score: 5, comment: 'It lasts' } }])
  expect(asks[0]!.answer!.changedAt > asks[0]!.answer!.at).toBe(true)
  const told = (await sam.call(listHistory, { itemId })).filter(({ name }) => name === 'survey.answered')
  expect(told.map(({ data }) => [data['before'], data['score']])).toEqual([
    [undefined, 2],
    [2, 5],
  ])
  await expect(sam.call(answerAsk, { itemId, id, score: 5 })).rejects.toThrow('Only Rita')
  await expect(rita.call(answerAsk, { itemId, id, score: 6 })).rejects.toThrow('400')
  await desk.pass(49)
  await expect(rita.call(answerAsk, { itemId, id, score: 1 })).rejects.toThrow('409 This can no longer be answered')

  await rita.call(reopenIncident, { id: itemId, reason: 'Again' })
  await sam.call(resolveIncident, { id: itemId, ...fixed })
  await desk.pass(24 * 20)
  expect(await rita.call(listAsks, { itemId })).toHaveLength(1)
})

test('CRM-02: nobody is asked again before they are rested, by whichever survey', async () => {
  const { rita, solved, service } = await surveyed({ delayHours: 0, restDays: 7 })
  const filter = `service:"${service.name}"`
  await lena.call(addSurvey, { name: 'A second one', question, filter, delayHours: 0, restDays: 7 })
  await solved()
  await solved()
  await desk.settle()
  expect(lettersTo(rita)).toHaveLength(1)
  await desk.pass(6 * 24)
  await solved()
  await desk.settle()
  expect(lettersTo(rita)).toHaveLength(1)
  await desk.pass(2 * 24)
  await solved()
  await desk.settle()
  expect(lettersTo(rita)).toHaveLength(2)
})

test('CRM-02: only what matches, in the share, still solved, and whose requester can be reached is asked about', async () => {
  const { survey, rita, solved } = await surveyed({ delayHours: 2 })
  const reopened = await solved()
  await rita.call(reopenIncident, { id: reopened, reason: 'Again' })
  const other = await rita.call(openIncident, { title: 'Of no service' })
  await sam.call(resolveIncident, { id: other.id, ...fixed })
  await desk.pass(3)
  expect(lettersTo(rita)).toEqual([])

  const gone = await desk.requester('Rita who left')
  const nameless = await desk.requester('Rita of a file')
  const [one, two] = [await solved(gone), await solved(nameless)]
  await desk.asSystem(async ({ db }) => {
    await db.updateTable('person').set({ active: false }).where('id', '=', gone.id).execute()
    await db.updateTable('person').set({ email: 'x@imported.invalid' }).where('id', '=', nameless.id).execute()
  })
  await desk.pass(3)
  for (const itemId of [one, two]) expect(await sam.call(listAsks, { itemId })).toEqual([])

  await lena.call(changeSurvey, { id: survey.id, active: false })
  await solved()
  await desk.pass(3)
  expect(lettersTo(rita)).toEqual([])
})

test('CRM-02: a survey that waits for the closing asks then', async () => {
  const { rita, solved } = await surveyed({ on: 'closed', delayHours: 0 })
  const id = await solved()
  await desk.settle()
  expect(lettersTo(rita)).toEqual([])
  await rita.call(closeIncident, { id })
  await desk.settle()
  expect(lettersTo(rita)).toHaveLength(1)
})

test('a trial tells how many of the past it would have asked about, and asks nobody', async () => {
  const { survey, service, rita, solved } = await surveyed({ active: false })
  const others = await Promise.all([1, 2, 3].map((at) => desk.requester(`Another ${people} ${at}`)))
  for (const who of [rita, rita, ...others]) await solved(who)
  const terms = { id: survey.id, on: 'resolved', share: 100, restDays: 7 } as const
  const filter = `service:"${service.name}"`
  const { of, matched, asked } = await lena.call(trySurvey, { ...terms, filter })
  expect([matched, asked]).toEqual([5, 4])
  expect(of).toBeGreaterThan(matched)
  expect(await lena.call(trySurvey, { ...terms, filter, restDays: 0 })).toMatchObject({ asked: 5 })
  await expect(lena.call(trySurvey, { ...terms, filter: 'colour:red' })).rejects.toThrow('400')
  await desk.settle()
  expect(lettersTo(rita)).toEqual([])
})

test('what came of a survey is told from five answers on, with the interval of its response rate', async () => {
  const { survey, solved } = await surveyed({ delayHours: 0 })
  const outcome = async () => (await lena.call(listSurveys, {})).find(({ id }) => id === survey.id)!.outcome
  for (let at = 0; at < 6; at += 1) {
    const who = await desk.requester(`Answering ${people} ${at}`)
    const itemId = await solved(who)
    await desk.settle()
    const { id } = (await who.call(listAsks, { itemId }))[0]!
    if (at < 4) await who.call(answerAsk, { itemId, id, score: at + 2 })
    if (at === 3)
      expect(await outcome()).toMatchObject({ asked: 4, answered: 4, rate: null, satisfied: null, mean: null })
    if (at === 4) await who.call(answerAsk, { itemId, id, score: 5 })
  }
  const told = await outcome()
  expect(told).toMatchObject({ asked: 6, answered: 5, satisfied: 0.6, mean: 3.8 })
  expect(told.rateFrom! < told.rate! && told.rate! < told.rateTo!).toBe(true)
})

test('two surveys do not share a name, and one that cannot be read is refused with its place', async () => {
  const { survey } = await surveyed()
  await expect(lena.call(addSurvey, { name: survey.name.toUpperCase(), question })).rejects.toThrow(
    '409 There is a survey',
  )
  await expect(lena.call(addSurvey, { name: 'Wrong', question, filter: 'colour:red' })).rejects.toThrow(
    'At character 1',
  )
})
