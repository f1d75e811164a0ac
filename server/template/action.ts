import { sql } from 'kysely'
import type { z } from 'zod'
import type { Ctx } from '#server/core/desk.ts'
import { requirePermission } from '#server/core/permission.ts'
import { invalid } from '#server/core/refusal.ts'
import * as incident from '#server/incident/incident.ts'
import { addComment, addNote, checkCustom, setConfidential, setCustom, setTags } from '#server/item/item.ts'
import { getRecord } from '#server/record/record.ts'
import { keyIn, type Endpoint } from '#shared/core/endpoint.ts'
import * as api from '#shared/incident.ts'
import * as conversation from '#shared/item/conversation.ts'
import * as item from '#shared/item/item.ts'
import type { Fill } from '#shared/template.ts'
import { fillIn, requireKnown } from './placeholders.ts'

export type Values = z.infer<typeof Fill>

/** One of the kind's own verbs, and the fields of an action that it takes. */
interface Verb {
  readonly takes: (name: string, values: Values) => boolean
  readonly check: (values: Values) => readonly { readonly path: PropertyKey[]; readonly message: string }[]
  readonly take: (ctx: Ctx, id: string, values: Values) => Promise<unknown>
}

function verb<I extends z.ZodObject>(
  endpoint: Endpoint<I>,
  answer: (ctx: Ctx, input: z.output<I>) => Promise<unknown>,
  takes: Verb['takes'],
  read: (values: Values) => object = (values) => values,
): Verb {
  const key = keyIn(endpoint)
  return {
    takes,
    check: (values) => endpoint.input.safeParse({ [key]: nobody, ...read(values) }).error?.issues ?? [],
    async take(ctx, id, values) {
      requirePermission(ctx.actor, endpoint)
      return answer(ctx, endpoint.input.parse({ [key]: id, ...read(values) }))
    },
  }
}

const nobody = '00000000-0000-0000-0000-000000000000'
const oneOf =
  (...names: string[]) =>
  (name: string) =>
    names.includes(name)
const inState =
  (state: string, ...names: string[]) =>
  (name: string, values: Values) =>
    values['state'] === state && (name === 'state' || names.includes(name))

const changed = ['title', 'description', 'impact', 'urgency', 'serviceId', 'category', 'configurationItem', 'contactId']

/** In the order in which they are done: what may take the record out of sight comes last. */
const verbs: Readonly<Record<string, readonly Verb[]>> = {
  incident: [
    verb(api.changeIncident, incident.changeIncident, oneOf(...changed, 'callback', 'requesterId', 'major')),
    verb(
      item.setCustom,
      setCustom,
      (name) => name.startsWith('custom.'),
      (values) => ({ values: customIn(values) }),
    ),
    verb(item.setTags, addTags, oneOf('tags'), ({ tags }) => ({ tags: String(tags).split(',') })),
    verb(api.overridePriority, incident.overridePriority, oneOf('priority', 'priorityReason'), (values) => ({
      priority: values['priority'],
      reason: values['priorityReason'],
    })),
    verb(conversation.addNote, addNote, oneOf('note'), ({ note }) => ({ body: note })),
    verb(api.holdIncident, incident.holdIncident, inState('waiting', 'holdReason', 'comment'), (values) => ({
      reason: values['holdReason'],
      comment: values['comment'],
    })),
    verb(conversation.addComment, addComment, oneOf('comment'), ({ comment }) => ({ body: comment })),
    verb(api.startIncident, incident.startIncident, inState('in_progress'), () => ({})),
    verb(
      api.resolveIncident,
      incident.resolveIncident,
      inState('resolved', 'resolutionCode', 'resolutionNotes', 'closeCategory'),
      (values) => ({
        code: values['resolutionCode'],
        notes: values['resolutionNotes'],
        closeCategory: values['closeCategory'],
      }),
    ),
    verb(api.assignIncident, incident.assignIncident, oneOf('teamId', 'assigneeId')),
    verb(item.setConfidential, setConfidential, oneOf('confidential')),
  ],
}

export const customIn = (values: Values) =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      name.startsWith('custom.') ? [[name.slice('custom.'.length), value] as const] : [],
    ),
  )

/** An action adds its tags to those that are there. */
async function addTags(ctx: Ctx, { itemId, tags }: z.output<typeof item.setTags.input>) {
  const { rows } = await sql<{ tags: string[] }>`select tags from item where id = ${itemId}`.execute(ctx.db)
  return setTags(ctx, { itemId, tags: [...(rows[0]?.tags ?? []), ...tags] })
}

/** Refuses an action whose fields no verb of the kind takes, or not with these values. */
export async function requireSense(ctx: Ctx, kind: string, values: Values) {
  const parts = partsOf(kind, values)
  const taken = new Set(parts.flatMap(({ part }) => Object.keys(part)))
  const unknown = Object.keys(values).find((name) => !taken.has(name))
  if (Object.keys(values).length === 0) throw invalid({ fill: 'Say what the action does' })
  if (unknown !== undefined) throw invalid({ fill: `An action cannot set '${unknown}', or not like this` })
  for (const { verb: one, part } of parts) {
    const [issue] = one.check(part)
    if (issue) throw invalid({ fill: `${Object.keys(part).join(', ')}: ${issue.message}` })
  }
  for (const text of ['comment', 'note', 'resolutionNotes']) requireKnown('fill', String(values[text] ?? ''))
  await checkCustom(ctx, kind, customIn(values), { whole: false })
}

/** Does all that an action says, by the kind's own verbs, or nothing. */
export async function perform(ctx: Ctx, kind: string, id: string, values: Values) {
  const record = await getRecord(ctx, { key: id })
  const filled = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? fillIn(value, record, ctx.actor.name) : value,
  ])
  for (const { verb: one, part } of partsOf(kind, Object.fromEntries(filled))) await one.take(ctx, id, part)
}

/** Each verb that has something to do, with the fields that are its own: a field goes to the first that takes it. */
function partsOf(kind: string, values: Values) {
  const left = new Set(Object.keys(values))
  return (verbs[kind] ?? []).flatMap((one) => {
    const names = [...left].filter((name) => one.takes(name, values))
    for (const name of names) left.delete(name)
    const part: Values = Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)))
    return names.length > 0 ? [{ verb: one, part }] : []
  })
}
