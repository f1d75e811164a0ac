import type { Windows } from '#shared/calendar.ts'
import { locale, t } from '#web/core/words.ts'

/** Monday first. */
export const weekdays = daysOfWeek('long')

/** Of any week: the fifth of January 1970 was a Monday. */
function daysOfWeek(weekday: 'long' | 'short') {
  const days = new Intl.DateTimeFormat(locale(), { weekday, timeZone: 'UTC' })
  return Array.from({ length: 7 }, (_, at) => days.format(Date.UTC(1970, 0, 5 + at)))
}

/** The hours of a day as one types them: 08:00–12:00, 13:00–17:00. */
export const hoursText = (windows: Windows) => windows.map(({ from, to }) => `${from}–${to}`).join(', ')

/** A week in a line: days in a row with the same hours are told together. */
export function weekInWords(week: readonly Windows[]) {
  const texts = week.map(hoursText)
  if (texts.every((text) => text === '00:00–24:00')) return t('Around the clock')
  const runs: { from: number; to: number; text: string }[] = []
  for (const [day, text] of texts.entries()) {
    const last = runs.at(-1)
    if (last?.text === text) last.to = day
    else runs.push({ from: day, to: day, text })
  }
  const open = runs.filter(({ text }) => text !== '')
  return open.map(({ from, to, text }) => `${daysWord(from, to)} ${text}`).join('; ') || t('Never open')
}

const shortDays = daysOfWeek('short')
const short = (day: number) => shortDays[day] ?? ''
const daysWord = (from: number, to: number) =>
  from === to ? short(from) : t('{from} to {to}', { from: short(from), to: short(to) })

/** Reads hours as somebody types them, with any dash, dots or nothing for the minutes; null where they are none. */
export function readHours(text: string): { from: string; to: string }[] | null {
  if (text.trim() === '') return []
  const parts = text.split(/[,;]/).map((part) => /^\s*(\S+?)\s*[-–—]\s*(\S+)\s*$/.exec(part))
  const windows = parts.map((part) => ({ from: readTime(part?.[1]), to: readTime(part?.[2]) }))
  const known = windows.flatMap(({ from, to }) => (from !== null && to !== null && from < to ? [{ from, to }] : []))
  return known.length === parts.length ? known : null
}

function readTime(text: string | undefined) {
  const [, hour, minute = '00'] = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(text ?? '') ?? []
  const time = hour === undefined ? '' : `${hour.padStart(2, '0')}:${minute}`
  return /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(time) ? time : null
}
