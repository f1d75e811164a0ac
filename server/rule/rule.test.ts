import { expect, test } from 'vitest'
import { assignIncident, changeIncident, openIncident } from '#shared/incident.ts'
import { listHistory } from '#shared/item/history.ts'
import { listNotes } from '#shared/item/conversation.ts'
import { addRule, changeRule, listRules, listTraces, removeRule, tryRule } from '#shared/rule.ts'
import { testDesk } from '#test/desk.ts'

const desk = await testDesk()
const network = await desk.team('Network')
const cloud = await desk.team('Cloud')
const vpn = await desk.service('VPN', 1)
const lena = await desk.person('Lena', { role: 'service_manager', teams: [network] })
const sam = await desk.agent('Sam', { teams: [network, cloud] })
const rita = await desk.requester('Rita')
const report = { title: 'Tunnel drops', serviceId: vpn.id } as const

test('a rule routes in the same moment, in the desk’s name, and the record says why', async () => {
  const rule = await lena.call(addRule, {
    name: 'VPN to Network',
    on: 'opened',
    filter: 'service:VPN',
    then: [
      { do: 'assign-team', teamId: network.id },
      { do: 'add-tag', tag: 'vpn' },
      { do: 'note', body: 'Check gw-01' },
    ],
  })
  const other = await lena.call(addRule, {
    name: 'Tier 1 to Cloud',
    on: 'opened',
    filter: 'service.tier:1',
    then: [{ do: 'assign-team', teamId: cloud.id }],
  })
  const incident = await rita.call(openIncident, report)
  expect(incident).toMatchObject({ team: { name: 'Network' }, tags: ['vpn'], reassignmentCount: 0 })

  const [trace] = await sam.call(listTraces, { itemId: incident.id })
  expect(trace).toMatchObject({
    seq: 1,
    tried: [{ name: 'VPN to Network', matched: true, did: ['Assigned to Network', 'Tagged vpn', 'Wrote a note'] }],
  })
  expect(trace!.tried).toHaveLength(1)
  const history = await sam.call(listHistory, { itemId: incident.id })
  expect(history[1]).toMatchObject({ name: 'incident.assigned', by: null, channel: 'system' })
  expect(await sam.call(listNotes, { itemId: incident.id })).toMatchObject([{ body: 'Check gw-01' }])
  await lena.call(removeRule, { id: rule.id })
  await lena.call(removeRule, { id: other.id })
})

test('a rule that does not match says which of its conditions did not hold', async () => {
  const rule = await lena.call(addRule, {
    name: 'Urgent VPN',
    on: 'opened',
    filter: 'service:VPN priority<=2',
    then: [{ do: 'set-impact', impact: 1 }],
  })
  const { id } = await rita.call(openIncident, report)
  const [trace] = await sam.call(listTraces, { itemId: id })
  expect(trace!.tried).toMatchObject([{ matched: false, because: 'priority<=2 does not hold', did: [] }])
  await lena.call(removeRule, { id: rule.id })
})

test('rules are tried in order; one that does not stop lets the next have its say; one that is off is not tried', async () => {
  const add = (name: string, tag: string, stop: boolean) =>
    lena.call(addRule, { name, on: 'changed', filter: '', then: [{ do: 'add-tag', tag }], stop })
  const [first, second, third] = [await add('a', 'a', false), await add('b', 'b', true), await add('c', 'c', true)]
  await lena.call(changeRule, { id: third.id, position: 0, active: false })
  expect((await lena.call(listRules, {})).map(({ name }) => name)).toEqual(['c', 'a', 'b'])
  const { id } = await rita.call(openIncident, report)
  expect(await sam.call(changeIncident, { id, category: 'Network' })).toMatchObject({ tags: ['a', 'b'] })
  for (const { id: rule } of [first, second, third]) await lena.call(removeRule, { id: rule })
})

const to = (team: { id: string }) => ({ do: 'assign-team', teamId: team.id }) as const

test('two rules that undo each other do not chase each other', async () => {
  const rules = [
    await lena.call(addRule, { name: '1', on: 'assigned', filter: 'team:Network', then: [to(cloud)], stop: false }),
    await lena.call(addRule, { name: '2', on: 'assigned', filter: 'team:Cloud', then: [to(network)], stop: false }),
  ]
  const { id } = await rita.call(openIncident, report)
  const assigned = await sam.call(assignIncident, { id, teamId: network.id })
  expect(assigned).toMatchObject({ team: { name: 'Network' }, reassignmentCount: 2 })
  for (const rule of rules) await lena.call(removeRule, { id: rule.id })
})

test('a step that cannot be done is told, and the report still stands', async () => {
  const outsider = await desk.agent('Olga', { teams: [cloud] })
  const rule = await lena.call(addRule, {
    name: 'To Olga',
    on: 'opened',
    filter: 'service:VPN',
    then: [
      { do: 'assign-team', teamId: network.id },
      { do: 'assign-person', personId: outsider.id },
    ],
  })
  const { id, team } = await rita.call(openIncident, report)
  expect(team).toMatchObject({ name: 'Network' })
  const [trace] = await sam.call(listTraces, { itemId: id })
  expect(trace!.tried[0]!.did[1]).toBe('Could not assign person: Olga is not in that team')
  await lena.call(removeRule, { id: rule.id })
})

test('a rule is refused where its condition cannot be read, and can be tried on what is there', async () => {
  const bad = {
    name: 'Bad',
    on: 'opened' as const,
    filter: 'prioity:1',
    then: [{ do: 'set-impact' as const, impact: 1 }],
  }
  await expect(lena.call(addRule, bad)).rejects.toThrow("Did you mean 'priority'")
  await expect(sam.call(addRule, { ...bad, filter: '' })).rejects.toThrow('403')
  await rita.call(openIncident, { title: 'Xylophone out of tune' })
  const tried = await lena.call(tryRule, { filter: 'title~xylophone' })
  expect(tried).toMatchObject({ matchCount: 1, matches: [{ title: 'Xylophone out of tune' }] })
})
