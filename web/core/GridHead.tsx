import { ArrowDown, ArrowUp } from 'lucide-react'
import type { Column, GridProps } from '#web/core/Grid.tsx'
import { Tick } from '#web/core/Tick.tsx'
import styles from './grid.module.css'
import { t } from '#web/core/words.ts'

/** The head of a grid: what each column is, and a way to sort by it. */
export function GridHead<R>({ columns, sort, onSort, rows, selected, onSelectAll }: GridProps<R>) {
  const all = rows.length > 0 && selected.size >= rows.length
  return (
    <>
      <colgroup>
        <col style={{ width: 40 }} />
        {columns.map(({ id, width }) => (
          <col key={id} style={width === undefined ? undefined : { width }} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          <th scope="col" className={styles.tick}>
            <Tick
              label={t('Select all that are loaded')}
              checked={all}
              partly={selected.size > 0 && !all}
              onChange={() => onSelectAll(!all)}
            />
          </th>
          {columns.map((column) => (
            <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} />
          ))}
        </tr>
      </thead>
    </>
  )
}

interface HeadCellProps<R> {
  column: Column<R>
  sort: string
  onSort: (sort: string) => void
}

function HeadCell<R>({ column, sort, onSort }: HeadCellProps<R>) {
  const first = sort.split(',')[0]
  const { label, sort: field, quiet, align } = column
  const word = <span className={quiet === true ? 'unseen' : undefined}>{label}</span>
  if (field === undefined) {
    return (
      <th scope="col" data-align={align}>
        {word}
      </th>
    )
  }
  const up = first === field
  const down = first === `-${field}`
  const direction = up ? 'ascending' : down ? 'descending' : undefined
  return (
    <th scope="col" data-align={align} aria-sort={direction}>
      <button type="button" className={styles.sort} onClick={() => onSort(up ? `-${field}` : field)}>
        {word}
        {up && <ArrowUp size={12} aria-hidden="true" />}
        {down && <ArrowDown size={12} aria-hidden="true" />}
      </button>
    </th>
  )
}
