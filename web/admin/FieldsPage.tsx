import { ActionIcon, Button, Checkbox, Select, Stack, TagsInput, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronUp, Plus } from 'lucide-react'
import { useState } from 'react'
import { addCustomField, changeCustomField, listCustomFields, type CustomField } from '#shared/item/custom.ts'
import { query, useAction } from '#web/core/api.ts'
import { FormEnd, useForm } from '#web/core/form.tsx'
import { Empty, Page, Panel } from '#web/core/Page.tsx'
import { say, sayWrong } from '#web/core/toast.ts'
import page from '#web/core/page.module.css'
import styles from './admin.module.css'

const typeWords: Readonly<Record<CustomField['type'], string>> = {
  text: 'Text',
  number: 'Number',
  boolean: 'Yes or no',
  time: 'Date and time',
  choice: 'One of a list',
}

const kind = 'incident'

export function FieldsPage() {
  const { data } = useSuspenseQuery(query(listCustomFields, { kind }))
  const [open, setOpen] = useState<string>()
  const fields = data.toSorted((one, other) => one.position - other.position)
  const field = fields.find(({ id }) => id === open)
  return (
    <Page
      title="Fields"
      about="What an incident should say beyond what every desk asks. Lists can show them, and filters can name them."
      actions={
        <Button leftSection={<Plus size={16} />} onClick={() => setOpen('new')}>
          New field
        </Button>
      }
    >
      {fields.length === 0 ? (
        <Empty title="There are no fields of your own yet">
          Add one when people keep writing the same thing into the description, such as a room or a cost centre.
        </Empty>
      ) : (
        <Fields fields={fields} open={setOpen} />
      )}
      {(field ?? open === 'new') && (
        <Panel title={field?.label ?? 'New field'} onClose={() => setOpen(undefined)}>
          {field ? (
            <ChangeField key={open} field={field} done={() => setOpen(undefined)} />
          ) : (
            <NewField done={() => setOpen(undefined)} />
          )}
        </Panel>
      )}
    </Page>
  )
}

function Fields({ fields, open }: { fields: readonly CustomField[]; open: (id: string) => void }) {
  const { mutateAsync, isPending } = useAction(changeCustomField)
  const swap = async (one: CustomField, other: CustomField) => {
    try {
      await mutateAsync({ id: one.id, position: other.position })
      await mutateAsync({ id: other.id, position: one.position })
    } catch (error) {
      sayWrong(error)
    }
  }
  const step = (at: number, by: 1 | -1) => {
    const [one, other] = [fields[at], fields[at + by]]
    if (one && other) void swap(one, other)
  }
  return (
    <table className={page.table}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Holds</th>
          <th scope="col">Needed</th>
          <th scope="col">Requesters</th>
          <th scope="col" className={page.end}>
            Order
          </th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ id, name, label, type, required, shownToRequesters, retired }, at) => (
          <tr key={id} data-off={retired || undefined}>
            <td>
              <button type="button" className={page.open} onClick={() => open(id)}>
                {label}
                <span className={page.sub}>custom.{name}</span>
              </button>
              {retired && <span className={page.tag}>Retired</span>}
            </td>
            <td>{typeWords[type]}</td>
            <td data-label="Needed">{required ? 'Yes' : 'No'}</td>
            <td data-label="Requesters">{shownToRequesters ? 'See it' : 'Do not see it'}</td>
            <td className={page.end}>
              <ActionIcon aria-label={`Move ${label} up`} disabled={at === 0 || isPending} onClick={() => step(at, -1)}>
                <ChevronUp size={16} />
              </ActionIcon>
              <ActionIcon
                aria-label={`Move ${label} down`}
                disabled={at === fields.length - 1 || isPending}
                onClick={() => step(at, 1)}
              >
                <ChevronDown size={16} />
              </ActionIcon>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
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

function NewField({ done }: { done: () => void }) {
  const form = useForm({
    start: nothing,
    endpoint: addCustomField,
    input: ({ options, ...rest }) => ({ ...rest, kind, options: rest.type === 'choice' ? [...options] : [] }),
    done: ({ label }) => {
      say(`Added ${label}`)
      done()
    },
  })
  const { values, set, errors } = form
  const relabel = (label: string) =>
    set({ label, ...(values.name === nameFor(values.label) && { name: nameFor(label) }) })
  return (
    <form {...form.bind} aria-label="New field">
      <Stack gap="sm">
        <TextInput
          label="Label"
          withAsterisk
          data-autofocus
          value={values.label}
          error={errors['label']}
          onChange={(event) => relabel(event.currentTarget.value)}
        />
        <TextInput
          label="Name in filters"
          description="It cannot be changed later"
          classNames={{ input: 'mono' }}
          {...form.text('name')}
        />
        <Select
          label="Holds"
          data={types}
          allowDeselect={false}
          value={values.type}
          onChange={(type) => isType(type) && set({ type })}
        />
        {values.type === 'choice' && (
          <TagsInput
            label="Choices"
            description="Write one, then Enter"
            value={[...values.options]}
            error={errors['options']}
            onChange={(options) => set({ options })}
          />
        )}
        <Checkbox label="It must be filled in" {...form.tick('required')} />
        <Checkbox label="Requesters are asked for it, and see it" {...form.tick('shownToRequesters')} />
        <FormEnd form={form} label="Add field" onCancel={done} />
      </Stack>
    </form>
  )
}

function ChangeField({ field, done }: { field: CustomField; done: () => void }) {
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
      say('Saved')
      done()
    },
  })
  const { mutateAsync } = useAction(changeCustomField)
  const turn = async (to: boolean) => {
    await mutateAsync({ id, retired: to }).catch(sayWrong)
    say(to ? `${label} is offered no more; its values stay` : `${label} is back`, { undo: () => void turn(!to) })
    done()
  }
  return (
    <form {...form.bind} aria-label={`Change ${label}`}>
      <Stack gap="sm">
        <TextInput label="Label" withAsterisk data-autofocus {...form.text('label')} />
        {type === 'choice' && (
          <TagsInput
            label="Choices"
            description="Write one, then Enter"
            value={[...form.values.options]}
            error={form.errors['options']}
            onChange={(list) => form.set({ options: list })}
          />
        )}
        <Checkbox label="It must be filled in" {...form.tick('required')} />
        <Checkbox label="Requesters are asked for it, and see it" {...form.tick('shownToRequesters')} />
        <p className={styles.change}>
          Holds: {typeWords[type]}. In filters: <span className="mono">custom.{field.name}</span>
        </p>
        <FormEnd form={form} label="Save">
          <Button variant="default" onClick={() => void turn(!retired)}>
            {retired ? 'Bring back' : 'Retire'}
          </Button>
        </FormEnd>
      </Stack>
    </form>
  )
}
