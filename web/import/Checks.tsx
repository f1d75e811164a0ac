import type { Certificate } from '#shared/import/certificate.ts'
import { counted } from '#web/import/words.ts'
import styles from './checks.module.css'

/** How much of the file was found again at the desk, and why where it was not all of it. */
export function Checks({ checks }: { checks: Certificate['checks'] }) {
  return (
    <ul className={styles.checks}>
      {checks.map(({ name, about, equal, of, explained }) => (
        <li key={name} data-whole={equal === of || undefined}>
          <span className={styles.equal}>
            {equal.toLocaleString('en')} of {of.toLocaleString('en')}
          </span>
          <span>{about}</span>
          {explained.length > 0 && (
            <ul>
              {explained.slice(0, 20).map(({ record, why }) => (
                <li key={record + why}>
                  <strong>{record}</strong>: {why}
                </li>
              ))}
              {of - equal > 20 && <li>and {counted(of - equal - 20, 'more', 'more')}; all are in the JSON</li>}
            </ul>
          )}
        </li>
      ))}
    </ul>
  )
}
