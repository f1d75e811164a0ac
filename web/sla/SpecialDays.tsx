import { ActionIcon, Button, TextInput } from '@mantine/core'
import { X } from 'lucide-react'
import { useState } from 'react'
import type { SpecialDay } from '#shared/calendar.ts'
import { locale, t } from '#web/core/words.ts'
import { hoursText, readHours } from '#web/sla/week.ts'
import styles from './admin.module.css'

interface SpecialDaysProps {
  readonly days: readonly SpecialDay[]
  readonly set: (days: readonly SpecialDay[]) => void
  readonly error: string | undefined
}

const today = () => new Date().toISOString().slice(0, 10)

/** Days that are not like their weekday: closed, or with hours of their own. Those that are over are told on demand. */
export function SpecialDays({ days, set, error }: SpecialDaysProps) {
  const [past, setPast] = useState(false)
  const sorted = days.toSorted((a, b) => (a.date < b.date ? -1 : 1))
  const shown = past ? sorted : sorted.filter(({ date }) => date >= today())
  const over = sorted.length - sorted.filter(({ date }) => date >= today()).length
  return (
    <fieldset className={styles.days}>
      <legend>{t('Special days')}</legend>
      {shown.length > 0 && (
        <ul>
          {shown.map((day) => (
            <li key={day.date}>
              <span className={styles.date}>{dateWords(day.date)}</span>
              <span>
                {day.name} <span className={styles.hint}>{hoursText(day.windows) || t('closed')}</span>
              </span>
              <ActionIcon
                aria-label={t('Take {name} on {date} away', { name: day.name, date: dateWords(day.date) })}
                onClick={() => set(days.filter(({ date }) => date !== day.date))}
              >
                <X size={16} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      {over > 0 && (
        <div>
          <Button variant="subtle" size="compact-sm" onClick={() => setPast(!past)}>
            {past
              ? t('Only days to come')
              : t('{count, plural, one {# that is over} other {# that are over}}', { count: over })}
          </Button>
        </div>
      )}
      <NewDay add={(day) => set([...days.filter(({ date }) => date !== day.date), day])} />
      {error !== undefined && <p className={styles.wrong}>{error}</p>}
    </fieldset>
  )
}

const dateWords = (date: string) =>
  new Intl.DateTimeFormat(locale(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`))

function NewDay({ add }: { add: (day: SpecialDay) => void }) {
  const [date, setDate] = useState('')
  const [name, setName] = useState('')
  const [hours, setHours] = useState('')
  const windows = readHours(hours)
  const ready = date !== '' && name.trim() !== '' && windows !== null
  const put = () => {
    if (!ready) return
    add({ date, name: name.trim(), windows, origin: 'own' })
    setDate('')
    setName('')
    setHours('')
  }
  return (
    <div className={styles.newDay}>
      <TextInput label={t('Date')} type="date" value={date} onChange={(event) => setDate(event.currentTarget.value)} />
      <TextInput
        label={t('What it is')}
        placeholder={t('Inventory')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t('Hours')}
        placeholder={t('closed')}
        value={hours}
        error={windows === null ? t('Write hours such as 08:00–12:00') : undefined}
        onChange={(event) => setHours(event.currentTarget.value)}
      />
      <Button variant="default" disabled={!ready} onClick={put}>
        {t('Add the day')}
      </Button>
    </div>
  )
}
