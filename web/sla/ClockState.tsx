import { AlarmClock, Check, CircleMinus, Pause, X } from 'lucide-react'
import type { Clock } from '#shared/sla/clock.ts'
import { t } from '#web/core/words.ts'
import { moodOf } from '#web/sla/words.ts'
import styles from './sla.module.css'

const moods = {
  ok: { word: t('In time'), Glyph: undefined },
  warn: { word: t('Soon due'), Glyph: AlarmClock },
  over: { word: t('Overdue'), Glyph: CircleMinus },
  paused: { word: t('Paused'), Glyph: Pause },
  met: { word: t('In time'), Glyph: Check },
  missed: { word: t('Too late'), Glyph: CircleMinus },
  off: { word: t('Called off'), Glyph: X },
} as const

/** How a clock stands: by shape and word, and by colour only where somebody has to act. */
export function ClockState({ clock }: { clock: Clock }) {
  const mood = moodOf(clock)
  const { word, Glyph } = moods[mood]
  return (
    <span className={styles.state} data-mood={mood}>
      {Glyph && <Glyph size={13} aria-hidden="true" />}
      {word}
    </span>
  )
}
