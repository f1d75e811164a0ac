import { NumberInput, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Within } from '#shared/sla/terms.ts'
import { t } from '#web/core/words.ts'
import { useFields } from '#web/item/dictionary.ts'
import { lengthText, readLength } from '#web/sla/terms.ts'
import styles from './admin.module.css'

interface WithinFieldProps {
  readonly within: Within
  readonly set: (within: Within) => void
  readonly error: string | undefined
}

const ways = [
  { value: 'time', label: t('A length of time') },
  { value: 'business-day', label: t('A time of a business day') },
  { value: 'field', label: t('A time that the record says') },
]

const fresh: Readonly<Record<string, Within>> = {
  time: { by: 'time', minutes: 240 },
  'business-day': { by: 'business-day', days: 1, time: '16:00' },
  field: { by: 'field', field: '' },
}

/** By when: after so much time, by a time some business days on, or by what the record says. */
export function WithinField({ within, set, error }: WithinFieldProps) {
  return (
    <div className={styles.two}>
      <Select
        label={t('Within')}
        data={ways}
        allowDeselect={false}
        value={within.by}
        onChange={(by) => by !== null && fresh[by] && set(fresh[by])}
      />
      {within.by === 'time' && <Length within={within} set={set} />}
      {within.by === 'business-day' && <BusinessDay within={within} set={set} />}
      {within.by === 'field' && <RecordTime within={within} set={set} error={error} />}
    </div>
  )
}

type Of<B extends Within['by']> = Extract<Within, { by: B }>

function Length({ within, set }: { within: Of<'time'>; set: (within: Within) => void }) {
  const [text, setText] = useState(lengthText(within.minutes))
  return (
    <TextInput
      label={t('How long')}
      value={text}
      error={readLength(text) === null ? t('Write a length such as 4h or 1h 30m') : undefined}
      onChange={({ currentTarget: { value } }) => {
        setText(value)
        const minutes = readLength(value)
        if (minutes !== null) set({ by: 'time', minutes })
      }}
    />
  )
}

function BusinessDay({ within, set }: { within: Of<'business-day'>; set: (within: Within) => void }) {
  return (
    <div className={styles.two}>
      <NumberInput
        label={t('Business days on')}
        min={0}
        max={100}
        value={within.days}
        onChange={(days) => set({ ...within, days: Number(days) })}
      />
      <TextInput
        label={t('Time')}
        type="time"
        value={within.time}
        onChange={(event) => set({ ...within, time: event.currentTarget.value })}
      />
    </div>
  )
}

function RecordTime({
  within,
  set,
  error,
}: {
  within: Of<'field'>
  set: (within: Within) => void
  error: string | undefined
}) {
  const fields = useFields('incident')
  const times = Object.entries(fields).filter(([name, { type }]) => type === 'time' && name !== 'dueAt')
  return (
    <Select
      label={t('Which')}
      data={times.map(([value, { label }]) => ({ value, label: t(label) }))}
      value={within.field === '' ? null : within.field}
      error={error}
      onChange={(field) => field !== null && set({ by: 'field', field })}
    />
  )
}
