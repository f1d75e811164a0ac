import { createContext, use, useSyncExternalStore } from 'react'
import { text } from '#shared/core/message.ts'
import { locale, t } from '#web/core/words.ts'

/** The time zone of the one who reads. */
export const Zone = createContext(Intl.DateTimeFormat().resolvedOptions().timeZone)

/** How long ago, in a few letters; the instant itself on hover. One clock moves all of them. */
export function Ago({ at, long = false }: { at: string; long?: boolean }) {
  const zone = use(Zone)
  const now = useNow()
  return (
    <time dateTime={at} title={instant(at, zone)}>
      {long ? agoInWords(at, now) : ago(at, now)}
    </time>
  )
}

export function When({ at }: { at: string }) {
  const zone = use(Zone)
  return <time dateTime={at}>{instant(at, zone)}</time>
}

/** An instant as a browser's own field for date and time holds it, which knows no zone but its own. */
export function toLocal(at: string) {
  const time = new Date(at)
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

export const fromLocal = (typed: string) => new Date(typed).toISOString()

const formats = new Map<string, Intl.DateTimeFormat>()

/** An instant as a person in a zone would write it, to the second, with the zone's name. */
export function instant(at: string, zone: string) {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat(locale(), {
      timeZone: zone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      timeZoneName: 'short',
    })
    formats.set(zone, format)
  }
  return format.format(new Date(at))
}

/** A time to which somebody looks forward, to the minute. */
export const moment = (at: string, zone: string) =>
  new Date(at).toLocaleString(locale(), {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const steps = [
  [365 * day, text('{count}y'), 'year'],
  [30 * day, text('{count}mo'), 'month'],
  [7 * day, text('{count}w'), 'week'],
  [day, text('{count}d'), 'day'],
  [hour, text('{count}h'), 'hour'],
  [minute, text('{count}m'), 'minute'],
] as const

const stepOf = (at: string, now: number) => {
  const span = Math.abs(now - Date.parse(at))
  const step = steps.find(([length]) => span >= length)
  return step && ([Math.floor(span / step[0]), ...step] as const)
}

function ago(at: string, now: number) {
  const step = stepOf(at, now)
  return step ? t(step[2], { count: step[0] }) : t('now')
}

function agoInWords(at: string, now: number) {
  const step = stepOf(at, now)
  if (!step) return t('just now')
  return relative.format(Date.parse(at) > now ? step[0] : -step[0], step[3])
}

const relative = new Intl.RelativeTimeFormat(locale())

let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

function watchClock(listener: () => void) {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, 30_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

let second = Date.now()
let ticker: ReturnType<typeof setInterval> | undefined
const hearers = new Set<() => void>()

function watchSeconds(hearer: () => void) {
  hearers.add(hearer)
  ticker ??= setInterval(() => {
    second = Date.now()
    for (const each of hearers) each()
  }, 1000)
  return () => {
    hearers.delete(hearer)
    if (hearers.size > 0) return
    clearInterval(ticker)
    ticker = undefined
  }
}

/** What is said of the time, each second anew; drawn again only when the words change. One ticker moves all of them. */
export const useTicked = (say: (now: number) => string) => useSyncExternalStore(watchSeconds, () => say(second))

/** Whether a time is still to come. */
export const useIsAhead = (at: string) => useTicked((tick) => String(Date.parse(at) > tick)) === 'true'

const useNow = () => useSyncExternalStore(watchClock, () => now)
