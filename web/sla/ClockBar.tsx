import type { CSSProperties } from 'react'
import type { Clock } from '#shared/sla/clock.ts'
import { t } from '#web/core/words.ts'
import { lengthWords } from '#web/sla/words.ts'
import styles from './sla.module.css'

interface Stretch {
  readonly from: number
  readonly to: number
  readonly kind: 'running' | 'paused' | 'over'
}

/** A line from the start to the due time, or to now where that is later: what ran, what waited, what was too late. */
export function ClockBar({ clock, now }: { clock: Clock; now: string }) {
  const begin = Date.parse(clock.startedAt)
  const due = clock.dueAt === null ? null : Date.parse(clock.dueAt)
  const until = Date.parse(clock.stoppedAt ?? clock.cancelledAt ?? now)
  const end = Math.max(due ?? until, until, begin + 1)
  const at = (time: number) => `${(((time - begin) / (end - begin)) * 100).toFixed(2)}%`
  const style = ({ from, to }: Stretch): CSSProperties => ({
    insetInlineStart: at(from),
    width: `calc(${at(to)} - ${at(from)})`,
  })
  return (
    <div className={styles.bar}>
      <span className="unseen">{saidOf(clock)}</span>
      {stretchesOf(clock).map((stretch) => (
        <b key={`${stretch.from} ${stretch.kind}`} data-kind={stretch.kind} style={style(stretch)} />
      ))}
      {due !== null && due < end && <i style={{ insetInlineStart: at(due) }} />}
    </div>
  )
}

function stretchesOf({ segments, breachedAt }: Clock): Stretch[] {
  const late = breachedAt === null ? Infinity : Date.parse(breachedAt)
  return segments.flatMap(({ from, to, state }) => {
    const [begin, end] = [Date.parse(from), Date.parse(to)]
    if (state === 'paused') return [{ from: begin, to: end, kind: 'paused' } as const]
    const parts: Stretch[] = []
    if (begin < late) parts.push({ from: begin, to: Math.min(end, late), kind: 'running' })
    if (end > late) parts.push({ from: Math.max(begin, late), to: end, kind: 'over' })
    return parts
  })
}

function saidOf({ businessMs, targetMs, pausedMs }: Clock) {
  const used = lengthWords(businessMs)
  const said =
    targetMs === null ? t('{used} used', { used }) : t('{used} of {whole} used', { used, whole: lengthWords(targetMs) })
  return pausedMs > 0 ? t('{said}, paused for {length}', { said, length: lengthWords(pausedMs) }) : said
}
