import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { listPeople } from '#shared/people.ts'
import { query } from '#web/core/api.ts'
import { t } from '#web/core/words.ts'

interface PersonSelectProps {
  label: string
  placeholder: string
  staff?: boolean
  value?: string | null
  onChange?: (id: string | null) => void
  error?: ReactNode
}

/** One of the people whom one may look up, found by name or e-mail as it is typed. */
export function PersonSelect({ label, placeholder, staff = false, value, onChange, error }: PersonSelectProps) {
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text, 150)
  const { data } = useQuery({
    ...query(listPeople, { q, active: 'true', limit: 30, ...(staff && { audience: 'staff' as const }) }),
    placeholderData: keepPreviousData,
  })
  const [picked, setPicked] = useState<{ value: string; label: string }>()
  const found = (data?.people ?? []).map(({ id, name, email }) => ({ value: id, label: name, email }))
  const options = picked && !found.some((one) => one.value === picked.value) ? [picked, ...found] : found
  return (
    <Select
      label={label}
      placeholder={placeholder}
      searchable
      selectFirstOptionOnChange
      clearable
      nothingFoundMessage={t('Nobody by that name')}
      data={options}
      filter={(given) => given.options}
      value={value ?? null}
      error={error}
      onSearchChange={setText}
      onChange={(id, option) => {
        setPicked(option ?? undefined)
        onChange?.(id)
      }}
    />
  )
}
