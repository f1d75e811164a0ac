import { NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getPerson, listTeams } from '#shared/people.ts'
import { listServices } from '#shared/service.ts'
import { query } from '#web/core/api.ts'
import { t } from '#web/core/words.ts'
import { PersonPicker } from '#web/people/PersonPicker.tsx'
import type { FillField, FillValue as Value } from '#web/admin/fill.ts'

interface FillValueProps {
  readonly field: FillField | undefined
  readonly value: Value
  readonly set: (value: Value) => void
  readonly error: string | undefined
}

const draws: Readonly<Record<FillField['sort'], (props: FillValueProps) => React.ReactNode>> = {
  text: Line,
  long: Line,
  number: Figure,
  boolean: Choice,
  choice: Choice,
  service: Reference,
  team: Reference,
  person: Person,
}

/** The value of one field, by what the field holds. */
export function FillValue(props: FillValueProps) {
  const Drawn = draws[props.field?.sort ?? 'text']
  return <Drawn {...props} />
}

function Figure({ field, value, set, error }: FillValueProps) {
  if (field?.choices) return <Choice field={field} value={value} set={set} error={error} />
  return (
    <NumberInput
      aria-label={field?.label ?? t('Value')}
      error={error}
      hideControls
      value={Number(value)}
      onChange={(next) => set(Number(next))}
    />
  )
}

function Line({ field, value, set, error }: FillValueProps) {
  const line = {
    'aria-label': field?.label ?? t('Value'),
    error,
    value: String(value ?? ''),
    onChange: (event: { currentTarget: { value: string } }) => set(event.currentTarget.value),
  }
  return field?.sort === 'long' ? <Textarea autosize minRows={2} {...line} /> : <TextInput {...line} />
}

const yesOrNo = [
  { value: 'true', label: t('Yes') },
  { value: 'false', label: t('No') },
]

const read: Readonly<Partial<Record<FillField['sort'], (text: string) => Value>>> = {
  boolean: (text) => text === 'true',
  number: Number,
}

function Choice({ field, value, set, error }: FillValueProps) {
  return (
    <Select
      aria-label={field?.label ?? t('Value')}
      error={error}
      allowDeselect={false}
      data={[...(field?.choices ?? yesOrNo)]}
      value={value === null ? null : String(value)}
      onChange={(next) => next !== null && set(field && read[field.sort] ? (read[field.sort]?.(next) ?? null) : next)}
    />
  )
}

function Reference({ field, value, set, error }: FillValueProps) {
  const { data: teams = [] } = useQuery(query(listTeams, {}))
  const { data: services = [] } = useQuery(query(listServices, {}))
  const offered: readonly { id: string; name: string; retired: boolean }[] = field?.sort === 'team' ? teams : services
  return (
    <Select
      aria-label={field?.label ?? t('Value')}
      error={error}
      searchable
      data={offered.filter(({ retired }) => !retired).map(({ id, name }) => ({ value: id, label: name }))}
      value={typeof value === 'string' ? value : null}
      onChange={set}
    />
  )
}

function Person({ field, value, set, error }: FillValueProps) {
  const id = typeof value === 'string' ? value : ''
  const { data } = useQuery({ ...query(getPerson, { id }), enabled: id !== '' })
  return (
    <PersonPicker
      label={field?.label ?? t('Person')}
      hideLabel
      audience="staff"
      error={error}
      value={id === '' ? null : { id, name: data?.name ?? '…' }}
      onChange={(person) => set(person?.id ?? null)}
    />
  )
}
