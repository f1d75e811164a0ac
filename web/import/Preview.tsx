import type { ImportDetail } from '#shared/import.ts'
import styles from './preview.module.css'

export function Preview({ rows }: { rows: ImportDetail['preview'] }) {
  return (
    <ol className={styles.preview}>
      {rows.map(({ line, problem, fields }) => (
        <li key={line}>
          <span className={styles.line}>Line {line}</span>
          {problem === null ? (
            <dl>
              {fields.map(({ label, value }) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          ) : (
            <p className={styles.problem}>Not taken: {problem}</p>
          )}
        </li>
      ))}
    </ol>
  )
}
