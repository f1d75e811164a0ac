import { expect, test } from 'vitest'
import { openIncident } from '#shared/incident.ts'
import { activatePerson, deactivatePerson } from '#shared/people.ts'
import { getRecord } from '#shared/records.ts'
import { setUpDesk } from '#server/session/browser.fixture.ts'

const { desk, ada, invited } = await setUpDesk()

test('a link ends when its person’s access ends, and does not come back with it', async () => {
  const rita = await invited('Rita Leaver', 'requester')
  const { id } = await ada.call(openIncident, { title: 'The door sticks', requesterId: rita.id })
  await desk.settle()
  const letter = desk.mail.findLast(({ text }) => text.includes('/guest#'))!
  const guest = desk.guest(/http\S+#\S+/.exec(letter.text)![0])
  await guest.call(getRecord, { key: id })
  await ada.call(deactivatePerson, { id: rita.id })
  await expect(guest.call(getRecord, { key: id })).rejects.toThrow('401')
  await ada.call(activatePerson, { id: rita.id })
  await expect(guest.call(getRecord, { key: id })).rejects.toThrow('401')
})
