import type { Output } from '#shared/core/endpoint.ts'
import { text } from '#shared/core/message.ts'
import type { EventName } from '#shared/events.ts'
import type { listHistory } from '#shared/item/history.ts'
import type { linkTypes } from '#shared/item/links.ts'
import { t } from '#web/core/words.ts'

export type Happening = Output<typeof listHistory>[number]

/** A sentence with a place for `{who}`, and what else stands in it. */
export interface Told {
  readonly of: string
  readonly values: Readonly<Record<string, string | number>>
}

/** A link as it reads from both of its ends. */
const linkNames: Readonly<Record<string, string>> = {
  relates: t('related'),
  duplicates: t('duplicate'),
  causes: t('cause'),
  blocks: t('one blocks the other'),
  follows: t('follow-up'),
} satisfies Record<keyof typeof linkTypes, string>

type Data = Happening['data']

/** Of each happening, what its fields before and after do not tell. */
const sentences: { readonly [Name in EventName]: string | ((data: Data, happening: Happening) => Told) } = {
  'item.changed': text('{who} changed it'),
  'item.tagged': text('{who} changed the tags'),
  'item.undone': text('{who} took a change back'),
  'item.restricted': text('{who} changed who may see it'),
  'item.commented': text('{who} wrote a comment'),
  'item.noted': text('{who} wrote an internal note'),
  'item.attached': ({ name, internal }) =>
    told(internal === true ? text('{who} attached {name}, for staff only') : text('{who} attached {name}'), {
      name: wordsOf(name),
    }),
  'item.detached': ({ name, internal }) =>
    told(
      internal === true ? text('{who} removed the file {name}, for staff only') : text('{who} removed the file {name}'),
      { name: wordsOf(name) },
    ),
  'item.linked': (data) => told(text('{who} linked it to {other} ({link})'), linkOf(data)),
  'item.unlinked': (data) => told(text('{who} took away the link to {other} ({link})'), linkOf(data)),
  'item.watched': (data, { by }) =>
    isOf(by, data) ? told(text('{who} watches it')) : told(text('{who} lets {whom} watch it'), { whom: whom(data) }),
  'item.unwatched': (data, { by }) =>
    isOf(by, data)
      ? told(text('{who} no longer watches it'))
      : told(text('{who} ended that {whom} watches it'), { whom: whom(data) }),
  'item.task-changed': ({ did, title }) =>
    told(tasks[wordsOf(did)] ?? text('{who} changed the task “{title}”'), { title: wordsOf(title) }),
  'guest.withdrawn': text('{who} withdrew the links by which it could be read without sign-in'),
  'survey.asked': ({ name }) => told(text('{who} asked how it was: “{name}”'), { name: wordsOf(name) }),
  'survey.answered': ({ score, before }) =>
    before === undefined
      ? told(text('{who} gave it {score} of 5'), { score: number(score) })
      : told(text('{who} gave it {score} of 5, where it was {before}'), {
          score: number(score),
          before: number(before),
        }),
  'sla.warned': ({ percent, name }) =>
    told(text('{who} noted that {percent} % of “{name}” is used up'), {
      percent: number(percent),
      name: wordsOf(name),
    }),
  'sla.breached': ({ name, late }) =>
    told(
      late === true
        ? text('{who} noted that “{name}” is overdue, late, as the desk was down then')
        : text('{who} noted that “{name}” is overdue'),
      { name: wordsOf(name) },
    ),
  'incident.opened': text('{who} reported it'),
  'incident.changed': text('{who} changed it'),
  'incident.assigned': text('{who} assigned it'),
  'incident.bounced': ({ count }) =>
    told(text('{who} was warned: it has changed hands {count} times'), { count: number(count) }),
  'incident.started': text('{who} started work'),
  'incident.held': text('{who} let it wait'),
  'incident.resumed': ({ because }) => told(reasons[wordsOf(because)] ?? text('{who} went on with it')),
  'incident.resolved': text('{who} resolved it'),
  'incident.reopened': text('{who} reopened it'),
  'incident.followed': ({ by }) =>
    told(text('{who} opened {other} to follow it'), { other: wordsOf(by) || t('another one') }),
  'incident.closed': ({ automatic }) =>
    told(automatic === true ? text('{who} closed it, as its time was over') : text('{who} closed it')),
  'incident.cancelled': text('{who} cancelled it'),
  'incident.priority-set': text('{who} set the priority by hand'),
  'incident.parent-set': text('{who} changed the parent'),
  'incident.occurred': ({ signals }) =>
    told(text('{who} saw it happen again, {count} times by now'), { count: number(signals) }),
}

const tasks: Readonly<Record<string, string>> = {
  added: text('{who} added the task “{title}”'),
  changed: text('{who} changed the task “{title}”'),
  done: text('{who} ticked off “{title}”'),
  undone: text('{who} reopened the task “{title}”'),
  removed: text('{who} removed the task “{title}”'),
}

const reasons: Readonly<Record<string, string>> = {
  'caller-replied': text('{who} went on with it, as the caller replied'),
  parent: text('{who} went on with it, as its parent did'),
}

const told = (of: string, values: Told['values'] = {}): Told => ({ of, values })

const linkOf = ({ other, type }: Data) => ({
  other: wordsOf(other) || t('another record'),
  link: linkNames[wordsOf(type)] ?? t('related'),
})

const isOf = (by: Happening['by'], { personId }: Data) => by !== null && by.id === personId

const whom = ({ person }: Data) => wordsOf(person) || t('somebody')

/** What happened, as a sentence. */
export function sentenceOf(happening: Happening): Told {
  const { name, data } = happening
  if (!isKnown(name)) return told('{who} {what}', { what: name })
  const sentence: (typeof sentences)[EventName] = sentences[name]
  return typeof sentence === 'string' ? told(sentence) : sentence(data, happening)
}

const isKnown = (name: string): name is EventName => Object.hasOwn(sentences, name)

/** Why it was done, in the words of who did it; what has a field of its own is told by that. */
export const reasonOf = ({ name, data }: Happening) => (given.has(name) ? wordsOf(data['reason']) : '')

const given: ReadonlySet<string> = new Set(['incident.reopened', 'incident.cancelled', 'incident.priority-set'])

const wordsOf = (value: unknown) => (typeof value === 'string' ? value : '')
const number = (value: unknown) => (typeof value === 'number' ? value : 0)

const channels: Readonly<Record<string, string>> = {
  web: t('web'),
  api: 'API',
  email: t('e-mail'),
  alert: t('monitoring'),
  import: t('import'),
  system: t('the desk itself'),
  cli: t('command line'),
  link: t('link in a letter'),
}

export const channelName = (channel: string) => channels[channel] ?? channel

/** Who did it: the desk itself when nobody did. */
export const doerOf = ({ by }: Happening) => by?.name ?? t('The desk')
