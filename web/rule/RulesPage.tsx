import { ActionIcon, Button, Switch } from '@mantine/core'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronUp, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { levelNames } from '#shared/incident.ts'
import { getPerson, listTeams } from '#shared/people.ts'
import { addRule, changeRule, listRules, removeRule, type Rule, type Then } from '#shared/rule.ts'
import { listServices } from '#shared/service.ts'
import { query, useAction } from '#web/core/api.ts'
import { Empty, Page, Panel } from '#web/core/Page.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import { describe, readFilter, useFields } from '#web/item/dictionary.ts'
import { RuleEditor } from '#web/rule/RuleEditor.tsx'
import { doWords, eventWords, stepOf } from '#web/rule/words.ts'
import styles from './rule.module.css'

export function RulesPage() {
  const { data: rules } = useSuspenseQuery(query(listRules, {}))
  const [open, setOpen] = useState<string>()
  const rule = rules.find(({ id }) => id === open)
  return (
    <Page
      title="Routing rules"
      about="Rules are tried from the top when something happens to an incident. What each did is told on the incident."
      width="narrow"
      actions={
        <Button leftSection={<Plus size={16} />} onClick={() => setOpen('new')}>
          New rule
        </Button>
      }
    >
      {rules.length === 0 ? (
        <Empty title="There are no rules yet">
          The first one most desks need: when an incident is opened about a service, assign it to the team behind it.
        </Empty>
      ) : (
        <ol className={styles.rules}>
          {rules.map((one, at) => (
            <RuleRow key={one.id} rule={one} at={at} last={at === rules.length - 1} open={() => setOpen(one.id)} />
          ))}
        </ol>
      )}
      {(rule ?? open === 'new') && (
        <Panel title={rule?.name ?? 'New rule'} onClose={() => setOpen(undefined)}>
          <RuleEditor key={open} rule={rule} done={() => setOpen(undefined)} />
        </Panel>
      )}
    </Page>
  )
}

interface RuleRowProps {
  rule: Rule
  at: number
  last: boolean
  open: () => void
}

function RuleRow({ rule, at, last, open }: RuleRowProps) {
  const { change, remove } = useRuleActs()
  const { id, name, active } = rule
  return (
    <li data-off={!active || undefined}>
      <div className={styles.order}>
        <ActionIcon
          aria-label={`Try ${name} earlier`}
          disabled={at === 0}
          onClick={() => void change({ id, position: at - 1 })}
        >
          <ChevronUp size={16} />
        </ActionIcon>
        <span className={styles.place}>{at + 1}</span>
        <ActionIcon
          aria-label={`Try ${name} later`}
          disabled={last}
          onClick={() => void change({ id, position: at + 1 })}
        >
          <ChevronDown size={16} />
        </ActionIcon>
      </div>
      <div className={styles.sentence}>
        <button type="button" onClick={open}>
          {name}
        </button>
        <Sentence rule={rule} />
      </div>
      <Switch
        aria-label={`${name} is active`}
        checked={active}
        onChange={(event) => void change({ id, active: event.currentTarget.checked })}
      />
      <ActionIcon aria-label={`Remove ${name}`} onClick={() => void remove(rule)}>
        <Trash2 size={16} />
      </ActionIcon>
    </li>
  )
}

function useRuleActs() {
  const changing = useAction(changeRule)
  const removing = useAction(removeRule)
  const adding = useAction(addRule)
  const change = async (what: Parameters<typeof changing.mutateAsync>[0]) => {
    try {
      await changing.mutateAsync(what)
    } catch (error) {
      sayWrong(error)
    }
  }
  const remove = async ({ id, position, ...rule }: Rule) => {
    const undo = () =>
      void adding
        .mutateAsync(rule)
        .then((made) => changing.mutateAsync({ id: made.id, position: position - 1 }))
        .catch(sayWrong)
    try {
      await removing.mutateAsync({ id })
      say(`Removed “${rule.name}”`, { undo })
    } catch (error) {
      sayWrong(error)
    }
  }
  return { change, remove }
}

function Sentence({ rule: { on, filter, then, stop } }: { rule: Rule }) {
  const fields = useFields('incident')
  const read = readFilter(filter, fields)
  const condition = 'filter' in read ? describe(read.filter, fields) : filter
  return (
    <p>
      When an incident is <b>{eventWords[on]}</b>
      {filter !== '' && (
        <>
          , if <b title={filter}>{condition}</b>
        </>
      )}
      , then{' '}
      {then.map((one, at) => (
        <span key={JSON.stringify(one)}>
          {at > 0 && ' and '}
          {doWords[one.do]} <b>{<Target then={one} />}</b>
        </span>
      ))}
      {stop ? '.' : ', and go on with the next rule.'}
    </p>
  )
}

/** What a step is about, by its name. */
function Target({ then }: { then: Then }) {
  const { value } = stepOf(then, '')
  if (then.do === 'assign-team' || then.do === 'set-service') return <Named id={value} />
  if (then.do === 'assign-person') return <Person id={value} />
  if (then.do === 'set-impact' || then.do === 'set-urgency') return levelOf(value)
  return `“${value.length > 60 ? `${value.slice(0, 59)}…` : value}”`
}

const levelOf = (value: string) => Object.entries(levelNames).find(([level]) => level === value)?.[1] ?? value

function Named({ id }: { id: string }) {
  const { data: teams = [] } = useQuery(query(listTeams, {}))
  const { data: services = [] } = useQuery(query(listServices, {}))
  return [...teams, ...services].find((one) => one.id === id)?.name ?? '…'
}

function Person({ id }: { id: string }) {
  const { data } = useQuery(query(getPerson, { id }))
  return data?.name ?? '…'
}
