import { use } from 'react'
import { instant, useTicked, Zone } from '#web/core/time.tsx'
import styles from './due.module.css'
import { t } from '#web/core/words.ts'

type Urgency = 'ok' | 'warn' | 'over'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** When a record is due: quiet while there is time, filled when there is little, solid when there is none. */
export function Due({ at }: { at: string | null }) {
  const zone = use(Zone)
  const due = at === null ? null : Date.parse(at)
  const said = useTicked((now) => (due === null ? '' : `${urgencyOf(due - now)} ${leftOf(due - now)}`))
  if (at === null) return null
  const [urgency = '', ...left] = said.split(' ')
  return (
    <time
      dateTime={at}
      title={t('Due {when}', { when: instant(at, zone) })}
      className={styles.due}
      data-urgency={urgency}
    >
      {left.join(' ')}
    </time>
  )
}

export function urgencyOf(left: number): Urgency {
  if (left < 0) return 'over'
  return left < hour ? 'warn' : 'ok'
}

/** Two units at most, so that it fits a column: 2d 4h, 1h 12m, 4m 05s; overdue with a minus sign. */
export function leftOf(left: number) {
  const sign = left < 0 ? '\u2212' : ''
  const length = Math.abs(left)
  if (length >= day) return sign + t('{days}d {hours}h', { days: part(length, day), hours: part(length % day, hour) })
  if (length >= hour)
    return sign + t('{hours}h {minutes}m', { hours: part(length, hour), minutes: part(length % hour, minute) })
  if (length >= 10 * minute) return sign + t('{minutes}m', { minutes: part(length, minute) })
  const seconds = String(Math.floor((length % minute) / 1000)).padStart(2, '0')
  return sign + t('{minutes}m {seconds}s', { minutes: part(length, minute), seconds })
}

const part = (of: number, unit: number) => Math.floor(of / unit)
