import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { listCalendars } from '#shared/calendar.ts'
import type { Terms } from '#shared/sla/terms.ts'
import { query } from '#web/core/api.ts'
import type { Errors } from '#web/core/form.tsx'
import { t } from '#web/core/words.ts'
import { calendarChoices, zoneChoices } from '#web/sla/terms.ts'
import styles from './admin.module.css'

interface HoursFieldsProps {
  readonly terms: Terms
  readonly set: (some: Partial<Terms>) => void
  readonly errors: Errors
}

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** In whose hours, on whose clocks. Where that is nobody, the calendar named here counts, and then the desk's. */
export function HoursFields({ terms, set, errors }: HoursFieldsProps) {
  const { data: calendars = [] } = useQuery(query(listCalendars, {}))
  const data = calendars.filter(({ retired, id }) => !retired || id === terms.calendarId)
  return (
    <fieldset className={styles.part}>
      <legend>{t('Hours')}</legend>
      <div className={styles.two}>
        <Select
          label={t('Whose calendar')}
          data={calendarChoices}
          allowDeselect={false}
          value={terms.calendarFrom}
          onChange={(calendarFrom) => calendarFrom !== null && set({ calendarFrom })}
        />
        <Select
          label={terms.calendarFrom === 'definition' ? t('Calendar') : t('Else')}
          placeholder={t('The desk’s own')}
          clearable
          data={data.map(({ id, name }) => ({ value: id, label: name }))}
          value={terms.calendarId}
          error={errors['terms.calendarId']}
          onChange={(calendarId) => set({ calendarId })}
        />
        <Select
          label={t('Whose time zone')}
          data={zoneChoices}
          allowDeselect={false}
          value={terms.zoneFrom}
          onChange={(zoneFrom) => zoneFrom !== null && set({ zoneFrom })}
        />
        {terms.zoneFrom === 'definition' && (
          <Select
            label={t('Time zone')}
            searchable
            data={zones}
            value={terms.zone}
            error={errors['terms.zone']}
            onChange={(zone) => set({ zone })}
          />
        )}
      </div>
    </fieldset>
  )
}
