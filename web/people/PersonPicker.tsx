import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listPeople } from '#shared/people.ts'
import { query } from '#web/core/api.ts'
import { t } from '#web/core/words.ts'

interface PersonPickerProps {
  readonly label: string
  readonly description?: string
  readonly value: { readonly id: string; readonly name: string } | null
  readonly onChange: (person: { readonly id: string; readonly name: string } | null) => void
  readonly error?: string | undefined
  readonly audience?: 'staff' | 'requester' | undefined
  readonly clearable?: boolean
  readonly placeholder?: string
  readonly hideLabel?: boolean
  readonly not?: readonly string[] | undefined
}

/** One person among many, found by name or e-mail address. */
export function PersonPicker({ label, hideLabel = false, audience, not, value, onChange, ...rest }: PersonPickerProps) {
  const { known, setText } = useFound({ audience, not, value })
  return (
    <Select
      {...(hideLabel ? { 'aria-label': label } : { label })}
      data={known.map(({ id, name }) => ({ value: id, label: name }))}
      value={value?.id ?? null}
      searchable
      clearable
      filter={({ options }) => options}
      nothingFoundMessage={t('Nobody of that name')}
      onSearchChange={setText}
      onChange={(id) => onChange(known.find((person) => person.id === id) ?? null)}
      {...rest}
    />
  )
}

/** Those whom the typed letters may mean, and whoever is chosen already. */
function useFound({ audience, not = [], value }: Pick<PersonPickerProps, 'audience' | 'not' | 'value'>) {
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text === value?.name ? '' : text, 150)
  const { data } = useQuery({
    ...query(listPeople, { q: asked, active: 'true', limit: 20, ...(audience && { audience }) }),
    placeholderData: keepPreviousData,
  })
  const found = (data?.people ?? []).filter(({ id }) => !not.includes(id))
  return { known: value && !found.some(({ id }) => id === value.id) ? [value, ...found] : found, setText }
}
