import type { Every } from '#shared/report.ts'
import { locale } from '#web/core/words.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

function format(zone: string, parts: Intl.DateTimeFormatOptions) {
  const key = `${zone} ${Object.keys(parts).join(' ')}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale(), { ...parts, timeZone: zone })
  formats.set(key, known)
  return known
}

/** A day, a week by its first day, or a month, in the zone that was asked for. */
export function bucketName(from: string, every: Every, zone: string) {
  const at = new Date(from)
  if (every === 'month') return format(zone, { month: 'short', year: '2-digit' }).format(at)
  return format(zone, { day: 'numeric', month: 'short' }).format(at)
}

/** A period by its first and last day. */
export function spanName(from: string, to: string, zone: string) {
  const last = new Date(Date.parse(to) - 1)
  const day = format(zone, { day: 'numeric', month: 'short', year: 'numeric' })
  return day.formatRange(new Date(from), last)
}
