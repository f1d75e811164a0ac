import { percent } from '#web/import/words.ts'
import styles from './meter.module.css'

/** How far something is, drawn and said. */
export function Meter({ label, share, more = '' }: { label: string; share: number; more?: string }) {
  const value = Math.floor(share * 100)
  return (
    <div className={styles.meter}>
      <div className={styles.head}>
        <span>{label}</span>
        <span className={styles.numbers}>
          {percent(share)}
          {more !== '' && `, ${more}`}
        </span>
      </div>
      <progress
        className={styles.track}
        aria-label={label}
        aria-valuetext={`${value} percent${more === '' ? '' : `, ${more}`}`}
        max={100}
        value={value}
      />
    </div>
  )
}
