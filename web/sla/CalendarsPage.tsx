import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { listCalendars, type Calendar } from '#shared/calendar.ts'
import { query } from '#web/core/api.ts'
import { Page, Panel } from '#web/core/Page.tsx'
import page from '#web/core/page.module.css'
import { t } from '#web/core/words.ts'
import { CalendarEditor } from '#web/sla/CalendarEditor.tsx'
import { weekInWords } from '#web/sla/week.ts'

/** The hours in which time is counted, and whose they are. */
export function CalendarsPage() {
  const { data: calendars } = useSuspenseQuery(query(listCalendars, {}))
  const [open, setOpen] = useState<string>()
  const calendar = calendars.find(({ id }) => id === open)
  return (
    <Page
      title={t('Calendars')}
      about={t(
        'Service levels are counted in the hours of a calendar. A clock that has begun keeps the calendar as it was until it is recalculated.',
      )}
      actions={
        <Button leftSection={<Plus size={16} />} onClick={() => setOpen('new')}>
          {t('New calendar')}
        </Button>
      }
    >
      <table className={page.table}>
        <thead>
          <tr>
            <th scope="col">{t('Calendar')}</th>
            <th scope="col">{t('Hours')}</th>
            <th scope="col">{t('Special days')}</th>
            <th scope="col">{t('Kept by')}</th>
          </tr>
        </thead>
        <tbody>
          {calendars.map((one) => (
            <CalendarRow key={one.id} calendar={one} open={() => setOpen(one.id)} />
          ))}
        </tbody>
      </table>
      {(calendar ?? open === 'new') && (
        <Panel title={calendar?.name ?? t('New calendar')} onClose={() => setOpen(undefined)}>
          <CalendarEditor key={open} calendar={calendar} done={() => setOpen(undefined)} />
        </Panel>
      )}
    </Page>
  )
}

function CalendarRow({ calendar, open }: { calendar: Calendar; open: () => void }) {
  const { name, zone, week, days, uses, isDefault, retired } = calendar
  const coming = days.filter(({ date }) => date >= new Date().toISOString().slice(0, 10))
  const keepers = [...(isDefault ? [t('the desk')] : []), ...uses.map((one) => one.name)]
  return (
    <tr data-off={retired || undefined}>
      <td>
        <button type="button" className={page.open} onClick={open}>
          {name}
        </button>
        <span className={page.sub}>{zone.replaceAll('_', ' ')}</span>
      </td>
      <td data-label={t('Hours')}>{weekInWords(week)}</td>
      <td data-label={t('Special days')}>
        {t('{count, plural, =0 {none to come} other {# to come}}', { count: coming.length })}
      </td>
      <td data-label={t('Kept by')}>{keepers.length === 0 ? t('nobody') : keepers.join(', ')}</td>
    </tr>
  )
}
