import { ActionIcon, Button, Select, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { levelNames } from '#shared/incident.ts'
import { getPerson, listTeams } from '#shared/people.ts'
import type { Then } from '#shared/rule.ts'
import { listServices } from '#shared/service.ts'
import { query } from '#web/core/api.ts'
import { randomKey } from '#web/core/key.ts'
import { t } from '#web/core/words.ts'
import { PersonPicker } from '#web/people/PersonPicker.tsx'
import { doWords, type Step } from '#web/rule/words.ts'
import styles from './rule.module.css'

const acts = Object.entries(doWords).map(([value, label]) => ({ value, label }))
const isAct = (value: string | null): value is Then['do'] => value !== null && value in doWords

interface StepsProps {
  readonly steps: readonly Step[]
  readonly set: (steps: readonly Step[]) => void
  readonly error: string | undefined
}

/** What a rule does, step by step. */
export function Steps({ steps, set, error }: StepsProps) {
  const change = (step: Step) => set(steps.map((one) => (one.key === step.key ? step : one)))
  const add = () => set([...steps, { key: randomKey(), do: 'assign-team', value: '' }])
  return (
    <fieldset className={styles.steps}>
      <legend>{t('then')}</legend>
      {steps.map((step, at) => (
        <div key={step.key} className={styles.step}>
          <div>
            <Select
              aria-label={t('Step {number}', { number: at + 1 })}
              data={acts}
              value={step.do}
              allowDeselect={false}
              onChange={(value) => isAct(value) && change({ key: step.key, do: value, value: '' })}
            />
          </div>
          <div className={styles.value}>
            <Value step={step} set={change} error={step.value === '' ? error : undefined} />
          </div>
          {steps.length > 1 ? (
            <ActionIcon
              aria-label={t('Take step {number} away', { number: at + 1 })}
              onClick={() => set(steps.filter(({ key }) => key !== step.key))}
            >
              <X size={16} />
            </ActionIcon>
          ) : (
            <span />
          )}
        </div>
      ))}
      <div>
        <Button variant="subtle" leftSection={<Plus size={16} />} onClick={add} disabled={steps.length >= 10}>
          {t('and')}
        </Button>
      </div>
    </fieldset>
  )
}

interface ValueProps {
  readonly step: Step
  readonly set: (step: Step) => void
  readonly error: string | undefined
}

function Value(props: ValueProps) {
  const { data: teams = [] } = useQuery(query(listTeams, {}))
  const { data: services = [] } = useQuery(query(listServices, {}))
  const { do: does } = props.step
  if (does === 'assign-team') return <One {...props} label={t('Team')} choices={teams} />
  if (does === 'set-service') return <One {...props} label={t('Service')} choices={services} />
  if (does === 'set-impact' || does === 'set-urgency') return <One {...props} label={t('Level')} choices={levels} />
  return does === 'assign-person' ? <Person {...props} /> : <Words {...props} />
}

interface OneProps extends ValueProps {
  readonly label: string
  readonly choices: readonly { readonly id: string; readonly name: string; readonly retired?: boolean }[]
}

function One({ step, set, error, label, choices }: OneProps) {
  const offered = choices.filter(({ id, retired }) => retired !== true || id === step.value)
  return (
    <Select
      aria-label={label}
      placeholder={label}
      searchable
      data={offered.map(({ id, name }) => ({ value: id, label: name }))}
      value={step.value || null}
      error={error}
      onChange={(value) => set({ ...step, value: value ?? '' })}
    />
  )
}

const levels = Object.entries(levelNames).map(([id, name]) => ({ id, name: t(name) }))

function Person({ step, set, error }: ValueProps) {
  const { data } = useQuery({ ...query(getPerson, { id: step.value }), enabled: step.value !== '' })
  const name = step.name ?? data?.name ?? t('Somebody')
  return (
    <PersonPicker
      label={t('Person')}
      hideLabel
      audience="staff"
      value={step.value === '' ? null : { id: step.value, name }}
      error={error}
      onChange={(person) => set({ ...step, value: person?.id ?? '', ...(person && { name: person.name }) })}
    />
  )
}

function Words({ step, set, error }: ValueProps) {
  const about = {
    'aria-label': step.do === 'note' ? t('Note') : t('Tag'),
    value: step.value,
    error,
    onChange: (event: { currentTarget: { value: string } }) => set({ ...step, value: event.currentTarget.value }),
  }
  return step.do === 'note' ? <Textarea autosize minRows={2} {...about} /> : <TextInput {...about} />
}
