import { Button, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Output } from '#shared/core/endpoint.ts'
import { addSurvey, changeSurvey, trySurvey, type Survey } from '#shared/survey.ts'
import { call } from '#web/core/api.ts'
import { FormEnd, useForm, type Errors } from '#web/core/form.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import { FilterField } from '#web/item/FilterField.tsx'
import styles from './survey.module.css'

type Values = Omit<Survey, 'id' | 'kind' | 'active'>

const nothing: Values = {
  name: '',
  question: t('How satisfied are you with how this was solved?'),
  on: 'resolved',
  filter: '-source:alert',
  delayHours: 1,
  share: 100,
  restDays: 14,
  openDays: 14,
}

const events = [
  { value: 'resolved', label: t('is solved') },
  { value: 'closed', label: t('is closed') },
]

export function SurveyEditor({ survey, done }: { survey: Survey | undefined; done: () => void }) {
  const form = useForm({
    start: survey ? startOf(survey) : nothing,
    endpoint: survey ? changeSurvey : addSurvey,
    input: (values) => ({ ...(survey && { id: survey.id }), ...values }),
    done: ({ name }) => {
      say(t('Saved “{name}”', { name }))
      done()
    },
  })
  const { values, set, errors } = form
  return (
    <form {...form.bind} aria-label={survey ? t('Change {name}', { name: survey.name }) : t('New survey')}>
      <Stack gap="md">
        <TextInput
          label={t('Name')}
          description={t('For staff alone')}
          withAsterisk
          data-autofocus
          {...form.text('name')}
        />
        <Textarea
          label={t('Question')}
          description={t('Answered from 1, very dissatisfied, to 5, very satisfied')}
          withAsterisk
          autosize
          minRows={2}
          {...form.text('question')}
        />
        <Select
          label={t('When an incident')}
          data={events}
          allowDeselect={false}
          value={values.on}
          onChange={(on) => set({ on: on === 'closed' ? 'closed' : 'resolved' })}
        />
        <FilterField
          label={t('if')}
          kind="incident"
          value={values.filter}
          error={errors['filter']}
          empty={t('Whatever it is')}
          onChange={(filter) => set({ filter })}
        />
        <Numbers values={values} set={set} errors={errors} />
        <Trial id={survey?.id} values={values} />
        <FormEnd form={form} label={t('Save')} onCancel={done} />
      </Stack>
    </form>
  )
}

function startOf({ id: _, kind: __, active: ___, ...values }: Survey): Values {
  const { name, question, on, filter, delayHours, share, restDays, openDays } = values
  return { name, question, on, filter, delayHours, share, restDays, openDays }
}

const numbers = [
  {
    name: 'delayHours',
    label: t('Ask after'),
    suffix: (count: number) => t('{count, plural, one {hour} other {hours}}', { count }),
    least: 0,
    most: 336,
  },
  { name: 'share', label: t('Of all'), suffix: () => '%', least: 1, most: 100 },
  {
    name: 'restDays',
    label: t('Nobody twice within'),
    suffix: (count: number) => t('{count, plural, one {day} other {days}}', { count }),
    least: 0,
    most: 365,
  },
  {
    name: 'openDays',
    label: t('Answers until'),
    suffix: (count: number) => t('{count, plural, one {day after} other {days after}}', { count }),
    least: 1,
    most: 60,
  },
] as const

interface NumbersProps {
  readonly values: Values
  readonly set: (some: Partial<Values>) => void
  readonly errors: Errors
}

function Numbers({ values, set, errors }: NumbersProps) {
  return (
    <div className={styles.numbers}>
      {numbers.map(({ name, label, suffix, least, most }) => (
        <NumberInput
          key={name}
          label={label}
          suffix={` ${suffix(values[name])}`}
          min={least}
          max={most}
          allowDecimal={false}
          value={values[name]}
          error={errors[name]}
          onChange={(value) => set({ [name]: Number(value) })}
        />
      ))}
    </div>
  )
}

/** What it would have come to, so that nobody has to guess. Nobody is asked by it. */
function Trial({ id, values }: { id: string | undefined; values: Values }) {
  const { on, filter, share, restDays } = values
  const terms = JSON.stringify([on, filter, share, restDays])
  const [found, setFound] = useState<{ terms: string; result: Output<typeof trySurvey> }>()
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    try {
      setFound({ terms, result: await call(trySurvey, { id, on, filter, share, restDays }) })
    } catch (error) {
      sayWrong(error)
    }
    setBusy(false)
  }
  const told = found?.terms === terms ? found.result : undefined
  return (
    <div>
      <Button variant="default" loading={busy} onClick={() => void run()}>
        {t('Try it on the past')}
      </Button>
      <output>
        {told && (
          <p className={styles.trial}>
            {on === 'closed'
              ? t(
                  'Of {of} incidents closed in the last 90 days, {matched} match, and it would have asked about {asked}.',
                  { ...told },
                )
              : t(
                  'Of {of} incidents resolved in the last 90 days, {matched} match, and it would have asked about {asked}.',
                  { ...told },
                )}
          </p>
        )}
      </output>
    </div>
  )
}
