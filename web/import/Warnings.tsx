import type { Mapping } from '#shared/import/mapping.ts'
import { unchosen, type Recognised } from '#web/import/mapping.ts'
import { counted } from '#web/import/words.ts'
import styles from './warnings.module.css'

interface WarningsProps {
  readonly wrong: readonly string[]
  readonly mapping: Mapping
  readonly recognised: Recognised
}

/** What keeps an import from starting, and what it would lose. */
export function Warnings({ wrong, mapping, recognised }: WarningsProps) {
  const missing = unchosen(mapping, recognised.columns).map(
    ({ title, rows }) =>
      `${title}: nothing is chosen for the value of ${counted(rows, 'row')}; they would not be taken`,
  )
  const all = [...wrong, ...recognised.warnings, ...missing]
  if (all.length === 0) return null
  return (
    <ul className={styles.warnings} aria-label="Look at this first">
      {all.map((text) => (
        <li key={text} data-wrong={wrong.includes(text) || undefined}>
          {text}
        </li>
      ))}
    </ul>
  )
}
