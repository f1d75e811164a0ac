import { Button, Checkbox, Select, Stack, TextInput } from '@mantine/core'
import { addCalendar, changeCalendar, type Calendar, type Region, type SpecialDay } from '#shared/calendar.ts'
import { FormEnd, useForm } from '#web/core/form.tsx'
import { useAction } from '#web/core/api.ts'
import { say, sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import { Holidays } from '#web/sla/Holidays.tsx'
import { Keepers } from '#web/sla/Keepers.tsx'
import { SpecialDays } from '#web/sla/SpecialDays.tsx'
import { WeekField } from '#web/sla/WeekField.tsx'
import { hoursText, readHours } from '#web/sla/week.ts'

interface Values {
  readonly name: string
  readonly zone: string
  readonly week: readonly string[]
  readonly days: readonly SpecialDay[]
  readonly holidays: Region | null
  readonly isDefault: boolean
}

const office = ['08:00–17:00', '08:00–17:00', '08:00–17:00', '08:00–17:00', '08:00–17:00', '', '']
const here = Intl.DateTimeFormat().resolvedOptions().timeZone
const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

const nothing = (): Values => ({
  name: '',
  zone: zones.includes(here) ? here : 'UTC',
  week: office,
  days: [],
  holidays: null,
  isDefault: false,
})

const startOf = ({ name, zone, week, days, holidays, isDefault }: Calendar): Values => ({
  name,
  zone,
  week: week.map(hoursText),
  days,
  holidays,
  isDefault,
})

/** A calendar: its week, the days that are not like their weekday, and who keeps it. */
export function CalendarEditor({ calendar, done }: { calendar: Calendar | undefined; done: () => void }) {
  const form = useForm({
    start: calendar ? startOf(calendar) : nothing(),
    endpoint: calendar ? changeCalendar : addCalendar,
    input: ({ isDefault, week, days, ...rest }: Values) => ({
      ...(calendar && { id: calendar.id }),
      ...rest,
      days: [...days],
      week: week.map((text) => readHours(text) ?? [{ from: '00:00', to: '00:00' }]),
      ...(calendar && isDefault && !calendar.isDefault && { isDefault: true as const }),
    }),
    done: ({ name }) => {
      say(t('Saved “{name}”', { name }))
      done()
    },
  })
  const { values, set, errors } = form
  return (
    <>
      <form {...form.bind} aria-label={calendar ? t('Change {name}', { name: calendar.name }) : t('New calendar')}>
        <Stack gap="md">
          <TextInput label={t('Name')} withAsterisk data-autofocus {...form.text('name')} />
          <Select
            label={t('Time zone')}
            searchable
            allowDeselect={false}
            data={zones}
            value={values.zone}
            error={errors['zone']}
            onChange={(zone) => zone !== null && set({ zone })}
          />
          <WeekField week={values.week} set={(week) => set({ week })} error={errors['week']} />
          <Holidays
            region={values.holidays}
            days={values.days}
            week={values.week}
            set={(holidays, days) => set({ holidays, days })}
          />
          <SpecialDays days={values.days} set={(days) => set({ days })} error={errors['days']} />
          {calendar && (
            <Checkbox
              label={t('The desk’s own: it counts where nobody keeps another')}
              disabled={calendar.isDefault}
              {...form.tick('isDefault')}
            />
          )}
          <FormEnd form={form} label={t('Save')} onCancel={done}>
            {calendar && !calendar.isDefault && <PutAway calendar={calendar} done={done} />}
          </FormEnd>
        </Stack>
      </form>
      {calendar && <Keepers calendar={calendar} />}
    </>
  )
}

function PutAway({ calendar: { id, name, retired }, done }: { calendar: Calendar; done: () => void }) {
  const { mutateAsync } = useAction(changeCalendar)
  const turn = async () => {
    try {
      await mutateAsync({ id, retired: !retired })
      say(retired ? t('“{name}” is back', { name }) : t('Put away “{name}”', { name }))
      done()
    } catch (error) {
      sayWrong(error)
    }
  }
  return (
    <Button variant="subtle" onClick={() => void turn()}>
      {retired ? t('Bring back') : t('Put away')}
    </Button>
  )
}
