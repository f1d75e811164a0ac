import { expect, test } from 'vitest'
import { listCustomFields } from '#shared/item/custom.ts'
import { openIncident } from '#shared/incident.ts'
import { listPeople } from '#shared/people.ts'
import { listRecords } from '#shared/records.ts'
import { admin } from '#test/template.ts'
import { setUpDesk } from './browser.fixture.ts'

const { desk, ada, roles, invited } = await setUpDesk()

/** What another process of the desk writes: this one is told nothing. */
const elsewhere = <Row extends object>(text: string) => admin<Row>(text, desk.database)
const mayList = async ({ send }: Pick<typeof ada, 'send'>) => (await send(listPeople, {})).statusCode

test('what somebody may do is what they may do at the very next request, whoever changed it', async () => {
  const nils = await invited('Nils Aas', 'requester')
  expect(await mayList(nils)).toBe(403)
  await elsewhere(`insert into person_role values ('${nils.id}', '${roles.get('administrator')}')`)
  await elsewhere(`update person set audience = 'staff' where id = '${nils.id}'`)
  expect(await mayList(nils)).toBe(200)
  const [was] = await elsewhere<{ permissions: string[] }>(`select permissions from role where key = 'administrator'`)
  await elsewhere(`update role set permissions = '{item.read}' where key = 'administrator'`)
  expect([await mayList(nils), await mayList(ada)]).toEqual([403, 403])
  await elsewhere(`update role set permissions = '{${was!.permissions.join(',')}}' where key = 'administrator'`)
  expect([await mayList(nils), await mayList(ada)]).toEqual([200, 200])
  await elsewhere(`update person set active = false where id = '${nils.id}'`)
  expect(await mayList(nils)).toBe(401)
})

test('a session that was ended by another process is over at its next request', async () => {
  const nora = await invited('Nora Vik')
  expect(await mayList(nora)).toBe(200)
  await elsewhere(`delete from session where person_id = '${nora.id}'`)
  expect(await mayList(nora)).toBe(401)
})

test('whoever leaves a team no longer sees its records at the next request', async () => {
  const [kai, marine] = [
    await invited('Kai Moen'),
    await desk.team('Marine', [await desk.organisation('Norvik Marine')]),
  ]
  await elsewhere(`insert into member (team_id, person_id) values ('${marine.id}', '${kai.id}')`)
  const [theirs] = await elsewhere<{ id: string }>(
    `insert into person (id, name, email, organisation_id, audience, created_at) select gen_random_uuid(), 'Mia', 'mia@n.example',
     organisation_id, 'requester', now() from team_organisation where team_id = '${marine.id}' returning id`,
  )
  const told = { title: 'The radar is dark', requesterId: theirs!.id }
  expect((await kai.send(openIncident, told)).statusCode).toBe(200)
  const seen = async () => (await kai.call(listRecords, { kind: 'incident' })).records.length
  expect(await seen()).toBe(1)
  await elsewhere(`delete from member where person_id = '${kai.id}'`)
  expect(await seen()).toBe(0)
})

test('a field that another process added is there at the next request', async () => {
  const before = await ada.call(listCustomFields, { kind: 'incident' })
  await elsewhere(`insert into custom_field (id, kind, name, label, type, options, required, shown_to_requesters, position)
    values (gen_random_uuid(), 'incident', 'floor', 'Floor', 'text', '{}', false, true, 9)`)
  const after = await ada.call(listCustomFields, { kind: 'incident' })
  expect(after.map(({ name }) => name)).toEqual([...before.map(({ name }) => name), 'floor'])
})

test('whoever asks while the set-up changes all the time is answered all the same', async () => {
  const changing = elsewhere(`do $$ begin
    for turn in 1..200 loop
      update role set name = name || '.' where key = 'auditor';
      commit;
      perform pg_sleep(0.002);
    end loop;
  end $$`)
  const asked = Array.from({ length: 60 }, () => mayList(ada))
  expect(new Set(await Promise.all(asked))).toEqual(new Set([200]))
  await changing
})

test('what records mention is called in a list as it is called now, whoever renamed it', async () => {
  const [mail] = await elsewhere<{ id: string }>(
    `insert into service (id, name, tier) values (gen_random_uuid(), 'Mail', 2) returning id`,
  )
  const nina = await invited('Nina Lie')
  await ada.call(openIncident, { title: 'No mail arrives', requesterId: nina.id, serviceId: mail!.id })
  const shown = async () => (await ada.call(listRecords, { filter: `service:${mail!.id}` })).records[0]
  expect(await shown()).toMatchObject({
    service: { name: 'Mail', tier: 2 },
    requester: { name: 'Nina Lie', vip: false },
  })
  const once = async (change: string, then: object) => {
    await elsewhere(change)
    expect(await shown()).toMatchObject(then)
  }
  await once(`update service set tier = 1 where id = '${mail!.id}'`, { service: { name: 'Mail', tier: 1 } })
  await once(`update person set vip = true where id = '${nina.id}'`, { requester: { vip: true } })
  await once(
    `update organisation set name = 'Bergen' where id = (select organisation_id from person where id = '${nina.id}')`,
    { organisation: { name: 'Bergen' } },
  )
})
