import { useQueryClient } from '@tanstack/react-query'
import type { CustomField } from '#shared/item/custom.ts'
import { setCustom } from '#shared/item/item.ts'
import type { Record } from '#shared/records.ts'
import { narrow, openPalette } from '#web/core/palette.ts'
import { fromLocal, toLocal, When } from '#web/core/time.tsx'
import { t } from '#web/core/words.ts'
import { attempt } from '#web/item/attempt.ts'
import { useCustomFields } from '#web/item/dictionary.ts'
import { ChoiceRow, None, TextRow } from '#web/item/EditRow.tsx'

/** The fields that an administrator added, each edited as its type wants. */
export function CustomRows({ record, editable }: { record: Record; editable: boolean }) {
  const client = useQueryClient()
  const fields = useCustomFields(record.kind)
  const save = (field: CustomField) => (value: unknown) =>
    void attempt(
      client,
      setCustom,
      { itemId: record.id, version: record.version, values: { [field.name]: value } },
      t('{label} changed', { label: field.label }),
    )
  return fields.map((field) => (
    <CustomRow
      key={field.id}
      field={field}
      value={record.custom[field.name]}
      save={editable ? save(field) : undefined}
    />
  ))
}

interface CustomRowProps {
  field: CustomField
  value: unknown
  save: ((value: unknown) => void) | undefined
}

function CustomRow({ field, value, save }: CustomRowProps) {
  const { type, label } = field
  const text = worded(value)
  if (type === 'choice' || type === 'boolean') {
    return (
      <ChoiceRow label={label} onEdit={save && (() => choose(field, value, save))}>
        {text ?? <None />}
      </ChoiceRow>
    )
  }
  if (type === 'time') return <TimeRow label={label} at={text} save={save} />
  const read = (typed: string | null) => (type === 'number' && typed !== null ? Number(typed) : typed)
  return (
    <TextRow
      label={label}
      type={type === 'number' ? 'number' : 'text'}
      value={text}
      onSave={save && ((typed) => save(read(typed)))}
    />
  )
}

interface TimeRowProps {
  label: string
  at: string | null
  save: ((value: unknown) => void) | undefined
}

function TimeRow({ label, at, save }: TimeRowProps) {
  return (
    <TextRow
      label={label}
      type="datetime-local"
      value={at === null ? null : toLocal(at)}
      shown={at === null ? undefined : <When at={at} />}
      onSave={save && ((typed) => save(typed === null ? null : fromLocal(typed)))}
    />
  )
}

function choose({ name, label, type, options, required }: CustomField, now: unknown, save: (value: unknown) => void) {
  const values: readonly unknown[] = type === 'boolean' ? [true, false] : options
  const choices = [...values, ...(required ? [] : [null])].map((value) => ({
    id: String(value),
    label: worded(value) ?? t('None'),
    ticked: value === (now ?? null),
    run: () => save(value),
  }))
  openPalette({ id: `custom-${name}`, title: label, placeholder: label, choices: (text) => narrow(choices, text) })
}

function worded(value: unknown): string | null {
  if (typeof value === 'boolean') return value ? t('Yes') : t('No')
  if (typeof value === 'number' || typeof value === 'string') return String(value)
  return null
}
