import type { ReactNode } from 'react'
import styles from './table.module.css'

export interface Column<Row> {
  readonly head: string
  /** What the numbers under the head are. */
  readonly about?: string | undefined
  /** Words rather than numbers. */
  readonly words?: true
  readonly render: (row: Row) => ReactNode
}

interface TableProps<Row> {
  readonly columns: readonly (Column<Row> | false)[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
}

/** A table that may be larger than its place: it can be scrolled by keys as well. */
export function Table<Row>({ label, ...table }: TableProps<Row> & { readonly label: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached without a mouse
    <section className={styles.frame} aria-label={label} tabIndex={0}>
      <WholeTable {...table} />
    </section>
  )
}

/** A table that is small enough to be seen whole; the first cell of a row says what the row is of. */
export function WholeTable<Row>({ columns, rows, keyOf }: TableProps<Row>) {
  const [first, ...others] = columns.filter((column) => column !== false)
  if (!first) return null
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {[first, ...others].map(({ head, about, words }) => (
            <th key={head} scope="col" title={about} data-words={words}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            <th scope="row">{first.render(row)}</th>
            {others.map(({ head, words, render }) => (
              <td key={head} data-words={words}>
                {render(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
