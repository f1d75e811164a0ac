import type { Output } from '#shared/core/endpoint.ts'
import type { EventName } from '#shared/events.ts'
import type { listHistory } from '#shared/item/history.ts'
import type { linkTypes } from '#shared/item/links.ts'

export type Happening = Output<typeof listHistory>[number]

/** A link as it reads from both of its ends. */
const linkNames: Readonly<Record<string, string>> = {
  relates: 'related',
  duplicates: 'duplicate',
  causes: 'cause',
  blocks: 'one blocks the other',
  follows: 'follow-up',
} satisfies Record<keyof typeof linkTypes, string>

type Data = Happening['data']

/** Of each happening, what its fields before and after do not tell. */
const sentences: { readonly [Name in EventName]: string | ((data: Data, happening: Happening) => string) } = {
  'item.changed': 'changed it',
  'item.tagged': 'changed the tags',
  'item.undone': 'took a change back',
  'item.restricted': 'changed who may see it',
  'item.commented': 'wrote a comment',
  'item.noted': 'wrote an internal note',
  'item.attached': ({ name, internal }) => `attached ${text(name)}${forStaff(internal)}`,
  'item.detached': ({ name, internal }) => `removed the file ${text(name)}${forStaff(internal)}`,
  'item.linked': (data) => `linked it ${toWhat(data)}`,
  'item.unlinked': (data) => `took away the link ${toWhat(data)}`,
  'item.watched': (data, { by }) => (isOf(by, data) ? 'watches it' : `lets ${whom(data)} watch it`),
  'item.unwatched': (data, { by }) => (isOf(by, data) ? 'no longer watches it' : `ended that ${whom(data)} watches it`),
  'item.task-changed': ({ did, title }) => `${tasks[text(did)] ?? 'changed the task'} “${text(title)}”`,
  'guest.withdrawn': 'withdrew the links by which it could be read without sign-in',
  'survey.asked': ({ name }) => `asked how it was: “${text(name)}”`,
  'survey.answered': ({ score, before }) =>
    `gave it ${number(score)} of 5${before === undefined ? '' : `, where it was ${number(before)}`}`,
  'sla.warned': ({ percent, name }) => `noted that ${number(percent)} % of “${text(name)}” is used up`,
  'sla.breached': ({ name, late }) =>
    `noted that “${text(name)}” is overdue${late === true ? ', late, as the desk was down then' : ''}`,
  'incident.opened': 'reported it',
  'incident.changed': 'changed it',
  'incident.assigned': 'assigned it',
  'incident.bounced': ({ count }) => `was warned: it has changed hands ${number(count)} times`,
  'incident.started': 'started work',
  'incident.held': 'let it wait',
  'incident.resumed': ({ because }) => `went on with it${reasons[text(because)] ?? ''}`,
  'incident.resolved': 'resolved it',
  'incident.reopened': 'reopened it',
  'incident.followed': ({ by }) => `opened ${text(by) || 'another one'} to follow it`,
  'incident.closed': ({ automatic }) => (automatic === true ? 'closed it, as its time was over' : 'closed it'),
  'incident.cancelled': 'cancelled it',
  'incident.priority-set': 'set the priority by hand',
  'incident.parent-set': 'changed the parent',
  'incident.occurred': ({ signals }) => `saw it happen again, ${number(signals)} times by now`,
}

const tasks: Readonly<Record<string, string>> = {
  added: 'added the task',
  changed: 'changed the task',
  done: 'ticked off',
  undone: 'reopened the task',
  removed: 'removed the task',
}

const reasons: Readonly<Record<string, string>> = {
  'caller-replied': ', as the caller replied',
  parent: ', as its parent did',
}

const forStaff = (internal: unknown) => (internal === true ? ', for staff only' : '')

const toWhat = ({ other, type }: Data) =>
  `to ${text(other) || 'another record'} (${linkNames[text(type)] ?? 'related'})`

const isOf = (by: Happening['by'], { personId }: Data) => by !== null && by.id === personId

const whom = ({ person }: Data) => text(person) || 'somebody'

/** What happened, after the name of who did it. */
export function sentenceOf(happening: Happening): string {
  const { name, data } = happening
  const sentence: (typeof sentences)[EventName] = isKnown(name) ? sentences[name] : name
  return typeof sentence === 'string' ? sentence : sentence(data, happening)
}

const isKnown = (name: string): name is EventName => Object.hasOwn(sentences, name)

/** Why it was done, in the words of who did it; what has a field of its own is told by that. */
export const reasonOf = ({ name, data }: Happening) => (given.has(name) ? text(data['reason']) : '')

const given: ReadonlySet<string> = new Set(['incident.reopened', 'incident.cancelled', 'incident.priority-set'])

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const number = (value: unknown) => (typeof value === 'number' ? value : 0)

const channels: Readonly<Record<string, string>> = {
  web: 'web',
  api: 'API',
  email: 'e-mail',
  alert: 'monitoring',
  import: 'import',
  system: 'the desk itself',
  cli: 'command line',
  link: 'link in a letter',
}

export const channelName = (channel: string) => channels[channel] ?? channel

/** Who did it: the desk itself when nobody did. */
export const doerOf = ({ by }: Happening) => by?.name ?? 'The desk'
