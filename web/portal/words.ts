import type { Happening } from '#web/item/happenings.ts'
import type { Row } from '#shared/records.ts'

/** Where a request is, as its requester would say it. The shape beside it is that of the state. */
export function stageOf({ state, ...row }: Row): string {
  if (state === 'waiting') return waitingStages[String(row['holdReason'])] ?? 'It is waiting'
  return stages[state] ?? state
}

const stages: Readonly<Record<string, string>> = {
  new: 'We have it',
  assigned: 'We have it',
  in_progress: 'Someone is working on it',
  resolved: 'Solved – is it right?',
  closed: 'Closed',
  cancelled: 'Cancelled',
}

const waitingStages: Readonly<Record<string, string>> = {
  caller: 'We need something from you',
  change: 'It waits for a planned change',
  problem: 'It waits until the cause is found',
  vendor: 'It waits for a supplier',
  evidence: 'We watch whether it happens again',
}

/** Whether the next step is the requester's own. */
export const isYours = ({ state, ...row }: Row) =>
  state === 'resolved' || (state === 'waiting' && row['holdReason'] === 'caller')

/** What happens next, and who does it. */
export function nextStepOf(row: Row): string {
  if (row.state === 'resolved') return 'Tell us whether it is solved'
  if (isYours(row)) return 'Read our question, and answer it'
  const does = nextSteps[row.state]
  return does === undefined ? '' : `${row.assignee?.name ?? row.team?.name ?? 'Somebody'} ${does}`
}

const nextSteps: Readonly<Record<string, string>> = {
  new: 'will pick it up',
  assigned: 'will start on it',
  in_progress: 'will tell you how it goes',
  waiting: 'keeps an eye on it',
}

/** What a requester is told of a happening; nothing of what is only the desk's to know. */
export function toldOf({ name, data, changes, by }: Happening, me: string): string | undefined {
  const who = by === null ? 'The desk' : by.id === me ? 'You' : by.name
  if (name === 'item.attached') return `${who} added the file ${String(data['name'])}`
  if (name === 'incident.assigned') {
    const to = changes.findLast(({ field, is }) => (field === 'assigneeId' || field === 'teamId') && is !== '')
    return to && `${to.is} has it`
  }
  if (name === 'incident.held') return waitingStages[String(data['reason'])]
  const words = told[name]
  return words && words(who)
}

const told: Readonly<Record<string, (who: string) => string>> = {
  'incident.opened': (who) => `${who} reported it`,
  'incident.started': (who) => `${who} began to work on it`,
  'incident.resumed': () => 'The work goes on',
  'incident.resolved': (who) => `${who} solved it`,
  'incident.reopened': (who) => `${who} opened it again`,
  'incident.closed': (who) => `${who} closed it`,
  'incident.cancelled': (who) => `${who} cancelled it`,
}

/** How badly it hits, in words for those whom it hits: the impact and the urgency that they mean. */
export const impacts = [
  { value: '3', label: 'Just me' },
  { value: '2', label: 'My team' },
  { value: '1', label: 'Everyone' },
] as const

export const urgencies = [
  { value: '3', label: 'I can work' },
  { value: '2', label: 'I am slowed down' },
  { value: '1', label: 'I cannot work' },
] as const
