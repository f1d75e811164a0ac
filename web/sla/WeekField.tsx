import { Button, TextInput } from '@mantine/core'
import { t } from '#web/core/words.ts'
import { readHours, weekdays } from '#web/sla/week.ts'
import styles from './admin.module.css'

interface WeekFieldProps {
  readonly week: readonly string[]
  readonly set: (week: readonly string[]) => void
  readonly error: string | undefined
}

/** The hours of a week, a day a line: typed, and drawn beside. Nothing means closed. */
export function WeekField({ week, set, error }: WeekFieldProps) {
  return (
    <fieldset className={styles.week}>
      <legend>{t('Hours of a week')}</legend>
      <p className={styles.hint}>
        {t('Such as 08:00–12:00, 13:00–17:00. Nothing means closed; 0–24 is around the clock.')}
      </p>
      {weekdays.map((day, at) => {
        const text = week[at] ?? ''
        const wrong = readHours(text) === null
        return (
          <div key={day} className={styles.weekday}>
            <TextInput
              label={day}
              placeholder={t('closed')}
              value={text}
              error={wrong ? t('Write hours such as 08:00–17:00') : undefined}
              onChange={({ currentTarget }) => set(week.with(at, currentTarget.value))}
            />
            <DayBar text={text} />
          </div>
        )
      })}
      <div>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => set(week.map((text, at) => (at < 5 ? (week[0] ?? '') : text)))}
        >
          {t('Monday’s hours on all weekdays')}
        </Button>
      </div>
      {error !== undefined && <p className={styles.wrong}>{error}</p>}
    </fieldset>
  )
}

const share = (time: string) => ((Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) / 1440) * 100

/** Twenty-four hours as a line, with what is open. */
function DayBar({ text }: { text: string }) {
  return (
    <div className={styles.dayBar} aria-hidden="true">
      {(readHours(text) ?? []).map(({ from, to }) => (
        <i key={from} style={{ insetInlineStart: `${share(from)}%`, width: `${share(to) - share(from)}%` }} />
      ))}
    </div>
  )
}
