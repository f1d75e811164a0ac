import { expect, test } from 'vitest'
import {
  assignIncident,
  changeIncident,
  closeIncident,
  holdIncident,
  openIncident,
  reopenIncident,
  resolveIncident,
} from '#shared/incident.ts'
import { getGuest, guestWritesAnHour, listGuestLinks, withdrawGuestLinks } from '#shared/guest.ts'
import { addComment, addNote, listComments } from '#shared/item/conversation.ts'
import { listHistory } from '#shared/item/history.ts'
import { getRecord, listRecords } from '#shared/records.ts'
import { addDefinition, listPromises } from '#shared/sla.ts'
import { startingTerms } from '#shared/sla/terms.ts'
import { testDesk } from '#test/desk.ts'

const desk = await testDesk()
const sam = await desk.agent('Sam')
const ada = await desk.administrator('Ada')
const fixed = { code: 'fixed', notes: 'It has a new cable.' } as const
let people = 0

/** Somebody to whom staff open a record: they have no password, and never had one. */
async function reported(more: { title?: string } = {}) {
  people += 1
  const rita = await desk.requester(`Rita ${people}`)
  const { id, number } = await sam.call(openIncident, { title: 'The door sticks', ...more, requesterId: rita.id })
  await desk.settle()
  return { rita, id, number, guest: guestOf(rita) }
}

const linkIn = (text: string) => /http\S+#\S+/.exec(text)![0]
const guestOf = (who: { email: string }) => desk.guest(linkIn(desk.mailTo(who).at(-1)!.text))

test('REQ-09: a letter’s link opens that record without sign-in: where it stands, what was said, and nothing internal', async () => {
  const { rita, id, number, guest } = await reported()
  await sam.call(addNote, { itemId: id, body: 'Says so every week' })
  await sam.call(addComment, { itemId: id, body: 'Which door is it?' })
  expect(await guest.call(getGuest, {})).toMatchObject({ id: rita.id, name: rita.name, number, hasPassword: false })
  expect(await guest.call(getRecord, { key: number })).toMatchObject({
    number,
    state: 'new',
    can: ['cancel', 'comment'],
  })
  expect(await guest.call(listComments, { itemId: id })).toMatchObject([{ body: 'Which door is it?' }])
  expect(JSON.stringify(await guest.call(listHistory, { itemId: id }))).not.toContain('item.noted')
})

test('REQ-09: the link shows that record alone, also of those that its person may see signed in', async () => {
  const { rita, guest, number } = await reported()
  const other = await rita.call(openIncident, { title: 'Mine as well' })
  for (const key of [other.id, other.number])
    await expect(guest.call(getRecord, { key })).rejects.toThrow('There is no such record')
  await expect(guest.call(addComment, { itemId: other.id, body: 'Hello' })).rejects.toThrow('404')
  await expect(guest.call(listRecords, {})).rejects.toThrow('403 You may not do this by a link')
  await expect(guest.call(openIncident, { title: 'Another' })).rejects.toThrow('403')
  expect(await guest.call(getRecord, { key: number })).toMatchObject({ number })
})

test('REQ-09: what is written through a link is in the history as that person, through the link', async () => {
  const { rita, id, guest } = await reported()
  await sam.call(holdIncident, { id, reason: 'caller', comment: 'Which door is it?' })
  await guest.call(addComment, { itemId: id, body: 'The red one' })
  expect(await sam.call(getRecord, { key: id })).toMatchObject({ state: 'in_progress' })
  const history = await sam.call(listHistory, { itemId: id })
  expect(history.filter(({ channel }) => channel === 'link')).toMatchObject([
    { name: 'item.commented', by: { id: rita.id } },
  ])
  expect(await sam.call(listComments, { itemId: id })).toMatchObject([{}, { channel: 'link', author: { id: rita.id } }])
})

test('REQ-09: a resolution is confirmed or sent back by the link', async () => {
  const { rita, id, guest } = await reported()
  await sam.call(resolveIncident, { id, ...fixed })
  await desk.settle()
  const letter = desk.mailTo(rita).at(-1)!
  expect(letter.subject).toMatch(/^INC\d+: solved/)
  expect(letter.text).toContain('It has a new cable.')
  await guest.call(reopenIncident, { id, reason: 'It sticks still' })
  await sam.call(resolveIncident, { id, ...fixed })
  expect(await guestOf(rita).call(closeIncident, { id })).toMatchObject({ state: 'closed', can: [] })
  await expect(guest.call(reopenIncident, { id, reason: 'Again' })).rejects.toThrow('can no longer be reopened by')
})

test('REQ-09: the time that was promised stands still while we wait for an answer, and is another one after', async () => {
  const terms = { ...startingTerms, start: 'title:"Lift"', pause: 'is:waiting' }
  await ada.call(addDefinition, { name: 'Lifts', type: 'sla', target: 'resolution', terms })
  const { id, guest } = await reported({ title: 'Lift' })
  const [before] = await guest.call(listPromises, { itemId: id })
  expect(before).toMatchObject({ target: 'resolution', paused: false })
  await sam.call(holdIncident, { id, reason: 'caller', comment: 'Which floor?' })
  expect(await guest.call(listPromises, { itemId: id })).toEqual([{ target: 'resolution', paused: true, dueAt: null }])
  await desk.pass(3)
  await guest.call(addComment, { itemId: id, body: 'The second' })
  const [after] = await guest.call(listPromises, { itemId: id })
  expect(Date.parse(after!.dueAt!) - Date.parse(before!.dueAt!)).toBe(3 * 3_600_000)
})

test('a link ends after its time, and some weeks after the record was closed', async () => {
  const { id, guest } = await reported()
  await sam.call(resolveIncident, { id, ...fixed })
  await guest.call(closeIncident, { id })
  await desk.pass(29 * 24)
  expect(await guest.call(getRecord, { key: id })).toMatchObject({ state: 'closed' })
  await desk.pass(2 * 24)
  await expect(guest.call(getRecord, { key: id })).rejects.toThrow('401')

  const open = await reported()
  await desk.pass(59 * 24)
  await open.guest.call(getRecord, { key: open.id })
  await desk.pass(2 * 24)
  await expect(open.guest.call(getRecord, { key: open.id })).rejects.toThrow('401')
})

test('a link ends when staff withdraw it, and when the record is no longer theirs', async () => {
  const one = await reported()
  await one.guest.call(getRecord, { key: one.id })
  expect(await sam.call(listGuestLinks, { itemId: one.id })).toMatchObject([
    { person: { id: one.rita.id }, links: 1, lastUsedAt: expect.any(String) },
  ])
  await sam.call(withdrawGuestLinks, { itemId: one.id })
  await expect(one.guest.call(getRecord, { key: one.id })).rejects.toThrow('401')
  expect(await sam.call(listGuestLinks, { itemId: one.id })).toEqual([])
  expect((await sam.call(listHistory, { itemId: one.id })).at(-1)).toMatchObject({ name: 'guest.withdrawn' })

  const two = await reported()
  await sam.call(changeIncident, { id: two.id, requesterId: one.rita.id })
  await expect(two.guest.call(getRecord, { key: two.id })).rejects.toThrow('401')
})

test('whoever has a link writes only so much within an hour', async () => {
  const { id, guest } = await reported()
  for (let at = 0; at < guestWritesAnHour; at += 1) await guest.call(addComment, { itemId: id, body: `Again ${at}` })
  await expect(guest.call(addComment, { itemId: id, body: 'Once more' })).rejects.toThrow('429')
  await guest.call(getRecord, { key: id })
  await desk.pass(2)
  await guest.call(addComment, { itemId: id, body: 'Now' })
})

test('neither the letter that was sent nor any answer keeps the token', async () => {
  const { rita, id, guest } = await reported()
  const token = guest.authorization.split(' ')[1]!
  const kept = await desk.asSystem(({ db }) =>
    db.selectFrom('outgoingMail').select('body').where('recipient', '=', rita.email).execute(),
  )
  expect(kept[0]!.body).toContain('/guest#…')
  const answers = [await guest.call(getGuest, {}), await sam.call(listGuestLinks, { itemId: id })]
  expect(JSON.stringify(answers)).not.toContain(token)
})

test('letters tell requesters what others did, not what they did themselves, and of what is restricted only that it is', async () => {
  const rita = await desk.requester('Rita of the letters')
  const { id } = await rita.call(openIncident, { title: 'My payslip', confidential: true })
  await rita.call(addComment, { itemId: id, body: 'It is wrong' })
  await sam.call(assignIncident, { id, assigneeId: sam.id }).catch(() => {})
  await desk.settle()
  expect(desk.mailTo(rita)).toMatchObject([{ subject: expect.stringMatching(/^INC\d+: we have your report$/) }])
  expect(desk.mailTo(rita)[0]!.text).not.toContain('payslip')
})
