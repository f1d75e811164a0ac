import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { levelNames } from '#shared/incident.ts'
import { getPerson, listTeams } from '#shared/people.ts'
import type { Rule, Then } from '#shared/rule.ts'
import { listServices } from '#shared/service.ts'
import { query } from '#web/core/api.ts'
import { T } from '#web/core/T.tsx'
import { t } from '#web/core/words.ts'
import { describe, readFilter, useFields } from '#web/item/dictionary.ts'
import { eventWords, stepOf } from '#web/rule/words.ts'

/** A rule as one sentence: when, if, then. */
export function Sentence({ rule: { on, filter, then, stop } }: { rule: Rule }) {
  const fields = useFields('incident')
  const read = readFilter(filter, fields)
  const event = <b>{eventWords[on]}</b>
  const condition = <b title={filter}>{'filter' in read ? describe(read.filter, fields) : filter}</b>
  const steps = <Steps then={then} />
  if (filter === '' && stop) {
    return <T of="When an incident {event}, then {steps}." values={{ event, steps }} />
  }
  if (filter === '') {
    return <T of="When an incident {event}, then {steps}, and go on with the next rule." values={{ event, steps }} />
  }
  if (stop) {
    return <T of="When an incident {event}, if {condition}, then {steps}." values={{ event, condition, steps }} />
  }
  return (
    <T
      of="When an incident {event}, if {condition}, then {steps}, and go on with the next rule."
      values={{ event, condition, steps }}
    />
  )
}

function Steps({ then: [first, ...others] }: { then: readonly Then[] }) {
  if (!first) return null
  const step = deeds[first.do](<b>{<Target then={first} />}</b>)
  if (others.length === 0) return step
  return <T of="{step} and {others}" values={{ step, others: <Steps then={others} /> }} />
}

type Deed = (target: NonNullable<ReactNode>) => NonNullable<ReactNode>

const deeds: Readonly<Record<Then['do'], Deed>> = {
  'assign-team': (target) => <T of="assign it to the team {target}" values={{ target }} />,
  'assign-person': (target) => <T of="assign it to {target}" values={{ target }} />,
  'set-impact': (target) => <T of="set the impact to {target}" values={{ target }} />,
  'set-urgency': (target) => <T of="set the urgency to {target}" values={{ target }} />,
  'set-service': (target) => <T of="set the service to {target}" values={{ target }} />,
  'add-tag': (target) => <T of="add the tag {target}" values={{ target }} />,
  note: (target) => <T of="write the internal note {target}" values={{ target }} />,
}

/** What a step is about, by its name. */
function Target({ then }: { then: Then }) {
  const { value } = stepOf(then, '')
  if (then.do === 'assign-team' || then.do === 'set-service') return <Named id={value} />
  if (then.do === 'assign-person') return <Person id={value} />
  if (then.do === 'set-impact' || then.do === 'set-urgency') return levelOf(value)
  return t('“{text}”', { text: value.length > 60 ? `${value.slice(0, 59)}…` : value })
}

const levelOf = (value: string) => t(Object.entries(levelNames).find(([level]) => level === value)?.[1] ?? value)

function Named({ id }: { id: string }) {
  const { data: teams = [] } = useQuery(query(listTeams, {}))
  const { data: services = [] } = useQuery(query(listServices, {}))
  return [...teams, ...services].find((one) => one.id === id)?.name ?? '…'
}

function Person({ id }: { id: string }) {
  const { data } = useQuery(query(getPerson, { id }))
  return data?.name ?? '…'
}
