import { Button, Checkbox, Select, Stack, TagsInput, TextInput } from '@mantine/core'
import { addCustomField, changeCustomField, type CustomField } from '#shared/item/custom.ts'
import { useAction } from '#web/core/api.ts'
import { FormEnd, useForm } from '#web/core/form.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import { T } from '#web/core/T.tsx'
import { t } from '#web/core/words.ts'
import styles from './admin.module.css'

/** What a field can hold. */
export const typeWords: Readonly<Record<CustomField['type'], string>> = {
  text: t('Text'),
  number: t('Any number'),
  boolean: t('Yes or no'),
  time: t('Date and time'),
  choice: t('One of a list'),
}

interface NewFieldValues {
  readonly label: string
  readonly name: string
  readonly type: CustomField['type']
  readonly options: readonly string[]
  readonly required: boolean
  readonly shownToRequesters: boolean
}

const nothing: NewFieldValues = {
  label: '',
  name: '',
  type: 'text',
  options: [],
  required: false,
  shownToRequesters: false,
}

const types = Object.entries(typeWords).map(([value, label]) => ({ value, label }))
const isType = (value: string | null): value is CustomField['type'] => value !== null && value in typeWords

/** The name that filters use, made from the label until somebody writes their own. */
const nameFor = (label: string) =>
  label
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '')
    .slice(0, 40)

export function NewField({ done }: { done: () => void }) {
  const form = useForm({
    start: nothing,
    endpoint: addCustomField,
    input: ({ options, ...rest }) => ({
      ...rest,
      kind: 'incident',
      options: rest.type === 'choice' ? [...options] : [],
    }),
    done: ({ label }) => {
      say(t('Added {label}', { label }))
      done()
    },
  })
  const { values, set, errors } = form
  const relabel = (label: string) =>
    set({ label, ...(values.name === nameFor(values.label) && { name: nameFor(label) }) })
  return (
    <form {...form.bind} aria-label={t('New field')}>
      <Stack gap="sm">
        <TextInput
          label={t('Label')}
          withAsterisk
          data-autofocus
          value={values.label}
          error={errors['label']}
          onChange={(event) => relabel(event.currentTarget.value)}
        />
        <TextInput
          label={t('Name in filters')}
          description={t('It cannot be changed later')}
          classNames={{ input: 'mono' }}
          {...form.text('name')}
        />
        <Select
          label={t('Holds')}
          data={types}
          allowDeselect={false}
          value={values.type}
          onChange={(type) => isType(type) && set({ type })}
        />
        {values.type === 'choice' && (
          <TagsInput
            label={t('Choices')}
            description={t('Write one, then Enter')}
            value={[...values.options]}
            error={errors['options']}
            onChange={(options) => set({ options })}
          />
        )}
        <Checkbox label={t('It must be filled in')} {...form.tick('required')} />
        <Checkbox label={t('Requesters are asked for it, and see it')} {...form.tick('shownToRequesters')} />
        <FormEnd form={form} label={t('Add field')} onCancel={done} />
      </Stack>
    </form>
  )
}

export function ChangeField({ field, done }: { field: CustomField; done: () => void }) {
  const { id, label, options, required, shownToRequesters, retired, type } = field
  const start: Pick<NewFieldValues, 'label' | 'options' | 'required' | 'shownToRequesters'> = {
    label,
    options,
    required,
    shownToRequesters,
  }
  const form = useForm({
    start,
    endpoint: changeCustomField,
    input: ({ options: list, ...rest }) => ({ ...rest, id, ...(type === 'choice' && { options: [...list] }) }),
    done: () => {
      say(t('Saved'))
      done()
    },
  })
  const { mutateAsync } = useAction(changeCustomField)
  const turn = async (to: boolean) => {
    await mutateAsync({ id, retired: to }).catch(sayWrong)
    say(to ? t('{label} is offered no more; its values stay', { label }) : t('{label} is back', { label }), {
      undo: () => void turn(!to),
    })
    done()
  }
  return (
    <form {...form.bind} aria-label={t('Change {label}', { label })}>
      <Stack gap="sm">
        <TextInput label={t('Label')} withAsterisk data-autofocus {...form.text('label')} />
        {type === 'choice' && (
          <TagsInput
            label={t('Choices')}
            description={t('Write one, then Enter')}
            value={[...form.values.options]}
            error={form.errors['options']}
            onChange={(list) => form.set({ options: list })}
          />
        )}
        <Checkbox label={t('It must be filled in')} {...form.tick('required')} />
        <Checkbox label={t('Requesters are asked for it, and see it')} {...form.tick('shownToRequesters')} />
        <p className={styles.change}>
          <T
            of="Holds: {type}. In filters: {name}"
            values={{ type: typeWords[type], name: <span className="mono">custom.{field.name}</span> }}
          />
        </p>
        <FormEnd form={form} label={t('Save')}>
          <Button variant="default" onClick={() => void turn(!retired)}>
            {retired ? t('Bring back') : t('Retire')}
          </Button>
        </FormEnd>
      </Stack>
    </form>
  )
}
