import { useMemo, type ReactNode } from 'react'
import type { Column } from '#web/core/Grid.tsx'
import { Tick } from '#web/core/Tick.tsx'
import styles from './grid.module.css'
import { t } from '#web/core/words.ts'

export interface RowProps<R> {
  row: R
  id: string
  index: number
  height: number
  columns: readonly Column<R>[]
  card: ((row: R) => ReactNode) | undefined
  current: boolean
  selected: boolean
}

/** One row of a grid. What is in it is drawn again only when the record itself changed. */
export function GridRow<R>({ row, id, index, height, columns, card, current, selected }: RowProps<R>) {
  const cells = useMemo(() => {
    if (card) return <td className={styles.card}>{card(row)}</td>
    return columns.map((column) => (
      <td key={column.id} data-align={column.align}>
        {column.cell(row)}
      </td>
    ))
  }, [row, columns, card])

  return (
    <tr
      id={`row-${id}`}
      data-id={id}
      data-current={current || undefined}
      aria-rowindex={index + 2}
      aria-selected={selected}
      style={{ height }}
    >
      {!card && (
        <td className={styles.tick} data-select>
          <Tick label={t('Select')} checked={selected} onChange={leaveToGrid} skipped />
        </td>
      )}
      {cells}
    </tr>
  )
}

/** The grid hears the click, since it knows where a selection began. */
const leaveToGrid = () => undefined
