import { expect, test } from 'vitest'
import { fields, idOf, predicates } from './desk.fixture.ts'
import { matches } from './evaluate.ts'
import { parse } from './parse.ts'
import type { World } from './world.ts'

// Noon in Berlin on the day its clocks go forward.
const world: World = {
  fields,
  predicates,
  now: '2026-03-29T10:00:00.000Z',
  zone: 'Europe/Berlin',
  me: idOf(2, 0),
  myTeams: [idOf(3, 0)],
}

const record = {
  number: 'INC0001042',
  title: 'OpenVPN fails: hotel Wi-Fi, Straße 9',
  searchText: 'No route to host. ΟΔΟΣ',
  note: '',
  state: 'new',
  phase: 'open',
  priority: 2,
  score: null,
  confidential: false,
  createdAt: '2026-03-28T23:00:00.000Z',
  dueAt: null,
  endsOn: '2026-03-29',
  tags: [],
  service: { id: idOf(4, 1), name: 'VPN', tier: 1, owner: null },
  team: null,
  assignee: { id: idOf(2, 0), name: 'Sam Ortiz', email: 'sam@example.com' },
  requester: { id: idOf(2, 1), name: 'Zoë ÅKERMAN' },
  custom: { cost_centre: 4711 },
}

const holds = (text: string, more: Partial<World> = {}) =>
  matches(parse(text, fields, predicates), record, { ...world, ...more })

test.for([
  'priority<=2 -priority<2',
  'priority:1..3 -priority:3..9',
  '-score:1 -score<1 -score>=1 score!=1 score:none',
  '-team:network team!=network team:none -team:any',
  'service.tier:1 service:vpn service~V -service:vp',
  'service.owner:none service.owner.name:none -service.owner.vip:true -service.owner.vip:false',
  'team.lead.name:none -team.lead.name~a',
  'assignee:me assignee:"sam ORTIZ" assignee:SAM@example.com assignee~ort requester!=me',
  'requester:"zoë åkerman"',
  'custom.cost_centre>4000 custom.site:none custom.approved!=true',
  'tags:none -tags:urgent',
  'note="" -note:none note!=x',
  'title:wi-fi title:FAILS title:"hotel WI-FI" -title:vpn title~vpn',
  'title:STRAßE -title:STRASSE title:"straße 9"',
  'title="OpenVPN fails: hotel Wi-Fi, Straße 9" -title="openvpn fails: hotel wi-fi, straße 9"',
  'is:open -is:done -is:unassigned',
  'open hotel "route host" inc0001042 οδοσ -vpn -"wi ropes" wif or stra',
])('a record meets %s', (text) => expect(holds(text)).toBe(true))

test.for<[string, string, boolean]>([
  ['created:today', 'Europe/Berlin', true],
  ['created:today', 'UTC', false],
  ['created:yesterday', 'UTC', true],
  ['created>yesterday', 'Europe/Berlin', true],
  ['created>yesterday', 'UTC', false],
  ['created<=2026-03-28', 'UTC', true],
  ['created<2026-03-28', 'UTC', false],
  ['created<=2026-03-28', 'Europe/Berlin', false],
  ['created:2026-03-01..2026-03-28', 'America/New_York', true],
  ['created:2026-03-28T23:00Z', 'Asia/Kolkata', true],
  ['created:2026-03-29T00:00', 'Europe/Berlin', true],
  ['created:2026-03-29T00:00:00+01:00', 'UTC', true],
  ['created:2026-03-29T00:00:01+01:00', 'UTC', false],
  ['created>2026-03-28T22:59Z', 'UTC', true],
  ['created>2026-03-28T23:00Z', 'UTC', false],
  ['created>=2026-03-28T23:00Z', 'UTC', true],
  // A day before noon is noon, though that is 23 hours ago in Berlin and 24 elsewhere.
  ['created<-11h', 'UTC', false],
  ['created<-10h', 'UTC', true],
  ['created>-11h', 'UTC', false],
  ['created>=-11h', 'UTC', true],
  ['created>-1d', 'UTC', true],
  ['created<now', 'UTC', true],
  ['created>-9999y', 'UTC', true],
  ['created<9999y', 'UTC', true],
  ['created<9999-12-31', 'Pacific/Kiritimati', true],
  ['created>0001-01-01', 'Pacific/Kiritimati', true],
  ['endsOn:today', 'Europe/Berlin', true],
  ['endsOn:today', 'America/New_York', true],
  ['endsOn>yesterday endsOn<tomorrow', 'America/New_York', true],
  ['due<now or due>now or due:today', 'UTC', false],
])('%s is, in %s, %s', ([text, zone, expected]) => expect(holds(text, { zone })).toBe(expected))

const at = (createdAt: string, text: string) => matches(parse(text, fields), { createdAt }, world)

test('a distance in days keeps the time of day when the clocks change; one in hours does not', () => {
  expect(at('2026-03-28T11:00:00.000Z', 'created<=-1d')).toBe(true)
  expect(at('2026-03-28T11:00:00.001Z', 'created<=-1d')).toBe(false)
  expect(at('2026-03-28T10:00:00.000Z', 'created<=-24h')).toBe(true)
  expect(at('2026-03-28T10:00:00.001Z', 'created<=-24h')).toBe(false)
})

test('nobody is me to a desk that acts by itself', () => {
  expect(holds('assignee:me', { me: null })).toBe(false)
  expect(holds('-assignee:me', { me: null })).toBe(true)
  expect(holds('team:my-team', { myTeams: [] })).toBe(false)
})

test('a record cannot lend a filter what it does not hold itself', () => {
  const filter = { field: 'custom.site', op: '!=', value: null } as const
  expect(matches(filter, { custom: Object.create({ site: 'Oslo' }) }, world)).toBe(false)
  expect(matches(filter, { custom: { site: 'Oslo' } }, world)).toBe(true)
})

const created = (text: string) => at('2026-03-28T11:00:30.500Z', `created:${text}`)

test('a time is as long as it is written: a minute, a second, a thousandth', () => {
  expect(['T11:00Z', 'T11:00:30Z', 'T11:00:30.5Z'].map((time) => created(`2026-03-28${time}`))).toEqual([
    true,
    true,
    true,
  ])
  expect(['T11:01Z', 'T11:00:31Z', 'T11:00:30.4Z'].map((time) => created(`2026-03-28${time}`))).toEqual([
    false,
    false,
    false,
  ])
})

const has = (title: string, word: string) => matches(parse(`title:"${word}"`, fields), { title }, world)

test('a word is whole in every script that parts words by spaces', () => {
  expect(['vpn-1', 'a vpn.', '(vpn)', 'vpn’s', 'vpn网络'].filter((title) => !has(title, 'vpn'))).toEqual([])
  expect(['évpn', 'vpnữ', 'vpn_1', 'vpn2', 'жvpn', 'नvpn'].filter((title) => has(title, 'vpn'))).toEqual([])
  expect(has('公司网络故障', '网络')).toBe(true)
})
