import { Button, Checkbox, Group, Select, Stack, TextInput } from '@mantine/core'
import { addDefinition, changeDefinition, type Definition } from '#shared/sla.ts'
import { startingTerms, Terms } from '#shared/sla/terms.ts'
import { useAction } from '#web/core/api.ts'
import { FormEnd, useForm } from '#web/core/form.tsx'
import { fromLocal } from '#web/core/time.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import { Conditions } from '#web/sla/Conditions.tsx'
import { HoursFields } from '#web/sla/HoursFields.tsx'
import { kindChoices, targetChoices } from '#web/sla/terms.ts'
import { Traps } from '#web/sla/Traps.tsx'
import { TryOut } from '#web/sla/TryOut.tsx'
import { Versions } from '#web/sla/Versions.tsx'
import { WithinField } from '#web/sla/WithinField.tsx'
import styles from './admin.module.css'

interface Values {
  readonly name: string
  readonly type: Definition['type']
  readonly target: Definition['target']
  readonly terms: Terms
  readonly warnAt: string
  readonly startsAt: string
}

function startOf(definition: Definition | undefined): Values {
  const terms = definition?.versions[0] ? Terms.parse(definition.versions[0]) : startingTerms
  return {
    name: definition?.name ?? '',
    type: definition?.type ?? 'sla',
    target: definition?.target ?? 'resolution',
    terms,
    warnAt: terms.warnAt.join(', '),
    startsAt: '',
  }
}

const percents = (text: string) => (text.match(/\d+/g) ?? []).map(Number)

const termsOf = ({ terms, warnAt }: Values): Terms => ({ ...terms, warnAt: percents(warnAt) })

/** A promise: by when, from what condition to what other, in which hours, and who is warned. */
export function DefinitionEditor({ definition, done }: { definition: Definition | undefined; done: () => void }) {
  const form = useForm({
    start: startOf(definition),
    endpoint: definition ? changeDefinition : addDefinition,
    input: (values: Values) => ({
      ...(definition ? { id: definition.id } : { type: values.type, target: values.target }),
      name: values.name,
      terms: termsOf(values),
      startsAt: values.startsAt === '' ? null : fromLocal(values.startsAt),
    }),
    done: ({ definition: { name } }) => {
      say(t('Saved “{name}”', { name }))
      done()
    },
  })
  const { values, set, errors } = form
  const { terms } = values
  const change = (some: Partial<Terms>) => set({ terms: { ...terms, ...some } })
  return (
    <form {...form.bind} aria-label={definition ? t('Change {name}', { name: definition.name }) : t('New promise')}>
      <Stack gap="md">
        <TextInput label={t('Name')} withAsterisk data-autofocus {...form.text('name')} />
        {!definition && <Sort values={values} set={set} />}
        <WithinField within={terms.within} set={(within) => change({ within })} error={errors['terms.within.field']} />
        <Conditions terms={terms} set={change} errors={errors} />
        <Traps terms={termsOf(values)} />
        <HoursFields terms={terms} set={change} errors={errors} />
        <div className={styles.two}>
          <TextInput label={t('Warn at')} description={t('Percent of the time')} {...form.text('warnAt')} />
          <TextInput
            label={t('Holds from')}
            description={t('Nothing: from now on')}
            type="datetime-local"
            {...form.text('startsAt')}
          />
        </div>
        <Checkbox
          label={t('Urgent: tell at any hour, not only in working hours')}
          checked={terms.urgent}
          onChange={(event) => change({ urgent: event.currentTarget.checked })}
        />
        <TryOut name={values.name} type={values.type} target={values.target} terms={termsOf(values)} />
        <FormEnd form={form} label={t('Save')} onCancel={done}>
          {definition && <PutAway definition={definition} done={done} />}
        </FormEnd>
        {definition && <Versions definition={definition} />}
      </Stack>
    </form>
  )
}

/** What a promise is stays as it was when it was made. */
function Sort({ values, set }: { values: Values; set: (some: Partial<Values>) => void }) {
  return (
    <div className={styles.two}>
      <Select
        label={t('What it is')}
        data={kindChoices}
        allowDeselect={false}
        value={values.type}
        onChange={(type) => type !== null && set({ type })}
      />
      <Select
        label={t('What of')}
        data={targetChoices}
        allowDeselect={false}
        value={values.target}
        onChange={(target) => target !== null && set({ target })}
      />
    </div>
  )
}

function PutAway({ definition: { id, name, retired }, done }: { definition: Definition; done: () => void }) {
  const { mutateAsync } = useAction(changeDefinition)
  const turn = async () => {
    try {
      await mutateAsync({ id, retired: !retired })
      say(retired ? t('“{name}” is back', { name }) : t('Put away “{name}”; clocks that run go on', { name }))
      done()
    } catch (error) {
      sayWrong(error)
    }
  }
  return (
    <Group>
      <Button variant="subtle" onClick={() => void turn()}>
        {retired ? t('Bring back') : t('Put away')}
      </Button>
    </Group>
  )
}
