import { NumberInput, Select, SimpleGrid, Switch, TagsInput, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import type { Input } from '#shared/core/endpoint.ts'
import { levelNames, Source, sourceNames, type openIncident } from '#shared/incident.ts'
import { getPriorityMatrix } from '#shared/matrix.ts'
import type { CustomField } from '#shared/item/custom.ts'
import { listTeams } from '#shared/people.ts'
import { listServices } from '#shared/service.ts'
import { listTemplates } from '#shared/template.ts'
import { query } from '#web/core/api.ts'
import { useMay } from '#web/core/me.ts'
import { fromLocal } from '#web/core/time.tsx'
import { t } from '#web/core/words.ts'
import { PersonSelect } from '#web/item/PersonSelect.tsx'
import { Priority } from '#web/item/Priority.tsx'
import styles from '#web/item/record.module.css'

/** What is typed, as the fields of a form hold it. */
export interface Draft {
  title: string
  description: string
  requesterId: string | null
  contactId: string | null
  callback: string
  impact: string
  urgency: string
  serviceId: string | null
  category: string
  configurationItem: string
  source: string
  teamId: string | null
  assigneeId: string | null
  tags: string[]
  confidential: boolean
  custom: { [name: string]: unknown }
}

export const blank: Draft = {
  title: '',
  description: '',
  requesterId: null,
  contactId: null,
  callback: '',
  impact: '3',
  urgency: '3',
  serviceId: null,
  category: '',
  configurationItem: '',
  source: 'phone',
  teamId: null,
  assigneeId: null,
  tags: [],
  confidential: false,
  custom: {},
}

/** A draft as the desk takes it: what was left empty is left out. */
export function inputOf(draft: Draft, custom: readonly CustomField[]): Input<typeof openIncident> {
  const given = custom.filter(({ name }) => !isEmpty(draft.custom[name]))
  return {
    ...draft,
    impact: Number(draft.impact),
    urgency: Number(draft.urgency),
    source: Source.parse(draft.source),
    callback: draft.callback || null,
    category: draft.category || null,
    configurationItem: draft.configurationItem || null,
    custom: Object.fromEntries(given.map(({ name, type }) => [name, valueFor(type, draft.custom[name])])),
  }
}

const valueFor = (type: CustomField['type'], value: unknown) =>
  type === 'time' && typeof value === 'string' ? fromLocal(value) : value

const isEmpty = (value: unknown) => value === undefined || value === null || value === ''

interface NewFieldsProps {
  form: UseFormReturnType<Draft>
  custom: readonly CustomField[]
}

export function NewFields({ form, custom }: NewFieldsProps) {
  const may = useMay()
  return (
    <>
      <Templates form={form} />
      <TextInput
        data-autofocus
        label={t('Title')}
        placeholder={t('What is broken?')}
        withAsterisk
        {...form.getInputProps('title')}
      />
      <Textarea label={t('Description')} autosize minRows={3} maxRows={12} {...form.getInputProps('description')} />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        {may('incident.open-for-others') && may('people.read') && (
          <>
            <PersonSelect label={t('Requester')} placeholder={t('Myself')} {...form.getInputProps('requesterId')} />
            <PersonSelect label={t('Contact')} placeholder={t('The requester')} {...form.getInputProps('contactId')} />
          </>
        )}
        <Services form={form} />
        <TextInput label={t('Category')} {...form.getInputProps('category')} />
      </SimpleGrid>
      <Levels form={form} />
      <Further form={form} custom={custom} />
    </>
  )
}

/** What is often known only later. */
function Further({ form, custom }: NewFieldsProps) {
  const may = useMay()
  const works = may('item.work')
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        {may('people.read') && <Assignment form={form} />}
        <TextInput label={t('Configuration item')} {...form.getInputProps('configurationItem')} />
        <TextInput label={t('Call back')} {...form.getInputProps('callback')} />
        <Select
          label={t('Source')}
          allowDeselect={false}
          data={Source.options.map((value) => ({ value, label: t(sourceNames[value]) }))}
          {...form.getInputProps('source')}
        />
        {works && <TagsInput label={t('Tags')} {...form.getInputProps('tags')} />}
        {custom.map((field) => (
          <Custom key={field.id} field={field} form={form} />
        ))}
      </SimpleGrid>
      {works && (
        <Switch
          label={t('Confidential')}
          description={t('Only its team, assignee and requester see it')}
          {...form.getInputProps('confidential', { type: 'checkbox' })}
        />
      )}
    </>
  )
}

function Templates({ form }: { form: UseFormReturnType<Draft> }) {
  const may = useMay()
  const { data = [] } = useQuery({
    ...query(listTemplates, { use: 'template', kind: 'incident' }),
    enabled: may('item.work'),
  })
  const templates = data.filter(({ active }) => active)
  if (templates.length === 0) return null
  const fill = (id: string | null) => {
    const template = templates.find((one) => one.id === id)
    if (template) form.setValues(filled(template))
  }
  return (
    <Select
      label={t('Template')}
      placeholder={t('Start from nothing')}
      searchable
      clearable
      data={templates.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={fill}
    />
  )
}

/** A template's values, as far as the form has a field of that name. */
function filled({ fill, body }: { fill: Readonly<Record<string, unknown>>; body: string }): Partial<Draft> {
  const known = Object.entries(fill).filter(([name]) => Object.hasOwn(blank, name))
  const values = known.map(([name, value]) => [name, typeof value === 'number' ? String(value) : value])
  return { ...(body !== '' && { description: body }), ...Object.fromEntries(values) }
}

function Services({ form }: { form: UseFormReturnType<Draft> }) {
  const { data = [] } = useQuery(query(listServices, {}))
  return (
    <Select
      label={t('Service')}
      placeholder={t('What is it about')}
      searchable
      clearable
      data={data.filter(({ retired }) => !retired).map(({ id, name }) => ({ value: id, label: name }))}
      {...form.getInputProps('serviceId')}
    />
  )
}

function Assignment({ form }: { form: UseFormReturnType<Draft> }) {
  const { data = [] } = useQuery(query(listTeams, {}))
  return (
    <>
      <Select
        label={t('Team')}
        placeholder={t('As the rules say')}
        searchable
        clearable
        data={data.filter(({ retired }) => !retired).map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('teamId')}
      />
      <PersonSelect label={t('Assignee')} placeholder={t('Nobody yet')} staff {...form.getInputProps('assigneeId')} />
    </>
  )
}

const levels = Object.entries(levelNames).map(([value, label]) => ({ value, label: t(label) }))

/** Impact and urgency, and the priority that follows from them. */
function Levels({ form }: { form: UseFormReturnType<Draft> }) {
  const { data: cells = [] } = useQuery(query(getPriorityMatrix, {}))
  const { impact, urgency } = form.values
  const cell = cells.find((one) => String(one.impact) === impact && String(one.urgency) === urgency)
  return (
    <SimpleGrid cols={3} spacing="sm">
      <Select label={t('Impact')} allowDeselect={false} data={levels} {...form.getInputProps('impact')} />
      <Select label={t('Urgency')} allowDeselect={false} data={levels} {...form.getInputProps('urgency')} />
      <div>
        <div className={styles.formLabel}>{t('Priority')}</div>
        <output className={styles.formValue}>{cell && <Priority priority={cell.priority} />}</output>
      </div>
    </SimpleGrid>
  )
}

function Custom({ field, form }: { field: CustomField; form: UseFormReturnType<Draft> }) {
  const path = `custom.${field.name}`
  const props = { label: field.label, withAsterisk: field.required, ...form.getInputProps(path) }
  if (field.type === 'choice') return <Select clearable={!field.required} data={field.options} {...props} />
  if (field.type === 'number') return <NumberInput {...props} />
  if (field.type === 'boolean')
    return <Switch label={field.label} {...form.getInputProps(path, { type: 'checkbox' })} />
  return <TextInput {...props} type={field.type === 'time' ? 'datetime-local' : 'text'} />
}
