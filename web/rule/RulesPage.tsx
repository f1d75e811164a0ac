import { ActionIcon, Button, Switch } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronUp, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { addRule, changeRule, listRules, removeRule, type Rule } from '#shared/rule.ts'
import { query, useAction } from '#web/core/api.ts'
import { Empty, Page, Panel } from '#web/core/Page.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import { RuleEditor } from '#web/rule/RuleEditor.tsx'
import { Sentence } from '#web/rule/Sentence.tsx'
import styles from './rule.module.css'

export function RulesPage() {
  const { data: rules } = useSuspenseQuery(query(listRules, {}))
  const [open, setOpen] = useState<string>()
  const rule = rules.find(({ id }) => id === open)
  return (
    <Page
      title={t('Routing rules')}
      about={t(
        'Rules are tried from the top when something happens to an incident. What each did is told on the incident.',
      )}
      width="narrow"
      actions={
        <Button leftSection={<Plus size={16} />} onClick={() => setOpen('new')}>
          {t('New rule')}
        </Button>
      }
    >
      {rules.length === 0 ? (
        <Empty title={t('There are no rules yet')}>
          {t(
            'The first one most desks need: when an incident is opened about a service, assign it to the team behind it.',
          )}
        </Empty>
      ) : (
        <ol className={styles.rules}>
          {rules.map((one, at) => (
            <RuleRow key={one.id} rule={one} at={at} last={at === rules.length - 1} open={() => setOpen(one.id)} />
          ))}
        </ol>
      )}
      {(rule ?? open === 'new') && (
        <Panel title={rule?.name ?? t('New rule')} onClose={() => setOpen(undefined)}>
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
          aria-label={t('Try {name} earlier', { name })}
          disabled={at === 0}
          onClick={() => void change({ id, position: at - 1 })}
        >
          <ChevronUp size={16} />
        </ActionIcon>
        <span className={styles.place}>{at + 1}</span>
        <ActionIcon
          aria-label={t('Try {name} later', { name })}
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
        <p>
          <Sentence rule={rule} />
        </p>
      </div>
      <Switch
        aria-label={t('{name} is active', { name })}
        checked={active}
        onChange={(event) => void change({ id, active: event.currentTarget.checked })}
      />
      <ActionIcon aria-label={t('Remove {name}', { name })} onClick={() => void remove(rule)}>
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
      say(t('Removed “{name}”', { name: rule.name }), { undo })
    } catch (error) {
      sayWrong(error)
    }
  }
  return { change, remove }
}
