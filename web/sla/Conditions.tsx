import { Checkbox, Select } from '@mantine/core'
import { clockFields, type Terms } from '#shared/sla/terms.ts'
import type { Errors } from '#web/core/form.tsx'
import { t } from '#web/core/words.ts'
import { FilterField } from '#web/item/FilterField.tsx'
import { cancelChoices } from '#web/sla/terms.ts'
import styles from './admin.module.css'

interface ConditionsProps {
  readonly terms: Terms
  readonly set: (some: Partial<Terms>) => void
  readonly errors: Errors
}

type Name = 'start' | 'pause' | 'resume' | 'stop' | 'reset' | 'cancel'

const asked: Readonly<Record<Name, { label: string; empty: string; placeholder: string }>> = {
  start: { label: t('Runs while'), empty: t('Every incident'), placeholder: 'priority:1' },
  stop: { label: t('Ends when'), empty: t('Say what it ends with'), placeholder: 'is:done' },
  pause: { label: t('Paused while'), empty: t('Never'), placeholder: 'is:waiting' },
  resume: {
    label: t('Goes on when'),
    empty: t('As soon as the pause no longer holds'),
    placeholder: 'state:in_progress',
  },
  reset: { label: t('Begins anew when'), empty: t('Never'), placeholder: 'service:VPN' },
  cancel: { label: t('Called off when'), empty: t('Never'), placeholder: 'tags:void' },
}

/** From what condition to what other: each is a filter, as in any list. */
export function Conditions({ terms, set, errors }: ConditionsProps) {
  const field = (name: Name) => (
    <FilterField
      key={name}
      kind="incident"
      more={clockFields}
      calm
      {...asked[name]}
      value={terms[name]}
      error={errors[`terms.${name}`]}
      onChange={(text) => set({ [name]: text })}
    />
  )
  return (
    <fieldset className={styles.part}>
      <legend>{t('Conditions')}</legend>
      {field('start')}
      {field('stop')}
      {field('pause')}
      {terms.pause.trim() !== '' && field('resume')}
      <Select
        label={t('Called off')}
        data={cancelChoices}
        allowDeselect={false}
        value={terms.cancelWhen}
        onChange={(cancelWhen) => cancelWhen !== null && set({ cancelWhen })}
      />
      {terms.cancelWhen === 'condition' && field('cancel')}
      {field('reset')}
      <Checkbox
        label={t('Counts from the beginning of the record, not from when it came to apply')}
        checked={terms.retroactive}
        onChange={(event) => set({ retroactive: event.currentTarget.checked })}
      />
      <Checkbox
        label={t('What waited before then counts as a pause')}
        disabled={!terms.retroactive}
        checked={terms.retroactivePause}
        onChange={(event) => set({ retroactivePause: event.currentTarget.checked })}
      />
    </fieldset>
  )
}
