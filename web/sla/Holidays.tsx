import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listHolidayRegions, listHolidays, type Region, type SpecialDay } from '#shared/calendar.ts'
import type { Output } from '#shared/core/endpoint.ts'
import { call, query } from '#web/core/api.ts'
import { say, sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import { readHours } from '#web/sla/week.ts'
import styles from './admin.module.css'

interface HolidaysProps {
  readonly region: Region | null
  readonly days: readonly SpecialDay[]
  readonly week: readonly string[]
  readonly set: (region: Region | null, days: readonly SpecialDay[]) => void
}

/** Whose public holidays are days off. Their dates are written into the calendar, and years to come by themselves. */
export function Holidays({ region, days, week, set }: HolidaysProps) {
  const [busy, setBusy] = useState(false)
  const states = useRegions(region?.country)
  const parts = useRegions(region?.country, region?.state)
  const load = async (where: Region) => {
    setBusy(true)
    try {
      const found = await holidaysFor(where)
      const added = missing(found, days, week)
      set(where, [...days, ...added])
      say(
        added.length === 0
          ? t('All of its holidays are there already')
          : t('{count, plural, one {Added # holiday} other {Added # holidays}}', { count: added.length }),
      )
    } catch (error) {
      sayWrong(error)
    }
    setBusy(false)
  }
  return (
    <fieldset className={styles.holidays}>
      <legend>{t('Public holidays')}</legend>
      <Country region={region} set={(country) => set(country === null ? null : only(country), days)} />
      {region !== null && states.length > 0 && (
        <Select
          label={t('State or province')}
          placeholder={t('The whole country')}
          clearable
          searchable
          data={states}
          value={region.state}
          onChange={(state) => set({ ...region, state, region: null }, days)}
        />
      )}
      {region !== null && region.state !== null && parts.length > 0 && (
        <Select
          label={t('Region')}
          placeholder={t('The whole state')}
          clearable
          data={parts}
          value={region.region}
          onChange={(part) => set({ ...region, region: part }, days)}
        />
      )}
      {region !== null && (
        <div>
          <Button variant="default" loading={busy} onClick={() => void load(region)}>
            {t('Add its holidays')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}

const only = (country: string): Region => ({ country, state: null, region: null })

/** The list of all countries is long, and read when somebody comes to choose. */
function Country({ region, set }: { region: Region | null; set: (country: string | null) => void }) {
  const [asked, setAsked] = useState(region !== null)
  const { data = [] } = useQuery({ ...query(listHolidayRegions, {}), enabled: asked, staleTime: Infinity })
  return (
    <Select
      label={t('Country')}
      placeholder={t('None')}
      searchable
      clearable
      data={data.map(toChoice)}
      value={region?.country ?? null}
      onFocus={() => setAsked(true)}
      onChange={set}
    />
  )
}

function useRegions(country: string | undefined, state?: string | null) {
  const input = { country, ...(typeof state === 'string' && { state }) }
  const enabled = country !== undefined && state !== null
  const { data = [] } = useQuery({ ...query(listHolidayRegions, input), enabled, staleTime: Infinity })
  return data.map(toChoice)
}

const toChoice = ({ code, name }: { code: string; name: string }) => ({ value: code, label: name })

type Found = Output<typeof listHolidays>

/** Of the year before this one, and three from it on. */
async function holidaysFor({ country, state, region }: Region): Promise<Found> {
  const year = new Date().getUTCFullYear()
  const where = { country, ...(state !== null && { state }), ...(region !== null && { region }) }
  const asked = [year - 1, year, year + 1, year + 2].map((one) => call(listHolidays, { ...where, year: one }))
  return (await Promise.all(asked)).flat()
}

function missing(found: Found, days: readonly SpecialDay[], week: readonly string[]): SpecialDay[] {
  const there = new Set(days.map(({ date }) => date))
  return found
    .filter(({ date }) => !there.has(date))
    .map(({ date, name, from: begins }) => ({ date, name, origin: 'holiday', windows: before(date, begins, week) }))
}

/** A holiday that begins at noon leaves the morning as it is on that weekday. */
function before(date: string, begins: string | null, week: readonly string[]) {
  if (begins === null) return []
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7
  const windows = readHours(week[weekday] ?? '') ?? []
  return windows.flatMap(({ from, to }) => (from < begins ? [{ from, to: to < begins ? to : begins }] : []))
}
