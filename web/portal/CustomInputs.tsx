import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core'
import type { CustomField } from '#shared/item/custom.ts'

interface CustomInputsProps {
  fields: readonly CustomField[]
  values: Readonly<Record<string, unknown>>
  errors: Readonly<Record<string, string>>
  set: (name: string, value: unknown) => void
}

/** The fields that an administrator added, each by its type. */
export function CustomInputs({ fields, values, errors, set }: CustomInputsProps) {
  return fields.map((field) => (
    <CustomInput
      key={field.id}
      field={field}
      value={values[field.name]}
      error={errors[`custom.${field.name}`]}
      set={(value) => set(field.name, value)}
    />
  ))
}

interface CustomInputProps {
  field: CustomField
  value: unknown
  error: string | undefined
  set: (value: unknown) => void
}

function CustomInput({ field: { type, label, required, options }, value, error, set }: CustomInputProps) {
  const about = { label, error, withAsterisk: required }
  if (type === 'boolean') {
    return (
      <Checkbox
        label={label}
        error={error}
        checked={value === true}
        onChange={(event) => set(event.currentTarget.checked)}
      />
    )
  }
  if (type === 'choice') {
    return (
      <Select
        {...about}
        data={options}
        value={typeof value === 'string' ? value : null}
        clearable={!required}
        onChange={(next) => set(next ?? undefined)}
      />
    )
  }
  if (type === 'number') {
    return (
      <NumberInput
        {...about}
        hideControls
        value={typeof value === 'number' ? value : ''}
        onChange={(next) => set(typeof next === 'number' ? next : undefined)}
      />
    )
  }
  return <Line about={about} time={type === 'time'} value={value} set={set} />
}

interface LineProps {
  about: { label: string; error: string | undefined; withAsterisk: boolean }
  time: boolean
  value: unknown
  set: (value: unknown) => void
}

function Line({ about, time, value, set }: LineProps) {
  const text = typeof value === 'string' ? value : ''
  const write = (typed: string) => {
    if (typed === '') return set(undefined)
    set(time ? new Date(typed).toISOString() : typed)
  }
  return (
    <TextInput
      {...about}
      type={time ? 'datetime-local' : 'text'}
      {...(time ? { defaultValue: '' } : { value: text })}
      onChange={(event) => write(event.currentTarget.value)}
    />
  )
}
