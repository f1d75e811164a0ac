import { useState, type FormEvent, type ReactNode } from 'react'
import { t } from '#web/core/words.ts'
import { describe, readFilter, useFields } from '#web/item/dictionary.ts'
import { Plain } from '#web/core/Plain.tsx'
import { fromLocal, toLocal } from '#web/core/time.tsx'
import { periods, type Asking } from '#web/report/state.ts'
import styles from './ask.module.css'

const steps = [
  ['day', t('By day')],
  ['week', t('By week')],
  ['month', t('By month')],
] as const

const groups = [
  ['', t('Not broken down')],
  ['service', t('By service')],
  ['team', t('By team')],
  ['priority', t('By priority')],
  ['organisation', t('By organisation')],
  ['assignee', t('By assignee')],
  ['category', t('By category')],
  ['source', t('By source')],
] as const

interface AskBarProps {
  readonly asking: Asking
  readonly steps?: boolean
  readonly groups?: boolean
}

/** What is asked: of which time, of which incidents, in which steps, as of when. */
export function AskBar({ asking, steps: withSteps = true, groups: withGroups = false }: AskBarProps) {
  const { period, every, by, go } = asking
  const own = periods.some(([value]) => value === period) ? [] : [[period, period] as const]
  return (
    <search className={styles.ask} aria-label={t('What is asked')}>
      <Choice
        label={t('Period')}
        value={period}
        options={[...periods, ...own]}
        onChange={(value) => go({ period: value, every: undefined })}
      />
      {withSteps && (
        <Choice label={t('Steps')} value={every} options={steps} onChange={(value) => go({ every: value })} />
      )}
      {withGroups && (
        <Choice
          label={t('Breakdown')}
          value={by ?? ''}
          options={groups}
          onChange={(value) => go({ by: value === '' ? undefined : value })}
        />
      )}
      <FilterInput key={asking.filter} asking={asking} />
      <AsOf asking={asking} />
    </search>
  )
}

interface ChoiceProps<T extends string> {
  readonly label: string
  readonly value: string
  readonly options: readonly (readonly [T, string])[]
  readonly onChange: (value: T) => void
}

function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => {
        const chosen = options.find(([one]) => one === currentTarget.value)
        if (chosen) onChange(chosen[0])
      }}
    >
      {options.map(([one, words]) => (
        <option key={one} value={one}>
          {words}
        </option>
      ))}
    </select>
  )
}

/** A filter of the one language, applied when it can be read. */
function FilterInput({ asking: { filter, go } }: { asking: Asking }) {
  const fields = useFields('incident')
  const [text, setText] = useState(filter)
  const read = readFilter(text, fields)
  const wrong = 'wrong' in read && text.trim() !== ''
  const apply = (event: FormEvent) => {
    event.preventDefault()
    if (!wrong) go({ f: text.trim() === '' ? undefined : text.trim() })
  }
  const words: ReactNode =
    'wrong' in read
      ? `${read.wrong.message} ${read.wrong.mend}`
      : text.trim() === ''
        ? ''
        : describe(read.filter, fields)
  return (
    <form className={styles.filter} onSubmit={apply}>
      <input
        aria-label={t('Filter')}
        aria-invalid={wrong}
        aria-describedby="figures-filter"
        placeholder={t('All incidents, or a filter: {filter}', { filter: 'priority<=2 team:my-team' })}
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onBlur={apply}
      />
      <output id="figures-filter" className={styles.filterWords} data-wrong={wrong || undefined}>
        {words}
      </output>
    </form>
  )
}

function AsOf({ asking: { asOf, go } }: { asking: Asking }) {
  if (asOf === undefined)
    return (
      <Plain tone="quiet" onClick={() => go({ asOf: new Date().toISOString() })}>
        {t('As of now')}
      </Plain>
    )
  return (
    <span className={styles.asOf}>
      <label htmlFor="figures-as-of">{t('As of')}</label>
      <input
        id="figures-as-of"
        type="datetime-local"
        defaultValue={toLocal(asOf)}
        onBlur={({ currentTarget }) => currentTarget.value !== '' && go({ asOf: fromLocal(currentTarget.value) })}
      />
      <Plain tone="quiet" onClick={() => go({ asOf: undefined })}>
        {t('Now')}
      </Plain>
    </span>
  )
}
