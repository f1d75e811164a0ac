import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { listCalendars, type Calendar } from '#shared/calendar.ts'
import { query } from '#web/core/api.ts'
import { Page, Panel } from '#web/core/Page.tsx'
import page from '#web/core/page.module.css'
import { CalendarEditor } from '#web/sla/CalendarEditor.tsx'
import { weekInWords } from '#web/sla/week.ts'

/** The hours in which time is counted, and whose they are. */
export function CalendarsPage() {
  const { data: calendars } = useSuspenseQuery(query(listCalendars, {}))
  const [open, setOpen] = useState<string>()
  const calendar = calendars.find(({ id }) => id === open)
  return (
    <Page
      title="Calendars"
      about="Service levels are counted in the hours of a calendar. A clock that has begun keeps the calendar as it was until it is recalculated."
      actions={
        <Button leftSection={<Plus size={16} />} onClick={() => setOpen('new')}>
          New calendar
        </Button>
      }
    >
      <table className={page.table}>
        <thead>
          <tr>
            <th scope="col">Calendar</th>
            <th scope="col">Hours</th>
            <th scope="col">Special days</th>
            <th scope="col">Kept by</th>
          </tr>
        </thead>
        <tbody>
          {calendars.map((one) => (
            <CalendarRow key={one.id} calendar={one} open={() => setOpen(one.id)} />
          ))}
        </tbody>
      </table>
      {(calendar ?? open === 'new') && (
        <Panel title={calendar?.name ?? 'New calendar'} onClose={() => setOpen(undefined)}>
          <CalendarEditor key={open} calendar={calendar} done={() => setOpen(undefined)} />
        </Panel>
      )}
    </Page>
  )
}

function CalendarRow({ calendar, open }: { calendar: Calendar; open: () => void }) {
  const { name, zone, week, days, uses, isDefault, retired } = calendar
  const coming = days.filter(({ date }) => date >= new Date().toISOString().slice(0, 10))
  const keepers = [...(isDefault ? ['the desk'] : []), ...uses.map((one) => one.name)]
  return (
    <tr data-off={retired || undefined}>
      <td>
        <button type="button" className={page.open} onClick={open}>
          {name}
        </button>
        <span className={page.sub}>{zone.replaceAll('_', ' ')}</span>
      </td>
      <td data-label="Hours">{weekInWords(week)}</td>
      <td data-label="Special days">{coming.length === 0 ? 'none to come' : `${coming.length} to come`}</td>
      <td data-label="Kept by">{keepers.length === 0 ? 'nobody' : keepers.join(', ')}</td>
    </tr>
  )
}
