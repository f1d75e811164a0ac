import type { Clock } from '#shared/sla/clock.ts'
import { locale, t } from '#web/core/words.ts'

export type Mood = 'ok' | 'warn' | 'over' | 'paused' | 'met' | 'missed' | 'off'

const hour = 3_600_000

/** What a clock asks of whoever looks at it. */
export function moodOf({ state, breachedAt, businessMs, targetMs }: Clock): Mood {
  if (state === 'cancelled') return 'off'
  if (state === 'stopped') return breachedAt === null ? 'met' : 'missed'
  if (breachedAt !== null) return 'over'
  if (state === 'paused') return 'paused'
  return targetMs !== null && isShort(targetMs - businessMs, targetMs) ? 'warn' : 'ok'
}

/** Less than a quarter is left, or less than an hour of more than two. */
const isShort = (left: number, target: number) => left < target / 4 || (left < hour && target > 2 * hour)

/** A length of time in its two largest parts. */
export const lengthWords = (ms: number) =>
  partsOf(ms)
    .map(([count, unit]) => units[unit](count))
    .join(' ')

const units = {
  d: (count: number) => t('{count} d', { count }),
  h: (count: number) => t('{count} h', { count }),
  min: (count: number) => t('{count} min', { count }),
}

/** A length of time by days, hours and minutes: the largest two that it has, and never none. */
export function partsOf(ms: number): readonly (readonly [number, keyof typeof units])[] {
  const minutes = Math.round(ms / 60_000)
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor(minutes / 60) % 24, 'h'],
    [minutes % 60, 'min'],
  ] as const
  const shown = parts.filter(([count]) => count > 0).slice(0, 2)
  return shown.length === 0 ? [[0, 'min']] : shown
}

/** A time in the reader’s zone: today by the hour, else with its day. */
export function shortly(at: string, zone: string, now: string) {
  const time = { timeZone: zone, hour: '2-digit', minute: '2-digit' } as const
  const day = { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short' } as const
  const date = new Intl.DateTimeFormat(locale(), day)
  const [there, here] = [date.format(new Date(at)), date.format(new Date(now))]
  const clock = new Intl.DateTimeFormat(locale(), time).format(new Date(at))
  return there === here ? t('today {time}', { time: clock }) : `${there.replace(',', '')} ${clock}`
}
