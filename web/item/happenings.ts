import type { Output } from '#shared/core/endpoint.ts'
import type { listHistory } from '#shared/item/history.ts'

export type Happening = Output<typeof listHistory>[number]

const sentences: Readonly<Record<string, string>> = {
  'item.changed': 'changed it',
  'item.tagged': 'changed the tags',
  'item.restricted': 'changed who may see it',
  'item.commented': 'wrote a comment',
  'item.noted': 'wrote an internal note',
  'item.linked': 'linked it',
  'item.unlinked': 'took a link away',
  'item.watched': 'watches it',
  'item.unwatched': 'no longer watches it',
  'incident.opened': 'reported it',
  'incident.changed': 'changed it',
  'incident.assigned': 'assigned it',
  'incident.bounced': 'was warned: it is passed around too much',
  'incident.started': 'started work',
  'incident.held': 'let it wait',
  'incident.resumed': 'went on with it',
  'incident.resolved': 'resolved it',
  'incident.reopened': 'reopened it',
  'incident.followed': 'opened a follow-up',
  'incident.closed': 'closed it',
  'incident.cancelled': 'cancelled it',
  'incident.priority-set': 'set the priority by hand',
  'incident.parent-set': 'changed the parent',
  'incident.occurred': 'saw it happen again',
}

const tasks: Readonly<Record<string, string>> = {
  added: 'added the task',
  changed: 'changed the task',
  done: 'ticked off',
  undone: 'reopened the task',
  removed: 'removed the task',
}

/** What happened, after the name of who did it. */
export function sentenceOf({ name, data }: Happening): string {
  if (name === 'item.task-changed') return `${tasks[text(data['did'])] ?? 'changed the task'} “${text(data['title'])}”`
  if (name === 'item.attached') return `attached ${text(data['name'])}`
  if (name === 'item.detached') return `removed the file ${text(data['name'])}`
  return sentences[name] ?? name
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')

const channels: Readonly<Record<string, string>> = {
  web: 'web',
  api: 'API',
  email: 'e-mail',
  alert: 'monitoring',
  import: 'import',
  system: 'the desk itself',
  cli: 'command line',
}

export const channelName = (channel: string) => channels[channel] ?? channel

/** Who did it: the desk itself when nobody did. */
export const doerOf = ({ by }: Happening) => by?.name ?? 'The desk'
