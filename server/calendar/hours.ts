import type { Windows as Written } from '#shared/calendar.ts'
import { day, type Hours, type Windows } from './business.ts'

interface Spec {
  readonly zone: string
  readonly week: readonly Written[]
  readonly days: readonly { readonly date: string; readonly windows: Written }[]
}

/** A calendar as it is written, made ready to count with. */
export function hoursOf({ zone, week, days }: Spec): Hours {
  const special = new Map(days.map(({ date, windows }) => [dayNumber(date), windowsOf(windows)] as const))
  const plain = Array.from({ length: 7 }, (_, at) => windowsOf(week[at] ?? []))
  const always = special.size === 0 && plain.every(([from, to]) => from === 0 && to === day)
  return { zone, week: plain, days: special, always }
}

/** Around the clock, every day. */
export const alwaysOpen: Hours = hoursOf({
  zone: 'UTC',
  week: Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]),
  days: [],
})

/** The same hours on the clocks of another zone. */
export const inZone = (hours: Hours, zone: string): Hours => (zone === hours.zone ? hours : { ...hours, zone })

export const dayNumber = (date: string) => Date.parse(`${date}T00:00:00Z`) / day

/** A time of the day in milliseconds since midnight. */
export function timeOf(written: string) {
  const [hour = 0, minute = 0] = written.split(':').map(Number)
  return (hour * 60 + minute) * 60_000
}

/** In order, and windows that touch are one. */
function windowsOf(windows: Written): Windows {
  const flat: number[] = []
  for (const { from, to } of windows.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const [opens, closes] = [timeOf(from), timeOf(to)]
    const last = flat.at(-1)
    if (last !== undefined && opens <= last) flat[flat.length - 1] = Math.max(last, closes)
    else flat.push(opens, closes)
  }
  return flat
}
