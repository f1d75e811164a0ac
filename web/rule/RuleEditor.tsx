import { Button, Checkbox, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Output } from '#shared/core/endpoint.ts'
import { addRule, changeRule, tryRule, type Rule } from '#shared/rule.ts'
import { call } from '#web/core/api.ts'
import { randomKey } from '#web/core/key.ts'
import { FormEnd, useForm } from '#web/core/form.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import { readFilter, useFields } from '#web/item/dictionary.ts'
import { FilterField } from '#web/item/FilterField.tsx'
import { Steps } from '#web/rule/Steps.tsx'
import { eventWords, stepOf, thenOf, type Step } from '#web/rule/words.ts'
import styles from './rule.module.css'

interface RuleValues {
  readonly name: string
  readonly on: Rule['on']
  readonly filter: string
  readonly steps: readonly Step[]
  readonly stop: boolean
}

const newStep = (): Step => ({ key: randomKey(), do: 'assign-team', value: '' })
const nothing = (): RuleValues => ({ name: '', on: 'opened', filter: '', steps: [newStep()], stop: true })

const startOf = ({ name, on, filter, then, stop }: Rule): RuleValues => ({
  name,
  on,
  filter,
  steps: then.map((one) => stepOf(one, randomKey())),
  stop,
})

const events = Object.entries(eventWords).map(([value, label]) => ({ value, label }))
const isEvent = (value: string | null): value is Rule['on'] => value !== null && value in eventWords

/** A rule as one sentence: when, if, then. */
export function RuleEditor({ rule, done }: { rule: Rule | undefined; done: () => void }) {
  const form = useForm({
    start: rule ? startOf(rule) : nothing(),
    endpoint: rule ? changeRule : addRule,
    input: ({ steps, ...rest }) => ({ ...(rule && { id: rule.id }), ...rest, then: steps.map(thenOf) }),
    done: ({ name }) => {
      say(t('Saved “{name}”', { name }))
      done()
    },
  })
  const { values, set, errors } = form
  return (
    <form {...form.bind} aria-label={rule ? t('Change {name}', { name: rule.name }) : t('New rule')}>
      <Stack gap="md">
        <TextInput label={t('Name')} withAsterisk data-autofocus {...form.text('name')} />
        <Select
          label={t('When an incident')}
          data={events}
          allowDeselect={false}
          value={values.on}
          onChange={(on) => isEvent(on) && set({ on })}
        />
        <FilterField
          label={t('if')}
          kind="incident"
          value={values.filter}
          error={errors['filter']}
          empty={t('Whatever it is')}
          onChange={(filter) => set({ filter })}
        />
        <Trial filter={values.filter} />
        <Steps
          steps={values.steps}
          set={(steps) => set({ steps })}
          error={errors['then'] === undefined ? undefined : t('Say what')}
        />
        <Checkbox label={t('Try no later rule when this one matched')} {...form.tick('stop')} />
        <FormEnd form={form} label={t('Save')} onCancel={done} />
      </Stack>
    </form>
  )
}

/** What the filter would have caught, so that nobody has to guess. Nothing is changed by it. */
function Trial({ filter }: { filter: string }) {
  const fields = useFields('incident')
  const [found, setFound] = useState<{ filter: string; result: Output<typeof tryRule> }>()
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    try {
      setFound({ filter, result: await call(tryRule, { filter }) })
    } catch (error) {
      sayWrong(error)
    }
    setBusy(false)
  }
  const shown = found?.filter === filter ? found.result : undefined
  return (
    <div>
      <Button
        variant="default"
        loading={busy}
        disabled={filter.trim() !== '' && 'wrong' in readFilter(filter, fields)}
        onClick={() => void run()}
      >
        {t('Try it')}
      </Button>
      <output>
        {shown && (
          <div className={styles.trial}>
            {t('{matches} of the newest {tried} incidents match.', { matches: shown.matchCount, tried: shown.tried })}
            <ul>
              {shown.matches.slice(0, 8).map(({ id, number, title }) => (
                <li key={id}>
                  <span className="mono">{number}</span> {title}
                </li>
              ))}
            </ul>
          </div>
        )}
      </output>
    </div>
  )
}
