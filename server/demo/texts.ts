import { as } from '#server/core/desk.ts'
import type { Input } from '#shared/core/endpoint.ts'
import { saveView } from '#shared/item/views.ts'
import { addTemplate } from '#shared/template.ts'
import type { TeamName } from './organisations.ts'
import { timeOf, type Cast, type Crew } from './stage.ts'

type Text = Input<typeof addTemplate>

const starts: readonly Text[] = [
  {
    use: 'template',
    name: 'VPN does not connect',
    body: '',
    fill: {
      title: 'VPN does not connect',
      description: 'Client version:\nWi-Fi or cable:\nExact message:\nSince when:',
      category: 'Network',
      urgency: 2,
    },
  },
  {
    use: 'template',
    name: 'Suspicious mail',
    fill: {
      title: 'Suspicious mail',
      description: 'Sender:\nSubject:\nClicked or opened: yes / no\nForwarded as attachment: yes / no',
      category: 'Security',
      urgency: 2,
    },
  },
  {
    use: 'template',
    name: 'Till or card terminal is down',
    fill: {
      title: 'Till does not work',
      description: 'Store:\nTill number:\nOther tills that still work:\nMessage on the screen:',
      category: 'Application',
      impact: 2,
      urgency: 1,
    },
  },
]

const replies: readonly Text[] = [
  {
    use: 'reply',
    name: 'We have it and look into it',
    body: 'Hello {{requester}},\n\nthank you for telling us. We are looking into {{number}} and will write again as soon as we know more.',
  },
  {
    use: 'reply',
    name: 'Please send a screenshot',
    body: 'Hello {{requester}},\n\ncould you send us a screenshot of the whole window, with the message in it, and tell us when it happened last?',
  },
  {
    use: 'reply',
    name: 'Please restart and try again',
    body: 'Hello {{requester}},\n\nplease restart the computer once (Restart, not Shut down) and try again. Write to us whether it is better.',
  },
  {
    use: 'reply',
    name: 'Still there?',
    body: 'Hello {{requester}},\n\nwe have not heard from you about {{number}}. Is it still so? Without an answer we will resolve it in two days; you can reopen it then.',
  },
  {
    use: 'reply',
    name: 'Part is ordered',
    body: 'Hello {{requester}},\n\nthe part for {{number}} is ordered. We will write as soon as it is here.',
  },
]

const actions: readonly Text[] = [
  { use: 'action', name: 'Whole site is affected', fill: { impact: 1, urgency: 1 } },
  { use: 'action', name: 'Can wait', fill: { impact: 3, urgency: 3 } },
]

const handling: readonly Text[] = [
  {
    use: 'handling',
    name: 'VIP',
    filter: 'requester.vip:true',
    body: 'Call back within 30 minutes, also when there is nothing new. Do not hand this on without a call to the team lead.',
  },
  {
    use: 'handling',
    name: 'Norvik: vessels at sea',
    filter: 'requester.organisation:"Norvik Marine"',
    body: 'Crews reach us by satellite: keep attachments small and ask everything at once. Fleet control is on +49 431 555 0100.',
  },
  {
    use: 'handling',
    name: 'Brightwell: term time',
    filter: 'requester.organisation:"Brightwell Schools"',
    body: 'No visits to classrooms between 08:40 and 15:10. The school office lets technicians in.',
  },
]

/** What saves typing: templates, canned replies, quick actions and handling notes. */
export function makeTexts({ desk, verb, by, at }: Crew) {
  return as(
    desk,
    by.actor,
    async (ctx) => {
      for (const text of [...starts, ...replies, ...actions, ...handling]) await verb(ctx, addTemplate, text)
    },
    { at: timeOf(at) },
  )
}

const columns = ['number', 'title', 'priority', 'state', 'requester', 'team', 'assignee', 'updatedAt']

const views = [
  { name: 'Unassigned', filter: 'is:unassigned', sort: 'priority,-createdAt' },
  { name: 'Critical and high', filter: 'is:open priority<=2', sort: 'priority,-createdAt' },
  { name: 'My teams', filter: 'is:open team:my-team', sort: 'priority,-createdAt' },
  { name: 'Waiting for the caller', filter: 'hold:caller', sort: 'updatedAt' },
  { name: 'VIPs', filter: 'is:open requester.vip:true', sort: 'priority,-createdAt' },
  { name: 'Older than two weeks', filter: 'is:open created<-14d', sort: 'createdAt' },
  { name: 'Passed on three times or more', filter: 'is:open reassignmentCount>=3', sort: '-updatedAt' },
  { name: 'Major incidents', filter: 'major:true', sort: '-createdAt' },
  { name: 'Resolved this week', filter: 'is:done resolved>-7d', sort: '-updatedAt' },
]

/** The lists that everybody shares, and one of each team's own. */
export function makeViews({ desk, verb, by, at }: Crew, { staff, teamIds }: Cast) {
  const own: readonly (readonly [TeamName, string, string])[] = [
    ['Network', 'Lines and VPN', 'is:open team:network service.tier:1'],
    ['Service desk', 'First look', 'is:open team:"Service desk" state:new'],
    ['Security', 'Reported mails', 'is:open team:security title~mail'],
  ]
  const about = { kind: 'incident', columns }
  const shared = as(
    desk,
    by.actor,
    async (ctx) => {
      for (const view of views) await verb(ctx, saveView, { ...about, ...view, sharedWith: 'everyone' })
    },
    { at: timeOf(at) },
  )
  const ofTeams = own.map(async ([team, name, filter]) => {
    const leader = staff.find((one) => one.team === team)!
    const view = { ...about, name, filter, sort: 'priority,-createdAt' }
    await as(
      desk,
      leader.actor,
      (ctx) => verb(ctx, saveView, { ...view, sharedWith: 'team', teamId: teamIds.get(team)! }),
      { at: timeOf(at) },
    )
  })
  return Promise.all([shared, ...ofTeams])
}
