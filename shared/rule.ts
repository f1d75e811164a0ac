import { z } from 'zod'
import { endpoint } from '#shared/core/endpoint.ts'
import { Done, Id, Name } from '#shared/core/values.ts'

/** The one thing a routing rule does: each is a verb of the record, done in the desk's own name. */
export const Then = z
  .discriminatedUnion('do', [
    z.object({ do: z.literal('assign-team'), teamId: Id }),
    z.object({ do: z.literal('assign-person'), personId: Id }),
    z.object({ do: z.literal('set-impact'), impact: z.int().min(1).max(3) }),
    z.object({ do: z.literal('set-urgency'), urgency: z.int().min(1).max(3) }),
    z.object({ do: z.literal('set-service'), serviceId: Id }),
    z.object({ do: z.literal('add-tag'), tag: z.string().min(1).max(40) }),
    z.object({ do: z.literal('note'), body: z.string().trim().min(1).max(5000) }),
  ])
  .meta({ id: 'Then' })
export type Then = z.infer<typeof Then>

export const RuleEvent = z.enum(['opened', 'changed', 'assigned', 'commented', 'reopened'])

const about = {
  name: Name,
  kind: z.string().max(40),
  on: RuleEvent.meta({ description: 'When this happens' }),
  filter: z.string().max(2000).meta({ description: 'If the record matches', example: 'service.tier:1 -team:any' }),
  then: z.array(Then).min(1).max(10),
  stop: z.boolean().meta({ description: 'No later rule is tried when this one matched' }),
  active: z.boolean(),
}

/** When something happens to a record, if it matches, then verbs. Rules are tried in order. */
export const Rule = z.object({ id: Id, position: z.int(), ...about }).meta({ id: 'Rule' })
export type Rule = z.infer<typeof Rule>

export const listRules = endpoint({
  method: 'GET',
  path: '/rules',
  may: 'item.work',
  summary: 'List the routing rules, in the order in which they are tried',
  input: z.object({}),
  output: z.array(Rule),
})

export const addRule = endpoint({
  method: 'POST',
  path: '/rules',
  may: 'rule.manage',
  summary: 'Add a rule after the others',
  input: z.object({
    ...about,
    kind: about.kind.default('incident'),
    stop: z.boolean().default(true),
    active: z.boolean().default(true),
  }),
  output: Rule,
})

export const changeRule = endpoint({
  method: 'PATCH',
  path: '/rules/:id',
  may: 'rule.manage',
  summary: 'Change a rule, or move it',
  input: z
    .object({ ...about, position: z.int().min(0).max(1000) })
    .partial()
    .extend({ id: Id }),
  output: Rule,
})

export const removeRule = endpoint({
  method: 'DELETE',
  path: '/rules/:id',
  may: 'rule.manage',
  summary: 'Remove a rule',
  input: z.object({ id: Id }),
  output: Done,
})

/** What the rules made of a record: each rule that was tried, whether it matched, and what it did. */
export const Trace = z
  .object({
    seq: z.int().meta({ description: 'The happening that woke the rules' }),
    at: z.string(),
    tried: z.array(
      z.object({ ruleId: Id, name: z.string(), matched: z.boolean(), because: z.string(), did: z.array(z.string()) }),
    ),
  })
  .meta({ id: 'Trace' })

export const listTraces = endpoint({
  method: 'GET',
  path: '/items/:itemId/rule-traces',
  may: 'item.note',
  summary: 'See which rules were tried on an item and why each matched or not',
  input: z.object({ itemId: Id }),
  output: z.array(Trace),
})

export const tryRule = endpoint({
  method: 'POST',
  path: '/rules/trial',
  may: 'rule.manage',
  summary: 'Try a rule on the newest records without changing anything',
  input: z.object({ kind: about.kind.default('incident'), filter: about.filter }),
  output: z.object({
    tried: z.int(),
    matches: z.array(z.object({ id: Id, number: z.string(), title: z.string() })),
    matchCount: z.int(),
  }),
})
