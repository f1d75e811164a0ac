import type { Happening } from '#web/item/happenings.ts'
import type { Output } from '#shared/core/endpoint.ts'
import type { listPromises } from '#shared/sla.ts'
import type { Row } from '#shared/records.ts'

/** Where a request is, as its requester would say it. The shape beside it is that of the state. */
export function stageOf({ state, requester, ...row }: Row, me: string): string {
  if (asksCaller({ state, ...row }) && requester.id !== me) return `We need something from ${requester.name}`
  if (state === 'waiting') return waitingStages[String(row['holdReason'])] ?? 'It is waiting'
  if (state === 'resolved' && requester.id !== me) return 'Solved'
  return stages[state] ?? state
}

const asksCaller = (row: { readonly [field: string]: unknown }) =>
  row['state'] === 'waiting' && row['holdReason'] === 'caller'

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

/** Whether the next step is one's own: only the requester answers, and says that it is solved. */
export const isYours = (row: Row, me: string) =>
  row.requester.id === me && (row.state === 'resolved' || asksCaller(row))

/** What happens next, and who does it. */
export function nextStepOf(row: Row, me: string): string {
  const { state, requester } = row
  if (isYours(row, me))
    return state === 'resolved' ? 'Tell us whether it is solved' : 'Read our question, and answer it'
  if (state === 'resolved') return `${requester.name} says whether it is right`
  if (asksCaller(row)) return ''
  const does = nextSteps[state]
  return does === undefined ? '' : `${row.assignee?.name ?? row.team?.name ?? 'Somebody'} ${does}`
}

const nextSteps: Readonly<Record<string, string>> = {
  new: 'will pick it up',
  assigned: 'will start on it',
  in_progress: 'will tell you how it goes',
  waiting: 'keeps an eye on it',
}

type Promise = Output<typeof listPromises>[number]

interface Told {
  readonly now: number
  /** It waits for the one who reads. */
  readonly yours: boolean
  readonly words: (at: string) => string
}

/** A promise as its requester would be told of it: by when, that it is late, or that its time stands still. */
export function promiseOf({ target, dueAt, paused }: Promise, { now, yours, words }: Told): string {
  if (paused || dueAt === null)
    return yours
      ? 'The time that we promised stands still until you answer.'
      : 'The time that we promised stands still while it waits.'
  const { by, late } = promised[target]
  return Date.parse(dueAt) >= now ? `${by} ${words(dueAt)}.` : `${late} ${words(dueAt)}. We are late.`
}

const promised: Readonly<Record<Promise['target'], { readonly by: string; readonly late: string }>> = {
  response: { by: 'We mean to begin by', late: 'We meant to begin by' },
  resolution: { by: 'We mean to have it solved by', late: 'We meant to have it solved by' },
  other: { by: 'The next step is due by', late: 'The next step was due by' },
}

/** What a requester is told of a happening; nothing of what is only the desk's to know. */
export function toldOf(happening: Happening, me: string): string | undefined {
  const { name, data, by } = happening
  if (name === 'incident.opened' && by?.id === me) return undefined
  const words = particular[name]?.(happening, me) ?? told[name]?.(whoDid(by, me))
  const { reason } = data
  return words !== undefined && typeof reason === 'string' && told[name] ? `${words}: “${reason}”` : words
}

function whoDid(by: Happening['by'], me: string) {
  if (by === null) return 'The desk'
  return by.id === me ? 'You' : by.name
}

/** What takes more than who did it to be told. */
const particular: Readonly<Record<string, (happening: Happening, me: string) => string | undefined>> = {
  'item.attached': ({ by, data }, me) => `${whoDid(by, me)} added the file ${String(data['name'])}`,
  'incident.held': ({ data }) => waitingStages[String(data['reason'])],
  'incident.assigned': ({ changes }) => {
    const to = changes.findLast(({ field, is }) => (field === 'assigneeId' || field === 'teamId') && is !== '')
    return to && `${to.is} has it`
  },
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
